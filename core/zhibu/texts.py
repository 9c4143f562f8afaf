"""Texts people read, by language and by the name of what they say: errors, events, actions."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from zhibu import documents
from zhibu.errors import PluginError, ZhibuError

CORE = Path(__file__).parent / "locale"
LANGUAGES = ("zh-CN", "en")
SHANGHAI = ZoneInfo("Asia/Shanghai")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNKNOWN = "…"


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
        for language in (locale, LANGUAGES[0]):
            text = self._sections.get(language, {}).get(section, {}).get(key)
            if text is not None:
                return text
        return key

    def error(self, error: ZhibuError, locale: str, zone: ZoneInfo = SHANGHAI) -> str:
        """What happened, why, and what to do next, with the error's facts filled in."""
        return filled(self.of("errors", error.code, locale), error.facts, locale, zone)

    def sentence(
        self, event: str, facts: Mapping[str, Any], locale: str, zone: ZoneInfo = SHANGHAI
    ) -> str:
        """An event as a line of a timeline."""
        return filled(self.of("events", event, locale), facts, locale, zone)

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

        Of an error, also each placeholder that its docstring does not name among its facts.
        `sections` are further keys to look for: `events=[…]`, `actions=[…]`.
        """
        found = []
        for language in languages:
            own = self._sections.get(language, {})
            for kind in errors:
                text = own.get("errors", {}).get(kind.code)
                if text is None:
                    found.append(f"{language} errors {kind.code}")
                    continue
                stray = set(_PLACEHOLDER.findall(text)) - facts_named(kind)
                found += [f"{language} errors {kind.code} {{{name}}}" for name in sorted(stray)]
            for section, keys in sections.items():
                lacking = (key for key in keys if key not in own.get(section, {}))
                found += [f"{language} {section} {key}" for key in lacking]
        return found


def facts_named(kind: type[ZhibuError]) -> set[str]:
    """The facts an error's docstring promises: the names in backticks after "Facts:"."""
    _, _, promised = (kind.__doc__ or "").partition("Facts:")
    return set(re.findall(r"`(\w+)`", promised))


def filled(text: str, facts: Mapping[str, Any], locale: str, zone: ZoneInfo = SHANGHAI) -> str:
    """The text with its placeholders replaced; what is not known is shown as an ellipsis."""
    return _PLACEHOLDER.sub(
        lambda found: shown(facts.get(found[1]), locale, zone) or _UNKNOWN, text
    )


def shown(value: Any, locale: str, zone: ZoneInfo = SHANGHAI) -> str:
    """A value as people of that language write it; moments in the zone, decimals without tails."""
    chinese = locale != "en"
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if chinese else ("yes" if value else "no")
        case datetime():
            local = value.astimezone(zone)
            return f"{shown(local.date(), locale)} {local:%H:%M}"
        case date():
            if chinese:
                return f"{value.year}年{value.month}月{value.day}日"
            return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
        case Decimal():
            return f"{value.normalize():f}"
        case str():
            return _dated(value, locale)
        case list() | tuple() | set() | frozenset():
            return ("、" if chinese else ", ").join(shown(each, locale, zone) for each in value)
        case _:
            return str(value)


def _dated(text: str, locale: str) -> str:
    """A date among facts that went through JSON, written as a date; any other text as it is."""
    try:
        return shown(date.fromisoformat(text), locale) if _ISO_DATE.fullmatch(text) else text
    except ValueError:
        return text


# Not `%B`, which speaks the language of the machine.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


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
