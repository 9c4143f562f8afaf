"""Settings come from the environment over a file; what nobody knows is refused."""

from pathlib import Path

import pytest

from zhibu.settings import SECRETS, Database, SettingInvalid, Settings
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


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_stand_in_a_file_of_its_own_and_is_never_shown(
    tmp_path: Path, name: str
) -> None:
    file = tmp_path / "secret"
    file.write_text("postgresql://app:清风@host/zhibu\n", "utf-8")
    settings = Settings.load({f"ZHIBU_{name.upper()}_FILE": str(file)})
    assert getattr(settings, name) == "postgresql://app:清风@host/zhibu"
    assert settings.sources == (file,)
    assert "清风" not in repr(settings)
    with pytest.raises(SettingInvalid):
        Settings.load({f"ZHIBU_{name.upper()}_FILE": str(tmp_path / "none")})
    with pytest.raises(SettingInvalid):  # which of the two was meant?
        Settings.load({f"ZHIBU_{name.upper()}_FILE": str(file), f"ZHIBU_{name.upper()}": "明月"})


def test_the_urls_of_homes_may_stand_in_files_too(tmp_path: Path) -> None:
    secret, file = tmp_path / "secret", tmp_path / "zhibu.toml"
    secret.write_text("postgresql://app:清风@host/zhibu")
    file.write_text(f'[homes.beijing]\napp_file = "{secret}"\nowner = "postgresql://o"\n')
    settings = Settings.load({}, file)
    assert settings.homes["beijing"].app == "postgresql://app:清风@host/zhibu"
    assert settings.sources == (file, secret)
    assert "清风" not in repr(settings)
