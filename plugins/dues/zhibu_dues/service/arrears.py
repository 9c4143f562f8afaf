"""Long arrears: said once at each level, and asked about at half a year; people decide."""

from datetime import date, timedelta
from uuid import UUID

from zhibu.act import Act
from zhibu.contributions import Window
from zhibu.errors import NotFound, refuse
from zhibu.members.public import member_of, members_by_id
from zhibu_dues import actions
from zhibu_dues.public import OVERDUE, OVERDUE_ANSWERED
from zhibu_dues.rules import arrears as rules
from zhibu_dues.rules.arrears import Finding
from zhibu_dues.rules.payments import yuan
from zhibu_dues.service.events import said
from zhibu_dues.store import arrears as store
from zhibu_dues.store import people

KIND = "DuesArrears"


async def reach(act: Act, day: date) -> None:
    """Say which members reached how many months without dues, each level once.

    Done again on the same day it says nothing more. Where dues are off, nothing is said.
    """
    window = Window(
        tenant_id=act.tenant_id,
        first=day,
        last=day + timedelta(days=1),
        today=day,
        book=act.parameters,
    )
    found = [
        row
        for row in await store.find(act.session, window)
        if act.switches.enabled(actions.READ.plugin, row.path)
    ]
    members = await members_by_id(act, {row.member_id for row in found})
    rows = []
    for row in found:
        asks = act.parameters.value("dues.suggestion_months", row.path, day)
        asked = asks.value is not None and row.streak >= asks.value
        made = store.row(row.member_id, row.streak, row.month, row.fen, day, asked)
        rows.append(made)
        said(
            act,
            OVERDUE,
            (KIND, made["id"]),
            members[row.member_id],
            basis=asks.basis if asked else None,
            level=row.streak,
            month=row.month,
            yuan=yuan(row.fen),
            asks=asked,
        )
    await store.add(act.session, act.tenant_id, rows)


async def answer(act: Act, id: UUID, finding: Finding, words: str) -> None:
    """Say what was found about half a year without dues; nothing follows from it by itself."""
    found = await store.one(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    member = await member_of(act, found.member_id)
    act.require(actions.ANSWER, member.path, seen_by=actions.READ)
    await people.hold(act.session, act.tenant_id, [member.id])
    found = await store.one(act.session, act.tenant_id, id)
    refuse(rules.answering_refusals(asked=found.asks, answered_on=found.answered_on, words=words))
    await store.answer(
        act.session,
        act.tenant_id,
        id,
        {
            "finding": finding,
            "answer": words.strip(),
            "answered_by": act.caller.account_id,
            "answered_on": act.today,
        },
    )
    said(
        act,
        OVERDUE_ANSWERED,
        (KIND, id),
        member,
        level=found.level,
        finding=finding,
        reason=words.strip(),
    )
