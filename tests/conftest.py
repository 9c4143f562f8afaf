"""The fixtures that every test may ask for come with the core: `zhibu.testing.fixtures`."""

import pytest
from _pytest.nodeid import coerce_node_id


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of one `xdist_group` in one process.

    pytest-xdist 3.8 writes the group where pytest 9.2 looks no more: by itself it spreads them.
    """
    for item in items if config.getoption("loadgroup", False) else ():
        names = sorted({mark.args[0] for mark in item.iter_markers("xdist_group")})
        if names and "@" not in item.nodeid.rpartition("]")[2]:
            item._id = coerce_node_id(f"{item.nodeid}@{'_'.join(names)}")
