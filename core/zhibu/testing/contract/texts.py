"""Whether everything a person may be shown has a text, in Chinese and in English."""

import re
from collections.abc import Iterator

import yaml

from zhibu.errors import PluginError
from zhibu.parameters.units import UNITS
from zhibu.plugins import Plugins
from zhibu.testing.contract import labels
from zhibu.testing.contract.names import errors, spoken
from zhibu.testing.contract.subject import Subject
from zhibu.texts import CORE, LANGUAGES, Texts

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    folders = {name: found.folder for name, found in plugins.locales().items()}
    try:
        texts = Texts.load([CORE, *folders.values()])
    except PluginError as error:
        yield f"locale: {error.facts['fault']}"
        return
    own = errors(subject)
    codes = {error.code for error in own}
    actions = [a.name for a in plugins.actions() if a.plugin == subject.name]
    events = sorted(spoken(subject, ("service", "public")) - codes - _others(subject, plugins))
    said_in_sheets = sorted(spoken(subject, ("sheets",)) - codes - _others(subject, plugins))
    missing = texts.missing(own, actions=actions, events=events)
    for each in missing:
        language, section, key, *placeholder = each.split(" ")
        if placeholder and ":" in placeholder[0]:
            yield f"the {language} text of {key} uses {placeholder[0]}, which labels: do not know"
        elif placeholder:
            yield f"the {language} text of {key} uses {placeholder[0]}, which no docstring promises"
        else:
            yield f"{section}: {key} has no {language} text"
    for code in said_in_sheets:
        for language in LANGUAGES:
            if code not in texts.section("errors", language):
                yield f"errors: {code} has no {language} text"
    for work in plugins.works().get(subject.name, []):
        for language in LANGUAGES:
            if work.kind not in texts.section("outcomes", language):
                yield f"outcomes: {work.kind} has no {language} text"
    yield from _wrong_language(subject, texts)
    yield from labels.faults(subject, plugins, texts)
    yield from (
        f"the action {a.name} has no English summary"
        for a in plugins.actions()
        if a.plugin == subject.name and not a.summary.endswith(".")
    )


def _others(subject: Subject, plugins: Plugins) -> set[str]:
    """What is written like an event and is none: figures, due items, work, procedures, numbers."""
    figures = {figure.name for figure in plugins.figures().get(subject.name, [])}
    dues = {due.name for due in plugins.due().get(subject.name, [])}
    works = {work.kind for work in plugins.works().get(subject.name, [])}
    schedules = {each.name for each in plugins.schedules().get(subject.name, [])}
    given = plugins.parameters().get(subject.name), plugins.procedures().get(subject.name)
    parameters: set[str] = set()
    for part in given:
        for file in part.folder.glob("*.yaml") if part else ():
            parameters |= set(yaml.safe_load(file.read_text("utf-8")) or {})
    return figures | dues | works | schedules | parameters | set(UNITS)


def _wrong_language(subject: Subject, texts: Texts) -> Iterator[str]:
    prefixes = (f"{subject.name}.", f"{subject.name}:")
    for language in LANGUAGES:
        for section in ("errors", "actions", "events", "labels", "outcomes"):
            for key, text in texts.section(section, language).items():
                if key.startswith(prefixes) and bool(CHINESE.search(text)) != (language != "en"):
                    yield f"the {language} text of {key} is written in another language"
