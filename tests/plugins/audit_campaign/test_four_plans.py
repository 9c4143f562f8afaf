"""Each of the four plans from its opening to its end, over a district of twelve hundred members."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, update
from tests.plugins.audit_campaign.great import BRANCHES, PEOPLE, Great, great, officers

from zhibu.act import Act
from zhibu.identifiers import global_id, new_id
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution
from zhibu_audit_campaign.rules import drawing
from zhibu_audit_campaign.rules.campaigns import Dates, Opening
from zhibu_audit_campaign.rules.checking import Checked, Judged, Result
from zhibu_audit_campaign.rules.forms import RANKS, TOTAL
from zhibu_audit_campaign.rules.plans import Level, Part, Plan, PlanKind, proposals
from zhibu_audit_campaign.rules.searching import Method, Outcome
from zhibu_audit_campaign.rules.settled import Given
from zhibu_audit_campaign.rules.settling import Condition, Course
from zhibu_audit_campaign.rules.verifying import Report, Situation, Verification
from zhibu_audit_campaign.service import campaigns, settling, suggesting, verifying, work
from zhibu_audit_campaign.service import drawing as draws
from zhibu_audit_campaign.service.forms.declared import FORMS
from zhibu_audit_campaign.service.forms.giving import workbook
from zhibu_audit_campaign.service.plans import plan_at
from zhibu_audit_campaign.store import drawing as drawing_store
from zhibu_audit_campaign.store import work as work_store
from zhibu_audit_campaign.tables import (
    Audited,
    Draw,
    Entry,
    Issue,
    Sample,
    Search,
    Sheet,
    Training,
    Worker,
)

NUMBERS = ("expected", "completed", "floating", "hanging", "pocket", "lost", "unreceipted")
# Which label each plan has for whom was planted.
AWAY = {"floating", "hanging", "hidden"}  # only the first plan calls anybody hanging
FOUND: Mapping[PlanKind, Mapping[str, set[str]]] = {
    PlanKind.EDUCATION: {
        "lost": {"lost"},
        "hanging": {"hanging"},
        "floating": {"floating", "hidden"},
        "hidden": {"hidden"},
        "pocket": {"pocket"},
    },
    PlanKind.DISTRICT: {"lost": {"lost"}, "floating": AWAY, "pocket": {"pocket"}},
    PlanKind.CITY: {"lost": {"lost"}, "floating": AWAY, "pocket": {"pocket"}},
    PlanKind.TOWN: {"lost": {"lost"}, "floating": AWAY, "inactive": {"hidden"}},
}


async def branches(act: Act, campaign: UUID) -> list[Any]:
    """The branches of an audit that have people on their list."""
    rows = await act.session.execute(
        select(Audited.id, Audited.organization_id)
        .where(Audited.tenant_id == act.tenant_id, Audited.campaign_id == campaign)
        .where(Audited.level == Level.BRANCH, Audited.expected > 0)
    )
    return [*rows]


async def suggested(act: Act, campaign: UUID, known: Great, kind: PlanKind) -> None:
    """Every branch fills in advance: all that was planted is found, and nothing else."""
    for each in await branches(act, campaign):
        await suggesting.prefill(act, each.id)
    rows = await act.session.execute(
        select(Issue.member_id, Issue.label).where(
            Issue.tenant_id == act.tenant_id, Issue.campaign_id == campaign
        )
    )
    expected = {
        (member, label)
        for label, planted in FOUND[kind].items()
        for what in planted
        for member in known.planted[what]
    }
    assert {tuple(row) for row in rows} == expected
    missing = await act.session.scalars(
        select(Sheet.member_id).where(
            Sheet.tenant_id == act.tenant_id,
            Sheet.campaign_id == campaign,
            Sheet.ground == "unreceipted",
        )
    )
    assert {*missing} == known.planted["unreceipted"] | known.planted["pocket"]


async def checked(act: Act, campaign: UUID, known: Great) -> None:
    """What people do at forty branches, entered as a whole: all issues confirmed, all sheets
    complete, who is lost searched by three ways, every other one found.
    """
    own = {"tenant_id": act.tenant_id}
    of = {"campaign_id": campaign}
    done = {"state": Judged.CONFIRMED, "note": "属实", "decided_on": act.today}
    await act.session.execute(update(Issue).where(*_is(Issue, own | of)).values(**done))
    seen = {"evidence": "seen", "evidence_note": "当面核对", "completed_on": act.today}
    await act.session.execute(update(Sheet).where(*_is(Sheet, own | of)).values(**seen))
    audited = {row.organization_id: row.id for row in await branches(act, campaign)}
    workers = [known.people[unit][-1] for unit in audited]
    planned = {"planned_on": act.today, "content": "一", "focus": "二", "method": "三"}
    await act.session.execute(
        update(Audited).where(*_is(Audited, own | of)).values(**planned, timetable="四")
    )
    places = [
        {**own, "id": new_id(), "audited_id": id, "organization_id": unit}
        for unit, id in audited.items()
    ]
    await act.session.execute(
        insert(Worker),
        [
            {**place, "member_id": who, "duty": "核对", "since": act.today, "once": True}
            for place, who in zip(places, workers, strict=True)
        ],
    )
    trained = {"held_on": act.today, "topics": "政策", "people": 3}
    await act.session.execute(
        insert(Training), [{**place, **trained, "id": new_id()} for place in places]
    )
    lost = await act.session.execute(
        select(Issue.sheet_id, Issue.member_id, Issue.organization_id)
        .where(*_is(Issue, own | of), Issue.label == "lost")
        .order_by(Issue.member_id)
    )
    searches, steps = [], []
    for number, row in enumerate(lost):
        by = known.people[row.organization_id][-1]
        searches.append(
            {
                **own,
                **of,
                "id": new_id(),
                "sheet_id": row.sheet_id,
                "audited_id": audited[row.organization_id],
                "organization_id": row.organization_id,
                "member_id": row.member_id,
                "responsible_id": by,
                "opened_on": act.today,
                "due_on": act.today,
                "outcome": Outcome.FOUND if number % 2 else Outcome.NOT_FOUND,
                "lost_since": date(2025, 10, 1),
                "circumstances": "外出无音讯",
                "cause": "更换电话",
                "concluded_on": act.today,
            }
        )
        steps += [
            {
                **own,
                "id": new_id(),
                "search_id": searches[-1]["id"],
                "happened_on": act.today,
                "method": method,
                "course": "无音讯",
                "by_id": by,
                "evidence": "document",
                "evidence_note": "记录",
            }
            for method in (Method.DIRECT, Method.RELATIVES, Method.HOUSEHOLD)
        ]
    await act.session.execute(insert(Search), searches)
    await act.session.execute(insert(Entry), steps)
    await act.session.execute(
        update(Audited).where(*_is(Audited, own | of)).values(**work_store.counts())
    )
    for id in audited.values():
        await work.submit(act, id)


async def verified(act: Act, campaign: UUID, plan: Plan, committee: int, known: Great) -> None:
    """A committee verifies each of its branches and reports."""
    path = known.committees[committee].path
    rows = await act.session.execute(
        select(Audited).where(
            Audited.tenant_id == act.tenant_id,
            Audited.campaign_id == campaign,
            Audited.organization_id.in_(
                unit
                for place, unit in enumerate(known.branches)
                if place % len(known.committees) == committee
            ),
        )
    )
    words = {"destination": "外地", "state": "务工", "contact": "电话"}
    words |= {"duration": "一年", "circumstances": "外出无音讯", "cause": "更换电话"}
    for row in rows.scalars().all():
        given = Verification(
            checks=[
                Checked(check=line.code, result=Result.IN_ORDER)
                for line in plan.of(Part.CHECK)
                if line.level is Level.COMMITTEE
            ],
            situations=[
                Situation(code=line.code, number=getattr(row, line.code), **words)
                for line in plan.of(Part.VERIFICATION)
            ],
            measures="限期转接",
            ways="继续查找",
            proposals="按程序处置",
        )
        await verifying.verify(act, row.id, given)
    top = await place_of(act, campaign, known.committees[committee].id)
    chair = known.people[known.branches[committee]][-1]
    await verifying.report(act, top, report(chair_id=chair, minutes="专题会议纪要"))
    assert path


def report(**more: Any) -> Report:
    given = {"content": "核查情况", "proposals": "处理意见", "chair_id": None, "minutes": None}
    return Report(**{**given, **more})


async def place_of(act: Act, campaign: UUID, unit: UUID) -> UUID:
    found = await act.session.scalar(
        select(Audited.id).where(
            Audited.tenant_id == act.tenant_id,
            Audited.campaign_id == campaign,
            Audited.organization_id == unit,
        )
    )
    assert found is not None
    return found


async def reviewed(act: Act, campaign: UUID, known: Great) -> None:
    """The district reviews every file and report, draws a tenth at least, and reports itself."""
    ids = await act.session.scalars(
        select(Search.id).where(Search.tenant_id == act.tenant_id, Search.campaign_id == campaign)
    )
    for id in ids.all():
        await verifying.review_search(act, id, remark="属实")
    for unit in known.committees:
        await verifying.review(act, await place_of(act, campaign, unit.id), remark="同意")
    own = await place_of(act, campaign, known.district.id)
    drawn = await draws.draw(act, own)
    await _reproduced(act, own, drawn)
    await verifying.report(act, own, report(signer="分管领导"))


async def _reproduced(act: Act, own: UUID, drawn: UUID) -> None:
    made = (await act.session.execute(select(Draw).where(Draw.id == drawn))).scalar_one()
    audited = await work_store.audited(act.session, act.tenant_id, own)
    assert audited is not None
    known = await drawing_store.branches(act.session, act.tenant_id, audited)
    bands = [int(most) for most in (made.bands or "").split(",")]
    again = drawing.sample(known, made.percent, bands, made.seed)
    sampled = await act.session.scalars(
        select(Sample.audited_id).where(Sample.tenant_id == act.tenant_id, Sample.draw_id == drawn)
    )
    assert {*sampled} == {*again}
    assert made.branches == BRANCHES
    assert made.drawn * 10 >= BRANCHES


async def added_up(act: Act, plan: Plan, known: Great) -> None:
    """Every form of the plan at every level it goes up to: the last line of a summary is the sum of
    the others, and what all committees have is what the district has, and nothing is empty.
    """
    for line in plan.of(Part.FORM):
        form = FORMS[line.code]
        below = [await given(act, unit.id, line.code) for unit in known.committees]
        assert any(below), line.code
        if RANKS.index(line.level or Level.COMMITTEE) < RANKS.index(Level.DISTRICT):
            continue
        above = await given(act, known.district.id, line.code)
        if not form.is_summary:
            assert len(above) == sum(map(len, below)), line.code
            continue
        assert [row["organization"] for row in above[:-1]] == [
            unit.name for unit in known.committees
        ]
        sums = [_sum_of(rows) for rows in below]
        assert _sum_of(above) == {key: sum(each[key] for each in sums) for key in sums[0]}


def _sum_of(rows: list[Mapping[str, Any]]) -> dict[str, int]:
    *parts, total = rows
    assert total["organization"] == TOTAL
    numbers = [key for key, value in total.items() if isinstance(value, int)]
    for key in numbers:
        assert total[key] == sum(part[key] for part in parts), key
    return {key: total[key] for key in numbers}


async def given(act: Act, unit: UUID, form: str) -> list[Mapping[str, Any]]:
    filters = {"organization": global_id("Organization", unit), "purpose": "报送"}
    return [*await workbook(act, filters, FORMS[form])]


async def settled(act: Act, campaign: UUID, known: Great) -> UUID:
    """A branch settles what becomes of somebody who was found."""
    sheet = await act.session.scalar(
        select(Search.sheet_id).where(
            Search.tenant_id == act.tenant_id,
            Search.campaign_id == campaign,
            Search.outcome == Outcome.FOUND,
        )
    )
    assert sheet is not None
    told = frozenset({Condition.STAYS, Condition.RESOLVED})
    return await settling.settle(
        act, sheet, Given(course=Course.CORRECTION, told=told, met_on=act.today)
    )


def _is(table: Any, values: Mapping[str, Any]) -> list[Any]:
    return [getattr(table, key) == value for key, value in values.items()]


@pytest.mark.clause(
    *("S3A-01", "S3A-02", "S3A-10", "S3A-22", "S3A-35", "S3A-36", "S3A-40", "S3A-41"),
    *("S3B-20", "S3B-24", "S3C-12", "S3C-13", "S3C-39", "S3D-07", "S3D-16"),
)
async def test_each_plan_finds_all_that_was_planted_and_its_forms_add_up_at_every_level(
    institution: Institution,
) -> None:
    known = await great(institution)
    await officers(institution, known)
    async with institution.operator() as act:
        root, name = institution.units["root"].id, "audit_campaign.export_approved"
        await parameters.override(act, root, name, date(2026, 1, 1), False, "演练")
    for kind in PlanKind:
        async with institution.by("great") as act:
            plan = plan_at(act, kind, known.district.path, act.today)
            days = [
                Dates(code=code, since=since, until=until)
                for code, (since, until) in proposals(plan, 2026).items()
            ]
            opening = Opening(plan=kind, title=f"集中排查 {kind}", as_of=act.today, dates=days)
            campaign = await campaigns.open(act, known.district.id, opening)
        async with institution.by("secretaries") as act:
            await suggested(act, campaign, known, kind)
            await checked(act, campaign, known)
            settlement = await settled(act, campaign, known)
        for number in range(len(known.committees)):
            async with institution.by(f"great{number}") as act:
                await verified(act, campaign, plan, number, known)
        async with institution.by("great") as act:
            await reviewed(act, campaign, known)
        async with institution.operator() as act:
            await added_up(act, plan, known)
            await settling.withdraw(act, settlement, reason="演练")
            total = await act.session.execute(
                select(func.sum(Audited.expected), func.sum(Audited.completed)).where(
                    Audited.tenant_id == act.tenant_id,
                    Audited.campaign_id == campaign,
                    Audited.level == Level.BRANCH,
                )
            )
            assert tuple(total.one()) == (BRANCHES * PEOPLE, BRANCHES * PEOPLE)
        async with institution.by("municipal") as act:
            own = await place_of(act, campaign, known.district.id)
            await verifying.review(act, own, remark="同意")
        async with institution.by("great") as act:
            await campaigns.end(act, campaign, reason="工作结束")
