"""What the rest of the house may know of the ledger itself."""

UNSOUND = "ledger.unsound"
RESTORED = "ledger.restored"
