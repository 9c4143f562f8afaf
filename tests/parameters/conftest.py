"""A small institution, fresh for each test, on each database."""

from pathlib import Path
from uuid import UUID

import pytest

from zhibu.parameters import definitions
from zhibu.parameters.book import Book
from zhibu.plugins import Plugins
from zhibu.policy import Policy, default_folder
from zhibu.storage.encryption import Keyring
from zhibu.storage.homes import Homes
from zhibu.testing.register import Register, founded


@pytest.fixture
async def register(homes: Homes, tenant_id: UUID, tmp_path: Path) -> Register:
    return await founded(
        Register(
            homes=homes,
            tenant_id=tenant_id,
            policy=Policy.load(default_folder(), Plugins({})),
            keyring=Keyring.create(tmp_path / "keys"),
            book=Book(definitions.load({"core": definitions.CORE})),
        )
    )
