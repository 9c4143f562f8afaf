"""Counting every figure anew, and finding out whether what is kept is what the records say."""

from collections.abc import Sequence

from zhibu.act import Act, Event
from zhibu.contributions import Figure
from zhibu.core_actions import FIGURE_REBUILD
from zhibu.figures import keeping
from zhibu.figures.errors import RebuildReasonMissing
from zhibu.figures.keeping import Difference
from zhibu.figures.public import DIFFERED, REBUILT
from zhibu.policy.paths import ROOT

NAMED = 10  # differences that an event or an outcome spells out


def may_rebuild(act: Act, reason: str) -> str:
    """The reason as it is kept. Raises `Forbidden`, `RebuildReasonMissing`."""
    act.require(FIGURE_REBUILD, ROOT)
    if not (kept := reason.strip()):
        raise RebuildReasonMissing(path=("reason",))
    return kept


async def rebuild(act: Act, figures: Sequence[Figure], *, reason: str) -> list[Difference]:
    """Count everything from the records; what had been kept otherwise."""
    reason = may_rebuild(act, reason)
    wrong = await _again(act, figures, keep=True)
    wrong += await keeping.mend(act.session, act.tenant_id, figures)
    facts = {"wrong": len(wrong), "first": words(wrong), "reason": reason}
    act.record(Event(name=REBUILT, subject=("Figure", None), path=ROOT, facts=facts))
    return wrong


async def compare(act: Act, figures: Sequence[Figure]) -> list[Difference]:
    """Everything kept that is not what the records say; nothing is written."""
    wrong = await keeping.differences(act.session, act.tenant_id, figures)
    return wrong + await _again(act, figures, keep=False)


async def _again(act: Act, figures: Sequence[Figure], *, keep: bool) -> list[Difference]:
    """What plugins keep beside figures; before these are locked, since acts lock in that order."""
    found: list[Difference] = []
    for figure in figures:
        counts = await figure.again(act, keep) if figure.again else {}
        found += [
            Difference(name=figure.name, organization_id=unit, kept=0, counted=count)
            for unit, count in sorted(counts.items())
        ]
    return found


def report(act: Act, wrong: Sequence[Difference]) -> None:
    """Put into the ledger that what is kept is not what the records say; nothing is mended."""
    facts = {"wrong": len(wrong), "first": words(wrong)}
    act.record(Event(name=DIFFERED, subject=("Figure", None), path=ROOT, facts=facts))


def words(wrong: Sequence[Difference]) -> list[str]:
    """The first differences, each in a few words."""
    return [f"{each.name}: {each.kept} ≠ {each.counted}" for each in wrong[:NAMED]]
