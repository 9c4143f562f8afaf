"""An institution in which things fall due."""

import pytest

from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import Institution


@pytest.fixture
def deadlines(institution: Institution) -> Deadlines:
    return Deadlines(at=institution)
