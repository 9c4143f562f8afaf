"""Being at a step: whose it is, what it takes, and by when it is to be done."""

from collections.abc import Sequence
from datetime import date

from zhibu.act import Act
from zhibu.identifiers import new_id
from zhibu.organizations.public import posts_of
from zhibu.procedures import store
from zhibu.procedures.errors import LevelMissing
from zhibu.procedures.rules.deciding import Place, due, placed
from zhibu.procedures.rules.definition import Step
from zhibu.procedures.rules.values import Case, Entry
from zhibu.procedures.service.loading import held


async def enter(act: Act, case: Case, step: Step, *, number: int, places: Sequence[Place]) -> Entry:
    """Let the procedure be at a step from today; what is due when, is decided now."""
    place = placed(step.level, places)
    # The tree has changed since it was proposed; or right now, by who ends a unit and came first.
    stands = await held(act, place.id) if place is not None else None
    if stands is None or stands.ended:
        raise LevelMissing(path=("step",), step=step.zh, level=list(step.level))
    entry = Entry(
        id=new_id(),
        procedure_id=case.id,
        number=number,
        code=step.code,
        by=step.by,
        action=await action_at(act, case, step, stands),
        separate=step.separate,
        organization_id=stands.id,
        path=stands.path,
        started_on=act.today,
        due_on=last_day(act, step.limit, stands.path, act.today),
        due_by=step.limit,
    )
    await store.add_step(act.session, act.tenant_id, entry)
    return entry


async def action_at(act: Act, case: Case, step: Step, place: Place) -> str:
    """The permission the step takes; another one where it is about who usually decides (S4-28)."""
    if step.own is None or case.member_id is None:
        return step.action
    posts = await posts_of(act.session, act.tenant_id, case.member_id, act.today)
    own = any(kind in step.own.posts and path == place.path for kind, path, _ in posts)
    return step.own.action if own else step.action


def last_day(act: Act, limit: str | None, path: str, started: date) -> date | None:
    """When a limit that began that day is over; None without one."""
    if limit is None:
        return None
    value = act.parameters.value(limit, path, started)
    return due(started, value.value, value.unit)
