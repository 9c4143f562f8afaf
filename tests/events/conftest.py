"""A small institution, and a tenant whose ledger holds a few entries."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from zhibu.act import Event
from zhibu.events import ledger
from zhibu.events.entries import Origin
from zhibu.identifiers import new_id
from zhibu.storage.homes import Homes
from zhibu.testing.register import Register, empty, founded

ACCOUNT = new_id()
ORIGIN = Origin(
    at=datetime(2026, 6, 15, 4, 0, 1, 250, tzinfo=UTC),
    request_id="test",
    by="李某",
    via="session",
    account_id=ACCOUNT,
    address="192.0.2.7",
)
Write = Callable[..., Awaitable[None]]


@pytest.fixture
def write(homes: Homes, tenant_id: UUID) -> Write:
    """Write events of these names in one transaction."""

    async def written(*events: Event | str) -> None:
        async with homes.home(tenant_id).act(tenant_id) as session:
            made = [happened(each) if isinstance(each, str) else each for each in events]
            await ledger.write(session, tenant_id, ORIGIN, made)

    return written


def happened(name: str, path: str = "1.") -> Event:
    return Event(
        name=name,
        subject=("Member", new_id()),
        path=path,
        member_id=new_id(),
        facts={"name": "张某", "hours": 3, "reason": "补录"},
    )


@pytest.fixture
async def register(homes: Homes, tenant_id: UUID, tmp_path: Path) -> Register:
    return await founded(empty(homes, tenant_id, tmp_path))
