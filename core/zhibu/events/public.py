"""What the rest of the house may know of the ledger itself."""

# An event whose name ends so takes what was written of its subject out of sight, until one with the
# other ending shows it again (S0-38). The chain keeps what it has; the graph does not give it out.
WITHDRAWN, SHOWN_AGAIN = ".content_withdrawn", ".content_restored"
WRITTEN = ("title", "reason")  # the facts by which events repeat what somebody wrote

UNSOUND = "ledger.unsound"
RESTORED = "ledger.restored"
