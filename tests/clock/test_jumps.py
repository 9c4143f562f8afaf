"""The clock of a server is set: ahead by an hour or a day, and back again. Nothing is lost by it.

Each test goes through `JUMPS`, one after the other from the same noon, so that the clock goes ahead
and back by up to two days at once.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, update

from zhibu.accounts.rules.factors import Proof, proof_fault
from zhibu.accounts.service import tokens
from zhibu.accounts.tables import Token
from zhibu.act import Event
from zhibu.basis import Basis
from zhibu.due.service.sweeping import sweep
from zhibu.due.tables import InboxItem, Obligation
from zhibu.errors import Unauthenticated
from zhibu.events.anchors import Anchors
from zhibu.events.tables import LedgerEntry
from zhibu.events.timeline import entries
from zhibu.identifiers import global_id, row_of
from zhibu.jobs.rules import LEASE, State
from zhibu.jobs.running import Runner
from zhibu.jobs.work import Task, Work
from zhibu.members import service as members
from zhibu.members.service import Correction
from zhibu.procedures import store
from zhibu.testing.branch import Branch, peopled, told
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import NOON, PASSWORD, Institution
from zhibu.testing.works import ask_for, job_of
from zhibu_education.service import credits
from zhibu_education.service.rows import Entry
from zhibu_education.store import standings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUMPS = (HOUR, -HOUR, DAY, -DAY, timedelta(0))
SIGN_IN = """mutation ($input: SignInInput!) {
  signIn(input: $input) { token userErrors { code } } }"""
VIEWER = "{ viewer { name } }"


def jumps(institution: Institution) -> Iterator[datetime]:
    """Set the clock to each of them."""
    for jump in JUMPS:
        institution.house.now = NOON + jump
        yield institution.house.now


async def answered(institution: Institution, credential: str) -> bool:
    """Whether somebody stands behind the credential at this moment."""
    answer = await institution.house.ask(VIEWER, credential=credential)
    viewer = (answer.get("data") or {}).get("viewer")
    return viewer is not None


async def enter(institution: Institution, password: str = PASSWORD) -> str | None:
    """Sign in as the officer; the credential, or None."""
    given = {"tenant": institution.tenant.code, "login": "officer", "password": password}
    answer = await institution.house.ask(SIGN_IN, {"input": given})
    payload = (answer.get("data") or {}).get("signIn") or {}
    token: str | None = payload.get("token")
    return token


async def test_whoever_is_signed_out_by_the_clock_signs_in_again_at_once(
    institution: Institution,
) -> None:
    for now in jumps(institution):
        credential = await enter(institution)
        assert credential is not None, now
        assert await answered(institution, credential), now


async def test_a_lock_lasts_no_longer_because_the_clock_went_back(
    institution: Institution,
) -> None:
    for ahead in (HOUR, DAY):
        institution.house.now = NOON + ahead
        for _ in range(6):
            assert await enter(institution, "wrong") is None
        assert await enter(institution) is None  # locked
        institution.house.now = NOON
        assert await enter(institution) is not None


async def test_what_was_revoked_is_not_remembered_until_the_clock_catches_up(
    institution: Institution,
) -> None:
    """A machine's token, revoked by another process, of which this one hears nothing."""
    house, tenant = institution.house, institution.tenant.id
    text = await token(institution)
    for now in jumps(institution):
        assert await answered(institution, text), now
    house.now = NOON + DAY
    assert await answered(institution, text)
    house.now = NOON
    async with house.platform.homes.home(tenant).act(tenant) as session:
        await session.execute(update(Token).values(revoked_at=house.now))
    house.now += timedelta(seconds=3)
    with pytest.raises(Unauthenticated):
        await house.platform.credentials.authenticate(text, house.now)


@pytest.mark.parametrize(("proven", "holds"), [(-HOUR, False), (DAY, False), (-10, True)])
def test_a_second_factor_proven_ahead_of_the_clock_proves_nothing_for_longer(
    proven: Any, holds: bool
) -> None:
    ago = proven if isinstance(proven, timedelta) else timedelta(minutes=proven)
    proof = Proof(
        uses=frozenset({"open"}),
        lasting=timedelta(minutes=30),
        basis=Basis(document="x", article="x", value="30"),
    )
    fault = proof_fault("open", proof, enrolled=True, proven_at=NOON + ago, now=NOON)
    assert (fault is None) is holds


async def test_a_job_whose_lease_ends_by_a_jump_is_done_once(institution: Institution) -> None:
    """Two workers have it at a time, and what the first one does no longer counts."""
    house, done = institution.house, Counter[str]()
    inner: Runner

    async def run(task: Task) -> dict[str, Any]:
        attempt = f"attempt {task.job.attempt}"
        if task.job.attempt == 1:
            house.now += LEASE + HOUR
            assert await inner.run_waiting() == 1
        async with task.act() as act:
            done[attempt] += 1
            counted = ("Job", task.job.id)
            act.record(Event(name="test.counted", subject=counted, facts={"by": attempt}))
        return {"by": attempt}

    work = Work(kind="once", run=run, retries=1)
    first, inner = (Runner(house.platform, [work]) for _ in range(2))
    id = await ask_for(institution, work)
    await first.run_waiting()
    job = await job_of(institution, id)
    assert (job.state, job.outcome) == (State.SUCCEEDED, {"by": "attempt 2"})
    assert await written(institution, "test.counted") == ["attempt 2"]


async def test_a_repeated_act_is_answered_alike_whatever_the_clock_says(
    institution: Institution,
) -> None:
    member = global_id("Member", (await institution.member()).id)
    document = """mutation ($input: MemberCorrectInput!) { memberCorrect(input: $input) {
      member { note } userErrors { code } } }"""
    given = {"member": member, "note": "甲", "reason": "更正", "idempotencyKey": "k"}
    answers = []
    for _ in jumps(institution):
        institution.credentials["officer"] = await enter(institution) or ""
        answers.append(await institution.ask("officer", document, {"input": given}))
    assert answers == [answers[0]] * len(JUMPS)
    assert answers[0]["data"]["memberCorrect"]["userErrors"] == []
    assert len(await written(institution, "members.corrected")) == 1


async def test_nobody_is_reminded_twice_of_the_same(institution: Institution) -> None:
    platform, tenant = institution.house.platform, institution.tenant
    await Deadlines(at=institution).probationary(date(2025, 8, 14))  # ends in 60 days from noon
    for jump in (DAY, -DAY, timedelta(0)):
        institution.house.now = NOON + jump
        await sweep(platform, lambda: platform.act(tenant, platform.system(tenant, "due")))
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        for table, what in ((Obligation, "kind"), (InboxItem, "due_id")):
            keys = [table.__table__.c[name] for name in KEYS[what]]
            twice = select(func.count()).where(table.tenant_id == tenant.id)
            rows = (await session.execute(twice.group_by(*keys))).scalars().all()
            assert rows
            assert set(rows) == {1}, what


KEYS = {
    "kind": ("kind", "subject_id", "due_on"),
    "due_id": ("due_id", "account_id"),
}


async def test_the_ledger_goes_by_its_numbers(institution: Institution, tmp_path: Any) -> None:
    house, tenant = institution.house, institution.tenant.id
    person = await institution.member()
    home, anchors = house.platform.homes.home(tenant), Anchors(house.platform.settings)
    for number, now in enumerate(jumps(institution)):
        async with institution.operator() as act:
            await members.correct(act, person.id, Correction(note=f"{number}"), reason="更正")
        note = await anchors.checkpoint(home, tenant, now)
        assert note is not None
        verified = await anchors.verify(home, tenant)
        assert verified.sound, (now, verified.faults)
    async with home.view(tenant) as session:
        found = await entries(session, tenant, member_id=person.id, event="members.corrected")
    assert [entry.seq for entry in found] == sorted((entry.seq for entry in found), reverse=True)
    assert [entry.at - NOON for entry in found] == [*reversed(JUMPS)]


@pytest.fixture
async def branch(institution: Institution) -> Branch:
    return await peopled(institution, 2, 1)


DECIDE = "core:procedure:decide"
COMMITTEE = {"code": "committee", "zh": "审批", "en": "C", "action": DECIDE, "level": "approver"}
NOTICED = {
    "steps": [
        COMMITTEE,
        {
            **COMMITTEE,
            "code": "notice",
            "level": "home",
            "by": "notice",
            "limit": "core.notice_days",
            "separate": False,
        },
    ],
    "objection": {
        "limit": "core.objection_days",
        "answer_limit": "core.objection_answer_days",
        "action": DECIDE,
        "level": ["district_department"],
        "upheld": "committee",
    },
}


async def test_what_came_after_a_decision_stands_in_the_way_of_undoing_it(
    branch: Branch, institution: Institution
) -> None:
    """Though the clock was put back in between, and says that it came before."""
    assert told(await branch.define(NOTICED)) == []
    procedure = await branch.propose("secretary", organization=None, member=branch.ids(0)[0])
    assert told(await branch.decide("officer", procedure)) == []
    await set_to(institution, NOON - HOUR, "m0", "officer")
    objection = {"procedure": procedure["id"], "reason": "情况不实"}
    assert told(await branch.do("m0", "Object", **objection)) == []
    undone = await branch.do("officer", "Undo", procedure=procedure["id"], reason="误")
    assert told(undone) == ["core.procedure_undo_too_late"]


async def test_no_step_ends_before_it_began(branch: Branch, institution: Institution) -> None:
    assert told(await branch.define({"steps": [COMMITTEE]})) == []
    await set_to(institution, NOON + DAY, "secretary")
    procedure = await branch.propose("secretary")
    await set_to(institution, NOON, "officer")
    assert told(await branch.decide("officer", procedure)) == []
    async with institution.operator() as act:
        [entry] = await store.steps(
            act.session, act.tenant_id, row_of(procedure["id"], "Procedure")
        )
    assert entry.done_on == entry.started_on == (NOON + DAY).date()


async def test_hours_of_a_day_that_has_come_are_taken_whatever_the_clock_said_before(
    institution: Institution,
) -> None:
    member = await institution.member()
    given = {"form": "online", "topic": "purpose", "title": "学习", "hours": Decimal(1)}
    for now in jumps(institution):
        async with institution.operator("committee_officer") as act:
            await credits.record(act, member.id, Entry(earned_on=now.date(), **given))
    async with institution.operator() as act:
        [standing] = await standings.candidates(
            act.session, act.tenant_id, NOON.year, members=[member.id]
        )
    assert standing.pending == len(JUMPS)


async def set_to(institution: Institution, now: datetime, *logins: str) -> None:
    """Set the clock; these have sessions anew."""
    institution.house.now = now
    await institution.again(*logins)


async def token(institution: Institution) -> str:
    """A machine's token of the officer's, for a month."""
    async with institution.by("officer") as act:
        made = await tokens.create(
            act,
            name="报表",
            organization_id=institution.units["committee"].id,
            actions=["core:member:read"],
            expires_at=NOON + timedelta(days=30),
        )
    return made.text


async def written(institution: Institution, event: str) -> list[Any]:
    """What the ledger keeps of such events, in its order: what each said, or its number."""
    tenant = institution.tenant.id
    asked = (
        select(LedgerEntry.facts)
        .where(LedgerEntry.tenant_id == tenant, LedgerEntry.event == event)
        .order_by(LedgerEntry.seq)
    )
    async with institution.house.platform.homes.home(tenant).view(tenant) as session:
        return [facts.get("by", facts) for facts in await session.scalars(asked)]
