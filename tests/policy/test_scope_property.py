"""Rules in plain words, stock Casbin, ours, the memo and SQL answer alike about every row."""

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import casbin
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Uuid, insert, select

from zhibu.policy import Assignment, Policy, Principal, Switches, default_folder
from zhibu.policy.enforcer import enforcer_of
from zhibu.policy.rules import EFFECTS, REACHES, Grant, Roles, Rules
from zhibu.storage.tables import PathText

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "150"))
TODAY = date(2026, 6, 1)
ME, OTHER = UUID(int=1).hex, UUID(int=2).hex
ROLES = ("clerk", "chief", "guest")
ACTIONS = ("core:row:read", "core:row:write", "dues:row:read")
MODEL = (default_folder() / "model.conf").read_text(encoding="utf-8")

rows = Table(
    "policy_rows",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("path", PathText, nullable=False),
    Column("owner", Uuid),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class World:
    """Nodes are numbers; node 0 is the root and `parents[n]` is above node n."""

    parents: list[int | None]
    paths: list[str]
    grants: list[Grant]
    inherits: dict[str, set[str]]
    held: list[tuple[str, int, date | None]]
    switches: dict[int, bool]
    member: str
    listed: frozenset[str] | None
    within: int | None
    rows: list[tuple[int, str | None]]

    @property
    def principal(self) -> Principal:
        held = tuple(Assignment(role, self.paths[at], until) for role, at, until in self.held)
        within = None if self.within is None else self.paths[self.within]
        return Principal("a" * 32, self.member, held, TODAY, self.listed, within)

    @property
    def switched(self) -> Switches:
        return Switches({"dues": {self.paths[at]: on for at, on in self.switches.items()}})

    @property
    def policy(self) -> Policy:
        inherited = {role: frozenset({role, *self.all_of(role)}) for role in ROLES}
        return Policy(Rules(MODEL, Roles(ROLES, inherited, ()), {}, tuple(self.grants)))

    def all_of(self, role: str) -> set[str]:
        """The role and what it inherits, at whatever remove."""
        return {role}.union(*(self.all_of(other) for other in self.inherits.get(role, ())))

    def above(self, node: int | None) -> list[int]:
        return [] if node is None else [node, *self.above(self.parents[node])]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    parents: list[int | None] = [None]
    paths = ["1."]
    for _ in range(draw(st.integers(1, 12))):
        parent = draw(st.integers(0, len(paths) - 1))
        # Labels that begin alike: a range that is a little too wide catches the neighbour.
        path = paths[parent] + draw(st.sampled_from(["1", "11", "1a", "a1", "zz"])) + "."
        if path not in paths:
            parents.append(parent)
            paths.append(path)
    # Most of what is drawn meets at one node, or allow, deny and own would never meet.
    anywhere = st.integers(0, len(paths) - 1)
    hot = draw(anywhere)
    node = st.one_of(st.just(hot), anywhere)
    role = st.sampled_from(ROLES)
    effect = st.sampled_from(["allow", "allow", *EFFECTS])
    grant = st.builds(Grant, role, st.sampled_from(ACTIONS), st.sampled_from(REACHES), effect)
    until = st.sampled_from([None, None, None, *(TODAY + timedelta(n) for n in (-1, 0, 1))])
    return World(
        parents=parents,
        paths=paths,
        grants=draw(st.lists(grant, min_size=1, max_size=10)),
        inherits=draw(st.sampled_from([{}, {"chief": {"clerk"}}, _CHAIN])),
        held=draw(st.lists(st.tuples(role, node, until), min_size=1, max_size=5)),
        switches=draw(st.dictionaries(node, st.booleans(), max_size=4)),
        member=draw(st.sampled_from([ME, ME, ""])),
        listed=draw(st.sampled_from([None, None, frozenset(ACTIONS[:1]), frozenset(ACTIONS[2:])])),
        within=draw(st.one_of(st.none(), st.none(), anywhere)),
        # Each node has a row of mine and one that is not: no place goes unasked.
        rows=[
            (n, o) for n in range(len(paths)) for o in (ME, draw(st.sampled_from([OTHER, None])))
        ],
    )


# What is seldom drawn: a subtree with a hole in it, and all that lies below a place without it.
SELDOM = World(
    parents=[None, 0, 1, 0],
    paths=["1.", "1.1.", "1.1.1.", "1.2."],
    grants=[
        Grant("chief", ACTIONS[0], "subtree", "allow"),
        Grant("chief", ACTIONS[1], "subtree", "allow"),
        Grant("chief", ACTIONS[1], "own", "deny"),
        Grant("guest", ACTIONS[0], "subtree", "deny"),
    ],
    inherits={},
    held=[("chief", 0, None), ("guest", 1, None)],
    switches={},
    member=ME,
    listed=None,
    within=None,
    rows=[(node, owner) for node in range(4) for owner in (ME, OTHER)],
)
# What is denied of one's own rows only: they are fewer than those of others.
LESS = replace(SELDOM, grants=[*SELDOM.grants, Grant("chief", ACTIONS[1], "self", "deny")])
# One place by itself, one below which nothing belongs, and a switch that touches no role.
LONE = replace(
    SELDOM,
    grants=[
        Grant("clerk", ACTIONS[0], "own", "allow"),
        Grant("chief", ACTIONS[2], "subtree", "allow"),
        Grant("guest", ACTIONS[2], "own", "deny"),
    ],
    held=[("clerk", 1, None), ("chief", 1, None), ("guest", 2, None)],
    switches={0: True, 2: False, 3: True},
)
_CHAIN = {"guest": {"chief"}, "chief": {"clerk"}}


def in_words(world: World, action: str, node: int, owner: str | None) -> bool:
    """The rules as one would tell them, without paths, ranges or Casbin."""
    chain = world.above(node)
    settings = [world.switches[at] for at in chain if at in world.switches]
    if not action.startswith("core:") and not (settings and settings[0]):
        return False
    if world.listed is not None and action not in world.listed:
        return False
    if world.within is not None and world.within not in chain:
        return False
    effects = set()
    for grant in world.grants:
        for role, at, until in world.held:
            if (
                grant.action == action
                and grant.role in world.all_of(role)
                and (until is None or until > TODAY)
                and (at == node if grant.reach == "own" else at in chain)
                and (grant.reach != "self" or (world.member and owner == world.member))
            ):
                effects.add(grant.effect)
    return effects == {"allow"}


def asked_in_every_way(connection: Connection, world: World) -> list[int]:
    """How many rows each action may be done to."""
    answers = []
    principal, switches, policy = world.principal, world.switched, world.policy
    heirs = policy.rules.roles.heirs
    lines = [(g.role, *g.action.split(":"), g.reach, g.effect) for g in world.grants]
    stock = enforcer_of(MODEL, lines, heirs, casbin.Enforcer)
    _fill(connection, world)
    for action in ACTIONS:
        scope = policy.scope(principal, switches, action)
        ours: set[int] = set()
        for number, (node, owner) in enumerate(world.rows):
            path, owned = world.paths[node], owner or ""
            expected = in_words(world, action, node, owner)
            asked = (principal, switches, *action.split(":"), path, owned)
            assert stock.enforce(*asked) is expected
            assert policy.enforce(principal, switches, action, path, owned) is expected
            assert policy.may(principal, switches, action, path, owned) is expected
            assert scope.covers(path, owned) is expected
            if expected:
                ours.add(number)
        condition = scope.clause(rows.c.path, rows.c.owner, "row")
        values = scope.values("row")
        assert set(condition.compile().params) == set(values)
        found = connection.scalars(select(rows.c.id).where(condition), values)
        assert set(found) == ours
        answers.append(len(ours))
    return answers


def asked_without_owners(connection: Connection, world: World) -> None:
    _fill(connection, world)
    for action in ACTIONS:
        scope = world.policy.scope(world.principal, world.switched, action)
        condition = scope.clause(rows.c.path, None, "row")
        values = scope.values("row", owned=False)
        assert set(condition.compile().params) == set(values)
        found = set(connection.scalars(select(rows.c.id).where(condition), values))
        numbered = enumerate(world.rows)
        assert found == {n for n, (at, _) in numbered if in_words(world, action, at, None)}


def compared(world: World) -> None:
    every = [(path, owner) for path in world.paths for owner in (ME, OTHER, "")]
    # What lies below a boundary belongs to the scope too, though no such node exists yet.
    every += [(f"{path}never.", owner) for path, owner in every]
    scopes = [world.policy.scope(world.principal, world.switched, action) for action in ACTIONS]
    held = [{row for row in every if scope.covers(*row)} for scope in scopes]
    for one, rows_of_one in zip(scopes, held, strict=True):
        assert one.nothing == (not rows_of_one)
        assert one.everything == (len(rows_of_one) == len(every))
        for other, rows_of_other in zip(scopes, held, strict=True):
            assert one.contains(other) == (rows_of_one >= rows_of_other)
            assert one.same_rows_as(other) == (rows_of_one == rows_of_other)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_every_way_to_ask_gives_the_same_rows(connection: Connection, world: World) -> None:
    for found in asked_in_every_way(connection, world):
        event("nothing" if not found else "everything" if found == len(world.rows) else "some")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_rows_without_an_owner_column_belong_to_nobody(
    connection: Connection, world: World
) -> None:
    asked_without_owners(connection, world)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_a_scope_contains_another_when_its_rows_do(world: World) -> None:
    compared(world)


@pytest.mark.parametrize("world", [SELDOM, LESS, LONE], ids=["holes", "less", "lone"])
def test_what_is_seldom_drawn_is_answered_alike_too(connection: Connection, world: World) -> None:
    """Each branch of the code is asked for by an example: what chance reaches it may miss."""
    asked_in_every_way(connection, world)
    asked_without_owners(connection, world)
    compared(world)


def _fill(connection: Connection, world: World) -> None:
    connection.rollback()
    rows.create(connection, checkfirst=True)
    connection.execute(rows.delete())
    if world.rows:
        written = [
            {"id": number, "path": world.paths[node], "owner": owner and UUID(owner)}
            for number, (node, owner) in enumerate(world.rows)
        ]
        connection.execute(insert(rows), written)
