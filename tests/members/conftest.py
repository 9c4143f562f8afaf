"""A small institution, fresh for each test, on each database."""

from pathlib import Path
from uuid import UUID

import pytest

from zhibu.storage.homes import Homes
from zhibu.testing.register import Register, empty, founded


@pytest.fixture
async def register(homes: Homes, tenant_id: UUID, tmp_path: Path) -> Register:
    return await founded(empty(homes, tenant_id, tmp_path))
