"""What the policy answers, by example; the property test says that all its answers agree."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, Uuid, delete, insert, select

from zhibu.core_actions import MEMBER_CREATE, MEMBER_READ, ORGANIZATION_READ, TENANT_READ
from zhibu.policy import Assignment, Policy, Principal, RolesExclusive, Scope, Switches
from zhibu.policy.paths import ROOT, PathSet
from zhibu.policy.rules import Grant, Roles, Rules
from zhibu.storage.tables import PathText

TODAY = date(2026, 6, 1)
ME, OTHER = UUID(int=1).hex, UUID(int=2).hex
OFF = Switches({})

rows = Table(
    "policy_examples",
    MetaData(),
    Column("path", PathText),
    Column("owner", Uuid),
    prefixes=["TEMPORARY"],
)


def somebody(*held: Assignment, member: str = ME, **cut: object) -> Principal:
    return Principal("a" * 32, member, held, TODAY, **cut)  # type: ignore[arg-type]


def fill(connection: Connection, *paths: str) -> None:
    """Let there be rows at these paths, and nowhere else."""
    rows.create(connection, checkfirst=True)
    connection.execute(delete(rows))
    connection.execute(insert(rows), [{"path": path} for path in paths])


def of_plugin(shipped: Policy, *grants: Grant) -> Policy:
    roles = Roles(("clerk",), {"clerk": frozenset({"clerk"})}, ())
    return Policy(Rules(shipped.rules.model, roles, {}, grants))


def test_a_role_reaches_its_subtree_and_not_the_neighbour_that_begins_alike(
    shipped: Policy,
) -> None:
    officer = somebody(Assignment("committee_officer", "1.1."))
    assert shipped.may(officer, OFF, MEMBER_READ, "1.1.7.")
    for elsewhere in ("1.", "1.11.", "1.1a.", "1.a1."):
        assert not shipped.may(officer, OFF, MEMBER_READ, elsewhere)


def test_a_role_gives_nothing_from_the_day_it_ends(shipped: Policy) -> None:
    ends_today = somebody(Assignment("committee_officer", "1.1.", until=TODAY))
    ends_tomorrow = somebody(
        Assignment("committee_officer", "1.1.", until=date(2026, 6, 2)),
        Assignment("member", "1.1.", until=date(2026, 7, 1)),
        Assignment("recorder", "1.1.", until=date(2026, 5, 1)),
    )
    assert not shipped.may(ends_today, OFF, MEMBER_READ, "1.1.")
    assert shipped.may(ends_tomorrow, OFF, MEMBER_READ, "1.1.")
    assert (ends_today.expires, ends_tomorrow.expires) == (None, date(2026, 6, 2))


def test_a_member_reads_the_own_record_and_an_account_of_nobody_none(shipped: Policy) -> None:
    member = somebody(Assignment("member", "1.1."))
    nobody = somebody(Assignment("member", "1.1."), member="")
    assert shipped.may(member, OFF, MEMBER_READ, "1.1.", ME)
    assert not shipped.may(member, OFF, MEMBER_READ, "1.1.", OTHER)
    assert not shipped.may(member, OFF, MEMBER_READ, "1.2.", ME)
    assert not shipped.may(nobody, OFF, MEMBER_READ, "1.1.", "")


def test_an_unknown_action_and_an_unknown_role_give_nothing(shipped: Policy) -> None:
    stranger = somebody(Assignment("emperor", "1."))
    assert not shipped.may(stranger, OFF, MEMBER_READ, "1.")
    officer = somebody(Assignment("committee_officer", "1."))
    assert not shipped.may(officer, OFF, "core:member:erase", "1.")
    assert not shipped.enforce(officer, OFF, "core:member:erase", "1.")
    assert shipped.scope(officer, OFF, "core:member:erase").nothing


def test_a_token_reaches_no_further_than_its_actions_and_its_subtree(shipped: Policy) -> None:
    held = Assignment("committee_officer", "1.1.")
    token = somebody(held, actions=frozenset({"core:member:read"}), within="1.1.4.")
    for ask in (shipped.may, shipped.enforce):
        assert ask(token, OFF, MEMBER_READ, "1.1.4.")
        assert not ask(token, OFF, MEMBER_READ, "1.1.5.")
        assert not ask(token, OFF, MEMBER_CREATE, "1.1.4.")
    above = somebody(held, within="1.")
    assert not shipped.may(above, OFF, MEMBER_READ, "1.2.")
    assert shipped.scope(token, OFF, MEMBER_READ).values("p") == {"p_0": "1.1.4.", "p_1": "1.1.4/"}


@pytest.mark.parametrize("path", ["", "1", ".", "1..", "1.A.", "1.~.", "1.á.", "1.1.\n"])
def test_what_is_no_path_holds_no_role(path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        Assignment("member", path)
    with pytest.raises(ValueError, match="not a path"):
        somebody(within=path)
    with pytest.raises(ValueError, match="not a path"):
        Switches({"dues": {path: True}})


def test_a_switch_is_that_of_the_nearest_organization_above() -> None:
    switches = Switches({"dues": {"1.": True, "1.2.": False, "1.2.3.": True}, "scoring": {}})
    on = ("1.", "1.1.", "1.2.3.", "1.2.3.4.")
    off = ("1.2.", "1.2.4.", "1.2.33.")
    assert all(switches.enabled("dues", path) for path in on)
    assert not any(switches.enabled("dues", path) for path in off)
    assert not switches.enabled("scoring", "1.")
    assert not switches.same_as(Switches({"dues": {"1.": True}}))
    assert OFF.same_as(Switches({}))
    assert switches.enabled("core", "1.2.")
    assert switches.anywhere("dues")
    assert switches.anywhere("core")
    assert not switches.anywhere("scoring")
    assert not Switches({"dues": {"1.": False}}).anywhere("dues")


def test_what_was_decided_for_one_is_never_the_answer_for_another(shipped: Policy) -> None:
    dues = of_plugin(shipped, Grant("clerk", "dues:bill:read", "subtree", "allow"))
    never = of_plugin(shipped, Grant("clerk", "dues:bill:read", "subtree", "deny"))
    clerk, guest = somebody(Assignment("clerk", "1.")), somebody(Assignment("guest", "1."))
    on, off = Switches({"dues": {"1.": True}}), Switches({"dues": {"1.": False}})
    asked = [
        (policy, who, switches)
        for _ in range(2)
        for policy in (dues, never)
        for who in (clerk, guest)
        for switches in (on, off)
    ]
    allowed = [ask for ask in asked if ask[0].may(*ask[1:], "dues:bill:read", "1.5.")]
    assert allowed == [(dues, clerk, on)] * 2
    assert dues.may(clerk, on, "dues:bill:read", "1.5.")
    assert not dues.may(clerk, Switches({}), "dues:bill:read", "1.5.")


def test_a_principal_remembers_a_bounded_number_of_scopes(shipped: Policy) -> None:
    officer = somebody(Assignment("committee_officer", "1."))
    for _ in range(600):
        assert shipped.may(officer, Switches({}), MEMBER_READ, "1.")
    assert len(officer.scopes) <= 512


def test_who_may_everywhere_is_asked_for_no_path(shipped: Policy) -> None:
    officer = somebody(Assignment("municipal_organization_officer", "1."))
    scope = shipped.scope(officer, OFF, ORGANIZATION_READ)
    assert scope.everything
    assert str(scope.clause(rows.c.path, rows.c.owner, "p")) == "true"
    assert scope.values("p") == {}


def test_scopes_of_one_shape_share_a_statement(shipped: Policy) -> None:
    one = shipped.scope(somebody(Assignment("committee_officer", "1.4.")), OFF, MEMBER_READ)
    two = shipped.scope(somebody(Assignment("district_organization_officer", "1.5.")), OFF, "x:y:z")
    three = shipped.scope(
        somebody(Assignment("working_committee_officer", "1.6.1."), member=OTHER), OFF, TENANT_READ
    )
    own = shipped.scope(somebody(Assignment("member", "1.4.")), OFF, MEMBER_READ)
    assert one.shape == three.shape
    assert len({one.shape, two.shape, own.shape}) == 3
    statements = {str(s.clause(rows.c.path, rows.c.owner, "p")) for s in (one, three)}
    assert len(statements) == 1
    assert "1.4" not in statements.pop()


def test_one_account_may_not_hold_two_of_the_administrators_roles(shipped: Policy) -> None:
    shipped.refuse_exclusive(["system_administrator", "branch_secretary", "system_administrator"])
    with pytest.raises(RolesExclusive) as refused:
        shipped.refuse_exclusive(["audit_administrator", "member", "security_administrator"])
    assert refused.value.facts["roles"] == ["audit_administrator", "security_administrator"]


def test_a_range_of_paths_is_one_of_bytes_whatever_language_the_database_speaks(
    connection: Connection, shipped: Policy
) -> None:
    beside = ["1.1A.x.", "1.1á.5.", "1.1-a.", "1.11a.", "1.1b."]
    inside = ["1.1a.", "1.1a.x.", "1.1a.zz.9."]
    fill(connection, *beside, *inside)
    scope = shipped.scope(somebody(Assignment("committee_officer", "1.1a.")), OFF, MEMBER_READ)
    condition = scope.bound(rows.c.path, rows.c.owner)
    assert set(connection.scalars(select(rows.c.path).where(condition))) == set(inside)


def test_all_below_the_top_is_not_the_top(connection: Connection) -> None:
    fill(connection, ROOT, "1.1.", "1.2.3.")
    below = PathSet({ROOT: (False, True)})
    condition = Scope(below, below, "").bound(rows.c.path, rows.c.owner)
    assert set(connection.scalars(select(rows.c.path).where(condition))) == {"1.1.", "1.2.3."}


def test_a_scope_of_somebody_else_is_compared_by_every_row(shipped: Policy) -> None:
    held = Assignment("member", "1.1.")
    mine: Scope = shipped.scope(somebody(held), OFF, MEMBER_READ)
    theirs = shipped.scope(somebody(held, member=OTHER), OFF, MEMBER_READ)
    assert not mine.contains(theirs)
    everyone = shipped.scope(somebody(Assignment("recorder", "1.")), OFF, MEMBER_READ)
    assert everyone.contains(theirs)
    assert not theirs.contains(everyone)


def test_sets_of_the_same_paths_are_one() -> None:
    one, same = (PathSet({"1.": (True, True), "1.2.": (own, own)}) for own in (True, True))
    other = PathSet({"1.": (True, True), "1.2.": (False, False)})
    assert len({one, same, other}) == 2
