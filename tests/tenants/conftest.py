"""Two institutions, each with a tree, people and its three administrators."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from zhibu.storage.homes import Homes
from zhibu.testing.institutions import Institution, institution
from zhibu.testing.stages import Stage, stage


@pytest.fixture
async def edge(homes: Homes, tmp_path: Path) -> AsyncIterator[Stage]:
    found = stage(homes, tmp_path)
    yield found
    await found.credentials.settle()
    found.passwords.close()


@pytest.fixture
async def yunling(edge: Stage) -> Institution:
    return await institution(edge, "yunling", "云岭")


@pytest.fixture
async def haibin(edge: Stage) -> Institution:
    return await institution(edge, "haibin", "海滨")
