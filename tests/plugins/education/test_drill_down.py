"""Every number drills down: figures are sums of standings, standings sums of credits."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from zhibu.organizations import service as organizations
from zhibu.organizations.public import PostKind
from zhibu.testing.register import counted
from zhibu_education.rules.catalogues import Presence
from zhibu_education.rules.sessions import Mark
from zhibu_education.service import attendance, credits, sessions, verifying
from zhibu_education.service.rows import Entry

ALL = """query ($o: ID!) {
    educationFigures(organization: $o, year: 2026) { members met verifiedHours pendingHours }
    organization(id: $o) { education(year: 2026) { members met verifiedHours pendingHours } }
    members(organization: $o, first: 50) { nodes { id education(year: 2026) {
        required verified pending met credits { state counted } } } }
    educationCredits(organization: $o, year: 2026, first: 100) { nodes {
        id state counted member { id } } } }"""


@pytest.mark.clause("S0-36")
@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_acts_figures_standings_and_credits_agree(
    education: Any, seed: int
) -> None:
    random = Random(seed)
    people = [education.me, education.peer, await education.member("other")]
    for step in range(25):
        await act_at_random(education, random, people, step)
    for unit in ("root", "general", "branch", "other"):
        await agree(education, unit)
    assert await education.differences() == []


async def act_at_random(education: Any, random: Random, people: list[Any], step: int) -> None:
    """One act of somebody; what is refused is refused."""
    who = random.choice(people)
    page = await education.read("municipal", ALL, o=education.at.id("root"))
    known = [node["id"] for node in page["data"]["educationCredits"]["nodes"]]
    day = f"2026-0{random.randint(1, 6)}-{random.randint(1, 14):02}"
    form = random.choice(["ONLINE", "SELF_STUDY"])
    record = education.hours(
        member=education.id(who),
        earnedOn=day,
        hours=str(random.choice([1, "2.5", 8])),
        form=form,
        title=f"第{step}次",
    )
    credit = random.choice(known) if known else "x"
    correction = {key: value for key, value in record.items() if key != "member"}
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("officer", "educationCreditRecord", record),
        ("officer", "educationCreditRecord", record),
        (
            "district" if step % 5 == 0 else "secretary",
            "educationCreditVerify",
            {"credits": [credit]},
        ),
        ("secretary", "educationCreditVerify", {"credits": [credit]}),
        ("secretary", "educationCreditReturn", {"credits": [credit], "reason": "缺证明"}),
        ("officer", "educationCreditVoid", {"credit": credit, "reason": "误录"}),
        ("officer", "educationCreditCorrect", {**correction, "credit": credit, "reason": "有误"}),
        (
            "officer",
            "educationExempt",
            {"member": education.id(who), "year": 2026, "ground": "ILL", "consent": "本人同意"},
        ),
    ]
    login, name, given = random.choice(acts)
    await education.answer(login, name, given)


async def agree(education: Any, unit: str) -> None:
    answer = await education.read("municipal", ALL, o=education.at.id(unit))
    assert "errors" not in answer
    data = answer["data"]
    counts = data["educationFigures"]
    assert data["organization"]["education"] == counts
    standings = [node["education"] for node in data["members"]["nodes"]]
    held_to = [each for each in standings if Decimal(each["required"]) > 0]
    assert counts["members"] == len(held_to)
    assert counts["met"] == sum(each["met"] for each in held_to)
    for figure, state in (("verifiedHours", "verified"), ("pendingHours", "pending")):
        total = sum((Decimal(each[state]) for each in standings), Decimal(0))
        assert Decimal(counts[figure]) == total
    listed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for credit in data["educationCredits"]["nodes"]:
        listed[credit["member"]["id"], credit["state"]] += Decimal(credit["counted"])
    for node in data["members"]["nodes"]:
        own: dict[str, Decimal] = defaultdict(Decimal)
        for credit in node["education"]["credits"]:
            own[credit["state"]] += Decimal(credit["counted"])
        for state in ("verified", "pending"):
            hours = Decimal(node["education"][state])
            assert hours == own[state.upper()] == listed[node["id"], state.upper()]


async def test_each_act_takes_as_many_statements_as_it_must(education: Any) -> None:
    """What the service itself sends; the edge adds the ledger's three and those of the figures."""
    tenant = education.at.tenant.id
    holds = education.at.house.platform.homes.home(tenant).name == "postgresql"
    entry = Entry(
        earned_on=education.at.house.now.date(),
        hours=Decimal(2),
        form="online",
        topic="purpose",
        title="网络课程",
        evidence="截图",
    )
    async with education.at.by("me") as act, counted(act) as sent:
        credit = await credits.claim(act, education.me.id, entry)
        assert len(sent) == 5 + holds
    async with education.at.by("secretary") as act, counted(act) as sent:
        await verifying.verify(act, [credit])
        assert len(sent) == 5 + holds
    given = education.session()
    session = (
        await education.done("secretary", "educationSessionHold", given, "session { code }")
    )["session"]["code"]
    async with education.at.by("secretary") as act:
        found = await sessions.store.sessions_by_code(act.session, act.tenant_id, [session])
    marks = [
        Mark(member_id=who.id, presence=Presence.PRESENT) for who in (education.me, education.peer)
    ]
    async with education.at.by("secretary") as act, counted(act) as sent:
        await attendance.attend(act, found[session].id, marks)
        assert len(sent) == 10 + holds


async def test_totals_leave_out_where_the_plugin_is_off_as_lists_do(education: Any) -> None:
    await education.claim()
    other = await education.member("other")
    given = education.hours(member=education.id(other))
    await education.done("officer", "educationCreditRecord", given, "credit { id }")
    await education.at.switch("education", False, "branch")
    answer = await education.read(
        "officer",
        """query ($o: ID!) {
            organization(id: $o) { education(year: 2026) {
                members notMet willMiss creditsWaiting pendingHours } }
            educationFigures(organization: $o, year: 2026) { members pendingHours }
            educationBehind(organization: $o, year: 2026, first: 9, outlook: NOT_MET) { totalCount }
            educationCredits(organization: $o, year: 2026, first: 9) { totalCount } }""",
        o=education.at.id("general"),
    )
    data = answer["data"]
    assert data["educationBehind"]["totalCount"] == data["educationCredits"]["totalCount"] == 1
    assert data["organization"]["education"] == {
        "members": 1,
        "notMet": 1,
        "willMiss": 1,
        "creditsWaiting": 1,
        "pendingHours": "4",
    }
    assert data["educationFigures"] == {"members": 1, "pendingHours": "4"}


LED = """query ($o: ID!) {
    organization(id: $o) { education(year: 2026) {
        leaders leadersLectured studyDue studyJoined plansDue plansMade } }
    leaders: educationLeaders(organization: $o, year: 2026, first: 9) {
        nodes { education(year: 2026) { studyDue studyAttended } } }
    silent: educationLeaders(organization: $o, year: 2026, first: 9, missing: LECTURE) {
        totalCount }
    unplanned: educationPlansMissing(organization: $o, year: 2026, first: 9) { totalCount } }"""


@pytest.mark.parametrize(("off", "leaders"), [(None, 2), ("branch", 1), ("general", 0)])
async def test_totals_of_leaders_and_plans_leave_out_where_the_plugin_is_off_too(
    education: Any, off: str | None, leaders: int
) -> None:
    for unit in ("branch", "other"):
        who = await education.member(unit)
        async with education.at.operator() as act:
            await organizations.appoint(
                act,
                organization_id=education.at.units[unit].id,
                member_id=who.id,
                kind=PostKind.SECRETARY,
                since=date(2026, 1, 1),
            )
        study = education.session(unit, form="SEMINAR", title="专题研讨")
        await education.done("officer", "educationSessionHold", study, "session { id }")
    if off:
        await education.at.switch("education", False, off)
    answer = await education.read("officer", LED, o=education.at.id("committee"))
    data, counted = answer["data"], answer["data"]["organization"]["education"]
    shown = [node["education"] for node in data["leaders"]["nodes"]]
    assert counted["leaders"] == len(shown) == leaders
    assert counted["leaders"] - counted["leadersLectured"] == data["silent"]["totalCount"]
    assert counted["studyDue"] == sum(each["studyDue"] for each in shown) == leaders
    assert counted["studyJoined"] == sum(each["studyAttended"] for each in shown)
    assert counted["plansDue"] - counted["plansMade"] == data["unplanned"]["totalCount"]
