"""Settings come from the environment over a file; what nobody knows is refused."""

from pathlib import Path

import pytest

from zhibu.settings import Database, SettingInvalid, Settings
from zhibu.storage.homes import Homes


@pytest.mark.parametrize(
    "env",
    [
        {"ZHIBU_PORTT": "1"},
        {"ZHIBU_PORT": "many"},
        {"ZHIBU_PREPARE": "perhaps"},
        {"ZHIBU_SETTINGS": "/nowhere/zhibu.toml"},
    ],
)
def test_what_cannot_be_read_is_refused(env: dict[str, str]) -> None:
    with pytest.raises(SettingInvalid):
        Settings.load(env)


@pytest.mark.parametrize(
    "text", ["port = ", "unknown = 1", "[homes.x]\napp = 'postgresql://secret'\n"]
)
def test_a_file_that_cannot_be_read_is_refused_without_telling_secrets(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "zhibu.toml"
    file.write_text(text)
    with pytest.raises(SettingInvalid) as caught:
        Settings.load({}, file)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("database", "owner"),
    [("mysql://x", "mysql://x"), ("postgresql://app@host/db", None), ("", None)],
)
def test_a_database_that_is_neither_is_refused(database: str, owner: str | None) -> None:
    with pytest.raises(SettingInvalid):
        Homes(Settings(database=database, owner_database=owner))


def test_without_anything_said_it_is_sqlite_on_loopback() -> None:
    settings = Settings.load({})
    assert (settings.database, settings.host, settings.port) == ("sqlite", "127.0.0.1", 8321)
    assert settings.keys == Path("var/data/keys.json")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "zhibu.toml"
    file.write_text(
        'port = 1\nwait = 2\nplugins = ["education"]\n'
        '[homes.beijing]\napp = "postgresql://a"\nowner = "postgresql://o"\n'
    )
    env = {"ZHIBU_SETTINGS": str(file), "ZHIBU_PORT": "2", "ZHIBU_PREPARE": "no", "PATH": "x"}
    settings = Settings.load(env)
    assert (settings.port, settings.wait, settings.prepare) == (2, 2.0, False)
    assert settings.plugins == ("education",)
    assert settings.homes == {"beijing": Database(app="postgresql://a", owner="postgresql://o")}
    assert Settings.load({"ZHIBU_PLUGINS": "education, scoring"}).plugins == (
        "education",
        "scoring",
    )
