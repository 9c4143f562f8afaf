"""Reading organizations and members through the schema, in one statement, on both databases."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest
import strawberry

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.contributions import Graph
from zhibu.figures import keeping
from zhibu.figures.core import FIGURES
from zhibu.graph.compose import Parts
from zhibu.identifiers import global_id
from zhibu.members import service as members
from zhibu.members.graph import GRAPH as MEMBERS
from zhibu.members.rules import Change, Departure, Person, Step
from zhibu.organizations import service as organizations
from zhibu.organizations.graph import GRAPH as ORGANIZATIONS
from zhibu.organizations.rules import PostKind
from zhibu.policy import Scope
from zhibu.reading import Engine, fields_without_permission
from zhibu.storage.homes import Home
from zhibu.testing.register import TODAY, Register


@strawberry.type
class Query(ORGANIZATIONS.query, MEMBERS.query):  # type: ignore[name-defined, misc]
    pass


SCHEMA = Parts(Graph(query=Query, types=(*ORGANIZATIONS.types, *MEMBERS.types)), {}).compose(
    frozenset()
)


@dataclass
class Reader:
    act: Act
    home: Home
    binds: dict[str, Any] = field(default_factory=dict)
    sent: int = 0

    @property
    def tenant_id(self) -> UUID:
        return self.act.tenant_id

    @property
    def today(self) -> date:
        return self.act.today

    def scope(self, action: Action | str) -> Scope:
        assert isinstance(action, Action)
        return self.act.scope(action)

    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        self.sent += len(statements)
        return await self.home.read(self.tenant_id, statements)


async def asked(
    register: Register,
    document: str,
    role: str = "committee_secretary",
    at: str = "root",
    statements: int = 1,
    member: Person | None = None,
    **variables: Any,
) -> Any:
    """The data that one role at one unit is answered."""
    home = register.homes.home(register.tenant_id)
    engine = Engine(SCHEMA, home.dialect, secret=bytes(32))
    operation = engine.operation(document, None)
    assert not getattr(operation, "errors", None), operation
    async with home.view(register.tenant_id) as session:
        path = register.units[at].path
        reader = Reader(register.made(session, role, path, member), home)
        plan = engine.plan(operation, variables, reader)
        assert plan is not None
        body = await engine.run(plan, reader)
    assert reader.sent == statements
    return orjson.loads(body)["data"]


def org(register: Register, name: str) -> str:
    return global_id("Organization", register.units[name].id)


def test_every_field_names_its_permission() -> None:
    assert fields_without_permission(SCHEMA) == []


PAGE = """
query Page($organization: ID, $asOf: Date, $filter: MemberFilter) {
  members(organization: $organization, asOf: $asOf, filter: $filter, first: 50) {
    totalCount
    nodes {
      name gender stage age standing admittedOn fullOn joinedOn leftOn departure
      probationEndsOn identityNumberMasked phoneMasked
      organization { name code parent { name } ancestors { code } }
      group { name }
      affiliations { since until organization { code } }
      stages { stage change since until decision }
      posts { kind organization { code } }
    }
  }
}
"""


async def test_a_page_of_members_with_everything_takes_one_statement(register: Register) -> None:
    person = await register.member("branch", group_id=register.units["group"].id)
    async with register.act() as act:
        await organizations.appoint(
            act,
            organization_id=register.units["branch"].id,
            member_id=person.id,
            kind=PostKind.SECRETARY,
            since=date(2024, 1, 1),
        )
    page = (await asked(register, PAGE, organization=org(register, "committee")))["members"]
    assert page["totalCount"] == 1
    [node] = page["nodes"]
    assert node == {
        "name": person.name,
        "gender": "FEMALE",
        "stage": "FULL",
        "age": 46,
        "standing": 14,
        "admittedOn": "2010-07-01",
        "fullOn": "2011-07-01",
        "joinedOn": "2010-07-01",
        "leftOn": None,
        "departure": None,
        "probationEndsOn": None,
        "identityNumberMasked": person.identity_masked,
        "phoneMasked": None,
        "organization": {
            "name": "云岭branch",
            "code": "BRANCH",
            "parent": {"name": "云岭general"},
            "ancestors": [{"code": c} for c in ("ROOT", "DISTRICT", "COMMITTEE", "GENERAL")],
        },
        "group": {"name": "云岭group"},
        "affiliations": [
            {"since": "2010-07-01", "until": None, "organization": {"code": "BRANCH"}}
        ],
        "stages": [
            {
                "stage": "FULL",
                "change": "MADE_FULL",
                "since": "2011-07-01",
                "until": None,
                "decision": "登记入册",
            },
            {
                "stage": "PROBATIONARY",
                "change": "REGISTERED",
                "since": "2010-07-01",
                "until": "2011-07-01",
                "decision": "登记入册",
            },
        ],
        "posts": [{"kind": "SECRETARY", "organization": {"code": "BRANCH"}}],
    }


async def test_each_role_sees_its_own_subtree_and_contact_data_by_permission(
    register: Register,
) -> None:
    here = await register.member("branch")
    await register.member("other")
    await register.member("far")
    query = "{ members(first: 10) { nodes { name identityNumberMasked } } }"

    async def seen(role: str, at: str, member: Person | None = None) -> list[Any]:
        data = await asked(register, query, role, at, member=member)
        return [tuple(node.values()) for node in data["members"]["nodes"]]

    assert await seen("branch_secretary", "branch") == [(here.name, here.identity_masked)]
    assert await seen("recorder", "branch") == [(here.name, None)]
    assert await seen("member", "branch", here) == [(here.name, here.identity_masked)]
    assert len(await seen("committee_secretary", "committee")) == 2
    assert len(await seen("discipline_inspection_officer", "root")) == 3


async def test_an_organization_one_may_not_see_is_null(register: Register) -> None:
    query = "query ($id: ID!) { organization(id: $id) { name memberCount } }"
    data = await asked(register, query, "branch_secretary", "branch", id=org(register, "other"))
    assert data == {"organization": None}
    data = await asked(register, query, "branch_secretary", "branch", id=org(register, "branch"))
    assert data == {"organization": {"name": "云岭branch", "memberCount": 0}}


async def test_the_register_of_a_past_day_shows_branch_stage_and_names_of_that_day(
    register: Register,
) -> None:
    moved = await register.member("branch")
    left = await register.member("branch")
    await register.probationary("branch")
    units = register.units
    async with register.act() as act:
        await members.transfer(
            act, moved.id, organization_id=units["other"].id, on=date(2025, 3, 1), reason="调动"
        )
        step = Step(
            change=Change.LEFT,
            on=date(2025, 6, 1),
            decision="讣告",
            decided_on=date(2025, 6, 1),
            departure=Departure.DECEASED,
        )
        await members.change_stage(act, left.id, step)
        await organizations.rename(
            act, units["branch"].id, name="新名", on=date(2025, 9, 1), reason="更名"
        )

    async def roll(day: date | None, name: str = "branch") -> dict[str, tuple[str, str, Any]]:
        data = await asked(
            register, PAGE, organization=org(register, name), asOf=day and day.isoformat()
        )
        return {
            node["name"]: (node["organization"]["name"], node["stage"], node["leftOn"])
            for node in data["members"]["nodes"]
        }

    assert await roll(date(2010, 12, 31)) == {
        moved.name: ("云岭branch", "PROBATIONARY", None),
        left.name: ("云岭branch", "PROBATIONARY", None),
    }
    assert await roll(date(2025, 3, 1)) == {left.name: ("云岭branch", "FULL", None)}
    assert await roll(date(2025, 2, 28)) == {
        moved.name: ("云岭branch", "FULL", None),
        left.name: ("云岭branch", "FULL", None),
    }
    assert await roll(date(2025, 6, 1), "general") == {moved.name: ("云岭other", "FULL", None)}
    now = await roll(None)
    assert [value[:2] for value in now.values()] == [("新名", "PROBATIONARY")]
    assert await roll(TODAY) == now


async def test_the_tree_of_a_past_day_stands_where_it_stood(register: Register) -> None:
    units = register.units
    on = date(2025, 1, 1)
    async with register.act() as act:
        await organizations.move(
            act, units["general"].id, parent_id=units["rival"].id, on=on, reason="调整"
        )
    query = """
    query ($under: ID, $asOf: Date) {
      organizations(under: $under, asOf: $asOf, first: 50) {
        totalCount nodes { code parent { code } }
      }
    }"""

    async def tree(day: str | None) -> dict[str, str]:
        data = await asked(register, query, under=org(register, "committee"), asOf=day)
        return {n["code"]: n["parent"]["code"] for n in data["organizations"]["nodes"]}

    assert await tree("2024-12-31") == {
        "COMMITTEE": "DISTRICT",
        "GENERAL": "COMMITTEE",
        "BRANCH": "GENERAL",
        "GROUP": "BRANCH",
        "OTHER": "GENERAL",
    }
    assert await tree("2025-01-01") == await tree(None) == {"COMMITTEE": "DISTRICT"}


CONDITIONS: list[tuple[dict[str, Any], int]] = [
    ({"stages": ["PROBATIONARY"]}, 1),
    ({"stages": ["FULL", "PROBATIONARY"]}, 3),
    ({"genders": ["MALE"]}, 1),
    ({"kinds": ["RETIRED"]}, 0),
    ({"nameContains": "试1"}, 1),
    ({"nameContains": "%"}, 0),
    ({"ageFrom": 46}, 3),
    ({"ageFrom": 47}, 0),
    ({"ageTo": 45}, 0),
    ({"ageTo": 46}, 3),
    ({"admittedFrom": "2026-01-10"}, 1),
    ({"admittedTo": "2010-07-01"}, 2),
]


async def test_members_are_filtered(register: Register) -> None:
    await register.member("branch")
    await register.member("other")
    await register.probationary("far")
    for condition, found in CONDITIONS:
        data = await asked(register, PAGE, filter=condition)
        assert data["members"]["totalCount"] == found, condition


async def test_figures_are_what_is_kept_and_move_with_the_tree(register: Register) -> None:
    units = register.units
    async with register.act() as act:
        await members.register(act, register.entry("branch"), full=True)
        await members.admit(act, register.entry("far"), decision="决议")
        await organizations.move(
            act, units["general"].id, parent_id=units["rival"].id, on=TODAY, reason="调整"
        )
        every = {unit.id for unit in units.values()}
        await keeping.refresh(act.session, act.tenant_id, act.touched | every, FIGURES)
    query = """
    query ($id: ID!) {
      organizationFigures(organization: $id) { members full probationary branches organizations }
      organization(id: $id) { memberCount ownMemberCount }
    }"""

    async def figures(name: str) -> list[int]:
        data = await asked(register, query, statements=2, id=org(register, name))
        return [*data["organizationFigures"].values(), *data["organization"].values()]

    assert await figures("rival") == [2, 1, 1, 3, 6, 2, 0]
    assert await figures("committee") == [0, 0, 0, 0, 1, 0, 0]
    assert await figures("branch") == [1, 1, 0, 1, 2, 1, 1]


async def test_member_counts_of_a_past_day_are_counted_as_of_that_day(register: Register) -> None:
    units = register.units
    moved = await register.member("branch")
    await register.member("branch")
    async with register.act() as act:
        await members.transfer(
            act, moved.id, organization_id=units["far"].id, on=date(2025, 3, 1), reason="调动"
        )
        await organizations.move(
            act,
            units["general"].id,
            parent_id=units["rival"].id,
            on=date(2025, 6, 1),
            reason="调整",
        )
        await keeping.refresh(act.session, act.tenant_id, [u.id for u in units.values()], FIGURES)
    query = """query ($id: ID!, $asOf: Date) {
      organization(id: $id, asOf: $asOf) { memberCount ownMemberCount }
    }"""

    async def counts(name: str, day: str | None) -> list[int]:
        data = await asked(register, query, id=org(register, name), asOf=day)
        return list(data["organization"].values())

    assert await counts("committee", "2009-01-01") == [0, 0]
    assert await counts("committee", "2025-02-28") == [2, 0]
    assert await counts("branch", "2025-02-28") == [2, 2]
    assert await counts("branch", "2025-03-01") == [1, 1]
    assert await counts("committee", "2025-03-01") == [1, 0]
    assert await counts("rival", "2025-05-31") == [1, 0]
    assert await counts("rival", "2025-06-01") == [2, 0] == await counts("rival", None)
    assert await counts("committee", "2025-06-01") == [0, 0] == await counts("committee", None)


async def test_a_past_register_shows_nobody_whose_present_branch_is_out_of_sight(
    register: Register,
) -> None:
    moved, stayed = await register.member("branch"), await register.member("branch")
    async with register.act() as act:
        await members.transfer(
            act,
            moved.id,
            organization_id=register.units["far"].id,
            on=date(2025, 3, 1),
            reason="调动",
        )
    query = '{ members(first: 10, asOf: "2025-02-28") { nodes { name } } }'

    async def seen(role: str, at: str) -> set[str]:
        data = await asked(register, query, role, at)
        return {node["name"] for node in data["members"]["nodes"]}

    assert await seen("branch_secretary", "branch") == {stayed.name}
    assert await seen("committee_secretary", "rival") == {moved.name}
    assert await seen("committee_secretary", "root") == {stayed.name, moved.name}


@pytest.mark.parametrize(
    ("day", "member", "unit"),
    [
        ("1999-12-31", None, None),
        ("2005-01-01", None, {"code": "BRANCH"}),
        ("2010-07-01", {"stage": "PROBATIONARY"}, {"code": "BRANCH"}),
        ("2026-02-01", None, {"code": "BRANCH"}),
        ("2026-06-01", None, None),
        ("2030-01-01", None, None),
    ],
)
async def test_one_object_is_null_on_a_day_outside_its_life_like_in_the_lists(
    register: Register, day: str, member: Any, unit: Any
) -> None:
    person, branch = await register.member("branch"), register.units["branch"].id
    departure = Step(
        change=Change.LEFT,
        on=date(2026, 2, 1),
        decision="病故",
        decided_on=date(2026, 2, 1),
        departure=Departure.DECEASED,
    )
    async with register.act() as act:
        await members.change_stage(act, person.id, departure)
        await organizations.dissolve(
            act, register.units["group"].id, on=date(2026, 3, 1), reason="撤"
        )
        await organizations.dissolve(act, branch, on=date(2026, 6, 1), reason="撤")
    query = """query ($m: ID!, $o: ID!, $d: Date!) {
      member(id: $m, asOf: $d) { stage }
      organization(id: $o, asOf: $d) { code }
      members(first: 5, asOf: $d) { totalCount }
      organizations(first: 50, asOf: $d, filter: {codes: ["BRANCH"]}) { totalCount }
    }"""
    data = await asked(
        register,
        query,
        statements=4,
        m=global_id("Member", person.id),
        o=org(register, "branch"),
        d=day,
    )
    assert (data["member"], data["organization"]) == (member, unit)
    assert data["members"]["totalCount"] == (member is not None)
    assert data["organizations"]["totalCount"] == (unit is not None)


async def test_sub_units_and_posts_of_a_past_day_are_those_of_that_day(register: Register) -> None:
    units, moved = register.units, date(2026, 4, 10)
    person = await register.member("branch")
    async with register.act() as act:
        post = await organizations.appoint(
            act,
            organization_id=units["branch"].id,
            member_id=person.id,
            kind=PostKind.SECRETARY,
            since=date(2024, 1, 1),
        )
        await organizations.end_post(act, post.id, on=moved, reason="换届")
        await organizations.move(
            act, units["other"].id, parent_id=units["committee"].id, on=moved, reason="调整"
        )
    query = """query ($g: ID!, $c: ID!, $b: ID!, $d: Date) {
      g: organization(id: $g, asOf: $d) { children { code } }
      c: organization(id: $c, asOf: $d) { children { code } }
      b: organization(id: $b, asOf: $d) { posts { kind } }
    }"""

    async def on(day: str | None) -> tuple[list[str], list[str], int]:
        ids = {name[0]: org(register, name) for name in ("general", "committee", "branch")}
        data = await asked(register, query, statements=3, d=day, **ids)
        general, committee = (sorted(c["code"] for c in data[k]["children"]) for k in "gc")
        return general, committee, len(data["b"]["posts"])

    assert await on("2026-04-09") == (["BRANCH", "OTHER"], ["GENERAL"], 1)
    assert await on("2026-04-10") == (["BRANCH"], ["GENERAL", "OTHER"], 0)
    assert await on(None) == (["BRANCH"], ["GENERAL", "OTHER"], 0)
