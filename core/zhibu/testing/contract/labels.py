"""Whether everything that can be chosen is called something, and the same everywhere."""

import re
from collections.abc import Iterator
from enum import Enum

from zhibu.forms.kinds import Choice
from zhibu.plugins import Plugins
from zhibu.testing.contract.names import classes
from zhibu.testing.contract.subject import Subject
from zhibu.texts import LANGUAGES, Texts

_WITHIN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def faults(subject: Subject, plugins: Plugins, texts: Texts) -> Iterator[str]:
    """A group of labels that is begun is whole, in each language, and is what workbooks say."""
    told = {language: texts.section("labels", language) for language in LANGUAGES}
    own = {key for labels in told.values() for key in labels if key.startswith(f"{subject.name}.")}
    begun = {key.rpartition(".")[0] for key in own}
    for kind in classes(subject):
        if issubclass(kind, Enum) and group_of(subject, kind) in begun:
            own |= {f"{group_of(subject, kind)}.{member.value}" for member in kind}
    for language, labels in told.items():
        yield from (f"labels: {key} has no {language} text" for key in sorted(own - {*labels}))
    for title, said, value in _choices(plugins, subject.name):
        key = f"{group_of(subject, type(value))}.{value.value}"
        named = told[LANGUAGES[0]].get(key, said)
        if named != said:
            yield f"the column {title} calls {key} {said}, and labels: {named}"


def group_of(subject: Subject, kind: type) -> str:
    """What the labels of an enumeration are kept under: `honours.level` for `Level`."""
    return f"{subject.name}.{_WITHIN.sub('_', kind.__name__).lower()}"


def _choices(plugins: Plugins, name: str) -> Iterator[tuple[str, str, Enum]]:
    """The words of an enumeration that a column of a workbook offers: heading, label, word."""
    for sheet in plugins.sheets().get(name, []):
        for column in sheet.columns:
            if isinstance(column.kind, Choice):
                for label, value in column.kind.choices.items():
                    if isinstance(value, Enum):
                        yield column.title, label, value
