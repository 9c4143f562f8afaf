"""A worker beside the product, which knows the works of the tests."""

import pytest

from zhibu.jobs.running import Runner
from zhibu.testing.house import Institution
from zhibu.testing.works import WORKS


@pytest.fixture
def runner(institution: Institution) -> Runner:
    return Runner(institution.house.platform, WORKS)
