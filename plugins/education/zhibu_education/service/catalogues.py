"""The catalogues in force: topics, forms and channels are dated data of the institution."""

from collections.abc import Iterator
from datetime import date

from zhibu.act import Act
from zhibu_education.errors import WordUnknown
from zhibu_education.rules.catalogues import Form


def topics(act: Act, on: date, path: str) -> list[str]:
    """The codes of the topics in force (S0-03, S2-01)."""
    return [entry["code"] for entry in _catalogue(act, "education.topics", on, path)]


def unknown_words(act: Act, on: date, path: str, *, topic: str, form: str) -> Iterator[WordUnknown]:
    """A refusal for each word that no catalogue knows."""
    allowed = topics(act, on, path)
    if topic not in allowed:
        yield WordUnknown(path=("topic",), word=topic, allowed=allowed)
    if form not in list(Form):
        yield WordUnknown(path=("form",), word=form, allowed=[str(known) for known in Form])


def _catalogue(act: Act, name: str, on: date, path: str) -> list[dict[str, str]]:
    return list(act.parameters.value(name, on=on, path=path).value)
