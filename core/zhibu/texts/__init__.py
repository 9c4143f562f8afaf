"""Texts people read, by language and by the name of what they say: errors, events, actions.

A text has places for facts: `{on}` is filled with the fact `on`, `{level:honours.level}` with what
the fact `level` is called, the label `honours.level.<level>`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from zhibu import documents
from zhibu.errors import PluginError, ZhibuError
from zhibu.texts.values import SHANGHAI, shown

__all__ = ["CORE", "LANGUAGES", "SHANGHAI", "Texts", "facts_named", "shown"]

CORE = Path(__file__).parents[1] / "locale"
LANGUAGES = ("zh-CN", "en")

_PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
_UNKNOWN = "…"
_MANY = (list, tuple, set, frozenset)


class Texts:
    """Texts by language, section (`errors`, `events`, `actions`, `roles`, …) and key. Immutable."""

    def __init__(self, sections: Mapping[str, Mapping[str, Mapping[str, str]]]) -> None:
        self._sections = sections

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """Read `<language>.yaml` and every `<language>/*.yaml` of each folder.

        Raises `PluginError` naming every file that cannot be read and every text given twice.
        """
        sections: dict[str, dict[str, dict[str, str]]] = {}
        faults: list[str] = []
        for language in LANGUAGES:
            own = sections.setdefault(language, {})
            for folder in folders:
                whole = folder / f"{language}.yaml"
                for file in [*([whole] if whole.exists() else []), *_parts(folder / language)]:
                    faults += _merge(own, file)
        if faults:
            raise PluginError(fault="; ".join(faults))
        return cls(sections)

    def of(self, section: str, key: str, locale: str) -> str:
        """The text, else the Chinese one, else the key itself: nobody is shown nothing."""
        text = self._find(section, key, locale)
        return key if text is None else text

    def section(self, section: str, language: str) -> Mapping[str, str]:
        """Every text of a section in one language, by key."""
        return self._sections.get(language, {}).get(section, {})

    def label(self, group: str, value: Any, locale: str) -> str:
        """What a value of a closed list is called: the label `group.value`, else the value."""
        word = value.value if isinstance(value, Enum) else value
        text = self._find("labels", f"{group}.{word}", locale)
        return str(word) if text is None else text

    def filled(
        self,
        section: str,
        key: str,
        facts: Mapping[str, Any],
        locale: str,
        zone: ZoneInfo = SHANGHAI,
    ) -> str:
        """The text with its facts in their places; what is not known is shown as an ellipsis."""

        def fact(found: re.Match[str]) -> str:
            value, group = facts.get(found[1]), found[2]
            if group is not None and value is not None:
                many = value if isinstance(value, _MANY) else [value]
                value = [self.label(group, each, locale) for each in many]
            return shown(value, locale, zone) or _UNKNOWN

        return _PLACEHOLDER.sub(fact, self.of(section, key, locale))

    def error(self, error: ZhibuError, locale: str, zone: ZoneInfo = SHANGHAI) -> str:
        """What happened, why, and what to do next, with the error's facts filled in."""
        return self.filled("errors", error.code, error.facts, locale, zone)

    def sentence(
        self, event: str, facts: Mapping[str, Any], locale: str, zone: ZoneInfo = SHANGHAI
    ) -> str:
        """An event as a line of a timeline."""
        return self.filled("events", event, facts, locale, zone)

    def negotiate(self, accept: str | None, default: str = LANGUAGES[0]) -> str:
        """The best of our languages for an `Accept-Language` header."""
        wishes = []
        for position, wish in enumerate((accept or "").split(",")):
            tag, _, quality = wish.partition(";")
            weight = _weight(quality)
            if weight > 0:
                wishes.append((-weight, position, tag.strip().lower()))
        for _, _, tag in sorted(wishes):
            primary = tag.partition("-")[0]
            found = next((own for own in LANGUAGES if own.partition("-")[0] == primary), None)
            if found:
                return found
        return default

    def missing(
        self,
        errors: Iterable[type[ZhibuError]] = (),
        languages: Sequence[str] = LANGUAGES,
        **sections: Collection[str],
    ) -> list[str]:
        """Every text that ought to exist and does not, as "language section key".

        Of an error, also each place `{fact}` that its docstring does not promise; of every text,
        each place `{fact:group}` whose group has no label in that language. `sections` are further
        keys to look for: `events=[…]`, `actions=[…]`.
        """
        found = []
        kinds = {kind.code: kind for kind in errors}
        for language in languages:
            own = self._sections.get(language, {})
            groups = {group for label in own.get("labels", {}) for group in _groups(label)}
            for section, keys in {"errors": kinds, **sections}.items():
                for key in keys:
                    text = own.get(section, {}).get(key)
                    if text is None:
                        found.append(f"{language} {section} {key}")
                        continue
                    places = set(_PLACEHOLDER.findall(text))
                    wrong = {f"{{{fact}:{of}}}" for fact, of in places if of and of not in groups}
                    if section == "errors":
                        promised = facts_named(kinds[key])
                        wrong |= {f"{{{fact}}}" for fact, _ in places if fact not in promised}
                    found += [f"{language} {section} {key} {place}" for place in sorted(wrong)]
        return found

    def _find(self, section: str, key: str, locale: str) -> str | None:
        """The text, else the Chinese one."""
        for language in (locale, LANGUAGES[0]):
            text = self._sections.get(language, {}).get(section, {}).get(key)
            if text is not None:
                return text
        return None


def facts_named(kind: type[ZhibuError]) -> set[str]:
    """The facts an error's docstring promises: the names in backticks after "Facts:"."""
    _, _, promised = (kind.__doc__ or "").partition("Facts:")
    return set(re.findall(r"`(\w+)`", promised))


def _groups(label: str) -> Iterator[str]:
    """Every group that a label may be meant by: its values may have dots of their own."""
    while "." in label:
        label = label.rpartition(".")[0]
        yield label


def _weight(quality: str) -> float:
    name, _, given = quality.strip().partition("=")
    try:
        return float(given) if name == "q" else 1.0
    except ValueError:
        return 0.0


def _parts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def _merge(own: dict[str, dict[str, str]], file: Path) -> list[str]:
    """Take in one file; what is wrong with it, as sentences."""
    try:
        given = documents.loads(file.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError, documents.Fault) as error:
        return [f"{file}: {error}"]
    faults = []
    for section, texts in given.items():
        known = own.setdefault(section, {})
        for key, text in (texts or {}).items():
            if known.setdefault(str(key), str(text)) != str(text):
                faults.append(f"{file}: {section} {key} is given twice")
    return faults
