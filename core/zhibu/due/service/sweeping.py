"""The daily sweep: obligations follow the records, and reach the inboxes they belong to."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING

from zhibu.act import Act, Event
from zhibu.contributions import Due
from zhibu.due.public import SWEPT
from zhibu.due.store.passes import Pass
from zhibu.due.store.sweeping import bring_back, close, kept, open_up, raise_up
from zhibu.due.store.telling import Duty, tell, withdraw
from zhibu.policy.paths import ROOT
from zhibu.storage.wholesale import wholesale

if TYPE_CHECKING:  # the platform has the declarations
    from zhibu.platform import Platform

Acts = Callable[[], AbstractAsyncContextManager[Act]]


async def sweep(platform: "Platform", acts: Acts, on: date | None = None) -> Counter[str]:
    """Bring obligations and inboxes up to a day, today unless one is given; what changed.

    One transaction for each kind, a handful of statements in each, whatever the number of members;
    nothing is held in memory. Done again, it changes nothing.
    """
    changed: Counter[str] = Counter()
    for name in sorted(platform.due):
        async with acts() as act:
            changed += await _sweep(act, platform.due[name], _duty(platform, name), on or act.today)
    return changed


async def _sweep(act: Act, kind: Due, duty: Duty, day: date) -> Counter[str]:
    each = Pass(
        session=act.session,
        tenant_id=act.tenant_id,
        kind=kind,
        book=act.parameters,
        switches=act.switches,
        day=day,
    )
    if kind.before is not None:
        await kind.before(act, day)
    await wholesale(act.session)
    changed = Counter(dict.fromkeys(("opened", "closed", "raised", "withdrawn", "told"), 0))
    changed.update(await _follow(each, duty, act.now))
    if +changed:
        facts = {"kind": kind.name, "on": day.isoformat(), **changed}
        act.record(Event(name=SWEPT, subject=("Due", None), path=ROOT, facts=facts))
    return changed


async def _follow(each: Pass, duty: Duty, now: datetime) -> dict[str, int]:
    """Have obligations and inboxes follow; of most kinds nothing was ever due, and little asked."""
    is_open, is_over = await kept(each)
    if not each.switches.anywhere(each.kind.plugin):
        return {"closed": await close(each)} if is_open else {}
    if is_over:
        await bring_back(each)
    changed = {"opened": await open_up(each)}
    if is_open:
        changed |= {"closed": await close(each), "raised": await raise_up(each)}
    if is_open or changed["opened"]:
        changed |= {"withdrawn": await withdraw(each, duty, now)}
        changed |= {"told": await tell(each, duty, now)}
    return changed


def _duty(platform: "Platform", name: str) -> Duty:
    """The roles of a kind, each with those that inherit it."""
    kind, heirs = platform.due[name], platform.policy.rules.roles.heirs

    def all_of(roles: tuple[str, ...]) -> frozenset[str]:
        return frozenset(heir for role in roles for heir in heirs.get(role, ()))

    return Duty(responsible=all_of(kind.responsible), above=all_of(kind.above))
