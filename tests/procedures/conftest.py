"""A branch that decides things."""

import pytest

from zhibu.testing.branch import Branch, peopled
from zhibu.testing.house import Institution


@pytest.fixture
async def branch(institution: Institution) -> Branch:
    """Five full members, four of them with accounts."""
    return await peopled(institution, 5, 4)
