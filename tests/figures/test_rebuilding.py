"""Figures are counted anew by whoever may, and compared with the records every night."""

from typing import Any

import pytest
from sqlalchemy import update

from zhibu.errors import Forbidden
from zhibu.events.timeline import entries
from zhibu.figures import keeping, service
from zhibu.figures.errors import RebuildReasonMissing
from zhibu.figures.public import DIFFERED, REBUILT
from zhibu.figures.tables import KeptFigure
from zhibu.figures.works import VERIFY
from zhibu.jobs import store
from zhibu.jobs.running import Runner
from zhibu.testing.house import Institution
from zhibu.testing.works import job_of

KEPT = KeptFigure.__table__
REBUILD = """
mutation ($input: FiguresRebuildInput!) {
  figuresRebuild(input: $input) { job { id state } userErrors { code path } }
}
"""
SUMMARY = "query ($id: ID!) { job(id: $id) { state summary } }"


@pytest.fixture
async def planted(institution: Institution) -> Institution:
    """An institution with one member, of whom a dashboard says that there are seven."""
    await institution.member("branch")
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).act(tenant_id) as session:
        changed = await session.execute(
            update(KEPT)
            .where(KEPT.c.tenant_id == tenant_id, KEPT.c.name == "core.members")
            .values(value=7)
            .returning(KEPT.c.name)
        )
        assert len(changed.all()) == 1
    return institution


async def told(institution: Institution, event: str) -> list[Any]:
    async with institution.operator() as act:
        found = await entries(act.session, act.tenant_id, event=event)
    return [(each.via, each.facts) for each in found]


async def test_only_the_system_administrator_has_figures_counted_anew(
    institution: Institution,
) -> None:
    for login in ("municipal", "officer", "secretary"):
        answer = await institution.ask(login, REBUILD, {"input": {"reason": "核对"}})
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN", login
    async with institution.operator("audit_administrator") as act:
        with pytest.raises(Forbidden):
            await service.rebuild(act, [], reason="核对")


async def test_counting_anew_needs_a_reason(institution: Institution) -> None:
    await institution.account("keeper", "system_administrator")
    answer = await institution.ask("keeper", REBUILD, {"input": {"reason": " "}})
    (error,) = answer["data"]["figuresRebuild"]["userErrors"]
    assert (error["code"], error["path"]) == (RebuildReasonMissing.code, ["reason"])


async def test_a_wrong_figure_is_mended_by_a_job_which_says_so(planted: Institution) -> None:
    await planted.account("keeper", "system_administrator")
    answer = await planted.ask("keeper", REBUILD, {"input": {"reason": "年终核对"}})
    id = answer["data"]["figuresRebuild"]["job"]["id"]
    jobs = planted.house.platform.jobs
    assert await jobs.run_waiting() == 1
    told_job = (await planted.ask("keeper", SUMMARY, {"id": id}))["data"]["job"]
    assert told_job == {
        "state": "SUCCEEDED",
        "summary": "Counted everything anew; 1 figures had been kept otherwise.",
    }
    facts = {"wrong": 1, "first": ["core.members: 7 ≠ 1"], "reason": "年终核对"}
    assert await told(planted, REBUILT) == [("job", facts)]
    async with planted.operator() as act:
        again = await keeping.mend(act.session, act.tenant_id, planted.house.platform.figures)
    assert again == []


async def test_a_wrong_figure_is_found_at_night_and_left_for_people(
    planted: Institution, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Runner(planted.house.platform, [], [VERIFY])
    for _ in range(2):
        await worker.tick()
        assert await worker.run_waiting() == 1
        planted.house.now = planted.house.now.replace(day=planted.house.now.day + 1)
    facts = {"wrong": 1, "first": ["core.members: 7 ≠ 1"]}
    assert await told(planted, DIFFERED) == [("system", facts)] * 2
    assert "figures are not what the records say" in caplog.text
    assert "'tenant': 'yunling', 'wrong': 1" in caplog.text
    async with planted.operator() as act:
        found = await store.latest(act.session, act.tenant_id, VERIFY.name)
    assert found is not None
    assert (await job_of(planted, found.id)).outcome == facts


async def test_right_figures_leave_no_line(institution: Institution) -> None:
    await institution.member("branch")
    worker = Runner(institution.house.platform, [], [VERIFY])
    await worker.tick()
    await worker.run_waiting()
    assert await told(institution, DIFFERED) == []
