"""The fixtures that every test may ask for come with the core: `zhibu.testing.fixtures`."""

import pytest
from _pytest.nodeid import coerce_node_id
from hypothesis import HealthCheck, settings

# The first input of a process waits until all our modules were looked through for constants.
settings.register_profile(
    "zhibu",
    settings.get_profile(settings.get_current_profile_name()),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("zhibu")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of one `xdist_group` in one process.

    pytest-xdist 3.8 writes the group where pytest 9.2 looks no more: by itself it spreads them.
    """
    for item in items if config.getoption("loadgroup", False) else ():
        names = sorted({mark.args[0] for mark in item.iter_markers("xdist_group")})
        if names and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = coerce_node_id(f"{item.nodeid}@{'_'.join(names)}")
