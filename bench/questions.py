"""What is asked, of whom, by whom: the same cases for every arm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.world import Size, Tenant, member_id

PAGE, UNITS = 50, 100


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request: who asks, and the row it is about; `session` is the asking officer's."""

    tenant: UUID
    session: str
    row: UUID


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with its cases, in the order in which they are asked again and again.

    `patience` is how many times longer than others it is driven: counting takes seconds.
    """

    name: str
    title: str
    cases: tuple[Case, ...]
    patience: int = 1


@dataclass(frozen=True, kw_only=True)
class Ask:
    """How an arm is asked one question: headers and body of a case, and its answer made plain.

    The plain answers of all arms are equal: ids as UUID, hours in hundredths, dates as text.
    """

    path: str
    headers: Callable[[Case], dict[str, str]]
    body: Callable[[Case], bytes]
    plain: Callable[[Any], Any]


def questions(tenants: Sequence[Tenant], size: Size) -> list[Question]:
    return [
        Question(name="member", title="member by id", cases=_members(tenants, size)),
        Question(
            name="page",
            title="page of 50 members in a subtree, with organization and hours",
            cases=_pages(tenants),
        ),
        Question(
            name="units",
            title="100 units with member counts over their subtrees",
            cases=_units(tenants),
        ),
        Question(
            name="dashboard",
            title="six figures of a whole institution",
            cases=_roots(tenants),
            patience=4,
        ),
    ]


def _members(tenants: Sequence[Tenant], size: Size) -> tuple[Case, ...]:
    """Twenty members all over each tenant, and twenty of its committee for its officer."""
    cases = []
    for tenant in tenants:
        branches = tenant.of_kind("branch")
        own = [n for n, unit in enumerate(branches) if unit.path.startswith(tenant.committee.path)]
        for turn in range(20):
            anyone = (turn * 7919 + 13) % size.members
            theirs = own[turn % len(own)] + len(branches) * (turn // len(own))
            for number, session in (
                (anyone, tenant.top_session),
                (theirs, tenant.committee_session),
            ):
                row = member_id(tenant.id, number)
                cases.append(Case(tenant=tenant.id, session=session, row=row))
    return tuple(cases)


def _pages(tenants: Sequence[Tenant]) -> tuple[Case, ...]:
    """Committees of each tenant, and the own one of its committee officer as often."""
    cases = []
    for tenant in tenants:
        committees = tenant.of_kind("party_committee")
        for turn in range(8):
            unit = committees[turn * 11 % len(committees)]
            cases.append(Case(tenant=tenant.id, session=tenant.top_session, row=unit.id))
            own = tenant.committee
            cases.append(Case(tenant=tenant.id, session=tenant.committee_session, row=own.id))
    return tuple(cases)


def _units(tenants: Sequence[Tenant]) -> tuple[Case, ...]:
    return tuple(
        Case(tenant=tenant.id, session=tenant.top_session, row=unit.id)
        for tenant in tenants
        for unit in tenant.of_kind("working_committee")
    )


def _roots(tenants: Sequence[Tenant]) -> tuple[Case, ...]:
    return tuple(
        Case(tenant=tenant.id, session=tenant.top_session, row=tenant.units[0].id)
        for tenant in tenants
    )
