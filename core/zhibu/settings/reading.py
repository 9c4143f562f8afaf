"""Reading a setting: from the file, from a file of its own, from a word of the environment."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhibu.accounts.providers.configured import Provider, provider_of
from zhibu.settings.values import FILE, SECRETS, URLS, Database, SettingInvalid


def from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingInvalid(setting=FILE, value=str(path), fault=str(error)) from error


def from_own_file(given: dict[str, Any], name: str, sources: list[Path]) -> None:
    """Read a setting from the file that `<name>_file` says, if it does."""
    if (named := given.pop(f"{name}_file", None)) is not None:
        if name in given:
            raise SettingInvalid(setting=f"{name}_file", value=str(named), fault=f"and {name}")
        given[name] = _content(f"{name}_file", Path(str(named)))
        sources.append(Path(str(named)))


def _content(setting: str, file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingInvalid(setting=setting, value=str(file), fault=str(error)) from error


def value(name: str, type_: str, given: Any) -> Any:
    try:
        return _READ[type_](given)
    except (KeyError, TypeError, ValueError) as error:
        # Never the value of a setting that may hold a password.
        secret = name in SECRETS or "database" in name or "password" in name or name == "homes"
        shown = "…" if secret else str(given)
        raise SettingInvalid(setting=name, value=shown, fault=f"expected {type_}") from error


def _names(given: Any) -> tuple[str, ...]:
    listed = given.split(",") if isinstance(given, str) else list(given)
    return tuple(str(name).strip() for name in listed if str(name).strip())


def _boolean(given: Any) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    return words[str(given).lower()]


def _homes(given: Any) -> dict[str, Database]:
    return {str(name): Database(**_urls(str(name), urls)) for name, urls in given.items()}


def _urls(home: str, given: Mapping[str, Any]) -> dict[str, str]:
    found = dict(given)
    for name in URLS:
        if (file := found.pop(f"{name}_file", None)) is not None:
            found[name] = _content(f"homes.{home}.{name}_file", Path(str(file)))
    return found


def _providers(given: Any) -> dict[str, Provider]:
    found = {}
    for name, said in given.items():
        try:
            found[str(name)] = provider_of(str(name), said)
        except (OSError, TypeError, ValueError) as error:
            setting = f"providers.{name}"
            raise SettingInvalid(setting=setting, value="…", fault=str(error)) from error
    return found


_READ: dict[str, Any] = {
    str(Path): Path,
    str(Path | None): Path,
    str(str): str,
    str(str | None): str,
    str(int): int,
    str(float): float,
    str(bool): _boolean,
    str(tuple[str, ...]): _names,
    str(tuple[str, ...] | None): _names,
    str(tuple[Path, ...]): lambda given: tuple(map(Path, _names(given))),
    str(Mapping[str, Database]): _homes,
    str(Mapping[str, Provider]): _providers,
}
