"""An institution that is full of rows, on each database."""

import pytest

from zhibu.testing.filled import Filled, filled
from zhibu.testing.house import House


@pytest.fixture
async def full(house: House) -> Filled:
    return await filled(house, "yunling")
