"""Whatever is proposed, voted on, sent back, appealed or ordered: each stands as on paper."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from tests.models.disposing import Served
from tests.models.dispositions import Dispositions
from tests.models.walking import World, finds, walk

from zhibu.identifiers import row_of
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import PostKind
from zhibu.procedures.machine import Move, moved
from zhibu.testing.branch import peopled
from zhibu_organization_life.rules.catalogues import Kind
from zhibu_organization_life.rules.meetings import Details, Draft
from zhibu_organization_life.service import meetings

IN_MEMORY, ON_DISK = 150, 40
POSTS = (PostKind.SECRETARY, PostKind.DEPUTY_SECRETARY, PostKind.COMMITTEE_MEMBER)


@pytest.fixture
async def served(world: World) -> Served:
    """A branch of four voters and a committee of three, a meeting to come, and all who decide."""
    institution = world.institution
    branch = await peopled(institution, 4, 0)
    holders = [(await institution.member("other")).id for _ in POSTS]
    async with institution.operator() as act:
        for holder, kind in zip(holders, POSTS, strict=True):
            await organizations.appoint(
                act,
                organization_id=institution.units["committee"].id,
                member_id=holder,
                kind=kind,
                since=date(2026, 1, 1),
            )
        await meetings.plan(
            act,
            Draft(
                organization_id=institution.units["branch"].id,
                kind=Kind.THEME_DAY,
                details=Details(title="主题党日", held_on=date(2028, 1, 10)),
            ),
        )
    await institution.account("second", "district_organization_officer", "district")
    file = row_of(await branch.file(), "Attachment")
    voters = [member.id for member in branch.members]
    return Served(world, file=file, voters=voters, holders=holders)


@pytest.mark.clause("S3C-26", "S3C-27", "S3C-28", "S3C-30", "S3C-32", "S3C-43")
def test_no_path_leads_around_a_step_and_what_falls_leaves_nothing_behind(served: Served) -> None:
    served.meet_everybody()

    def make(tally: Counter[str]) -> Dispositions:
        return Dispositions(served, tally)

    walk(make, ON_DISK)
    if served.world.on_disk:
        with served.world.in_memory():
            tally = walk(make, IN_MEMORY)
        for what in ("open", "propose", "meet", "decide", "appeal", "uphold"):
            assert tally[f"{what} True"] > 1, tally


def without_review(*given: Any) -> Any:
    """What the committee reviews in advance is taken as reviewed."""
    state, code = moved(*given)
    return moved(given[0], state, code, Move.APPROVE) if code == "review" else (state, code)


async def nothing(*_: Any, **__: Any) -> None:
    return None


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("guard", "planted"),
    [
        ("zhibu.procedures.service.settling.moved", without_review),
        ("zhibu_discipline.service.deciding._refuse_overtaken", nothing),
    ],
)
def test_a_guard_that_is_taken_away_is_missed(
    served: Served, guard: str, planted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.meet_everybody()
    monkeypatch.setattr(guard, planted)
    with served.world.in_memory():
        assert finds(lambda tally: Dispositions(served, tally), 300)
