"""Every fault is really found: a sound plugin is broken in one way, and the contract says so."""

from pathlib import Path

import pytest
import yaml

from zhibu.testing.judging import Generated, judged

pytestmark = pytest.mark.xdist_group("contract")

BREACHES = yaml.safe_load(Path(__file__).with_name("breaches.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the contract says of each broken plugin, and of one that nobody broke."""
    folder = tmp_path_factory.mktemp("broken")
    plugins = {"nothing": Generated.at(folder / "nothing")}
    for number, given in enumerate(BREACHES):
        plugin = plugins[given["breach"]] = Generated.at(folder / str(number))
        plugin.edit(given["file"], given.get("old", ""), given.get("add") or given["new"])
        for file, added in given.get("also", {}).items():
            plugin.edit(file, "", added)
    for plugin in plugins.values():
        plugin.register()
    aside = {b["breach"] for b in BREACHES if not b["file"].startswith(("migrations/", "tables"))}
    return judged(plugins, unmigrated=aside)


def test_a_plugin_that_nobody_broke_keeps_the_contract(found: dict[str, list[str]]) -> None:
    assert found["nothing"] == []


@pytest.mark.parametrize("given", BREACHES, ids=lambda given: given["breach"])
def test_a_breach_is_found(found: dict[str, list[str]], given: dict[str, str]) -> None:
    faults = found[given["breach"]]
    assert any(given["said"] in fault for fault in faults), faults
