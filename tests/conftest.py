"""What every test may ask for; most fixtures come with the core (`zhibu.testing.fixtures`)."""

import pytest

from zhibu.errors import PluginError
from zhibu.plugins import Plugins, discover


@pytest.fixture(scope="session")
def installed_plugins() -> Plugins:
    """Every installed plugin; the core alone while a plugin's own package is not there yet."""
    try:
        return discover()
    except PluginError:
        return Plugins({})
