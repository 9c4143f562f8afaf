"""Going on after a backup was brought back: what was written since is lost, and it is said so."""

from typing import TYPE_CHECKING

from zhibu.act import Caller, Event, TenantFacts
from zhibu.core_actions import LEDGER_VERIFY
from zhibu.events.errors import RestoreReasonMissing
from zhibu.events.notes import latest
from zhibu.events.public import RESTORED
from zhibu.policy.paths import ROOT

if TYPE_CHECKING:
    from zhibu.platform import Platform


async def accept_restored(
    platform: "Platform", tenant: TenantFacts, caller: Caller, *, reason: str
) -> int:
    """Sign that the ledger goes on from where it stands now, and answer which entry that is.

    Notes about later entries, which were lost, then contradict it no more; they stay where they
    are, and the ledger says how far they reached. Raises `Forbidden`, `RestoreReasonMissing`, and
    `LedgerUnsound` where what was brought back is not whole in itself.
    """
    home = platform.homes.home(tenant.id)
    known = latest(platform.anchors.notes(tenant.id))
    async with platform.act(tenant, caller) as act:
        act.require(LEDGER_VERIFY, ROOT)
        if not (kept := reason.strip()):
            raise RestoreReasonMissing(path=("reason",))
        note = await platform.anchors.checkpoint(home, tenant.id, act.now, restored=True)
        facts = {
            "seq": note.seq if note else 0,
            "known": known.seq if known else None,
            "reason": kept,
        }
        act.record(Event(name=RESTORED, subject=("Ledger", None), path=ROOT, facts=facts))
    return note.seq if note else 0
