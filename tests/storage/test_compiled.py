"""A statement is compiled once for a process, not once for each institution's file."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ClauseElement, func, literal, select

from zhibu.identifiers import new_id
from zhibu.organizations.tables import Organization
from zhibu.storage.homes import Homes


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The statements that SQLAlchemy compiled."""
    found: list[Any] = []
    once = ClauseElement._compiler

    def noted(self: ClauseElement, dialect: Any, **given: Any) -> Any:
        found.append(self)
        return once(self, dialect, **given)

    monkeypatch.setattr(ClauseElement, "_compiler", noted)
    return found


async def test_what_was_compiled_for_one_institution_serves_the_next(
    homes: Homes, tenant_id: UUID, compiled: list[Any]
) -> None:
    other = new_id()
    await homes.home(other).create(other)
    label = f"only_here_{other.hex}"
    for tenant in (tenant_id, other):
        asked = select(func.count().label(label)).where(Organization.tenant_id == tenant)
        async with homes.home(tenant).view(tenant) as session:
            assert await session.scalar(asked) == 0
    assert len([each for each in compiled if label in str(each.selected_columns.keys())]) == 1


async def test_what_was_compiled_is_given_the_values_of_each(
    homes: Homes, tenant_id: UUID, compiled: list[Any]
) -> None:
    label = f"value_{tenant_id.hex}"
    async with homes.home(tenant_id).view(tenant_id) as session:
        for number in (1, 2):
            assert await session.scalar(select(literal(number).label(label))) == number
    assert len(compiled) == 1
