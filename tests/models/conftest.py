"""A world to walk in, on each database."""

import asyncio

import pytest
from tests.models.walking import World

from zhibu.testing.house import Institution


@pytest.fixture
async def world(institution: Institution) -> World:
    return World(institution=institution, loop=asyncio.get_running_loop())
