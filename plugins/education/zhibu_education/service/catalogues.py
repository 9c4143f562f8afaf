"""The catalogues in force: topics, forms and channels are dated data of the institution."""

from collections.abc import Iterator, Mapping
from datetime import date

from zhibu.act import Act
from zhibu_education.errors import WordUnknown
from zhibu_education.rules.catalogues import Form


def topics(act: Act, on: date, path: str) -> Mapping[str, str]:
    """The topics in force by code, with their Chinese labels (S0-03, S2-01)."""
    return _catalogue(act, "education.topics", on, path)


def unknown_words(act: Act, on: date, path: str, *, topic: str, form: str) -> Iterator[WordUnknown]:
    """A refusal for each word that no catalogue knows."""
    allowed = [*topics(act, on, path)]
    if topic not in allowed:
        yield WordUnknown(path=("topic",), word=topic, allowed=allowed)
    if form not in list(Form):
        yield WordUnknown(path=("form",), word=form, allowed=[str(known) for known in Form])


def topic_labelled(act: Act, on: date, path: str, label: str) -> str | None:
    """The code of the topic that is called so; None where the catalogue has no such topic."""
    named = {zh: code for code, zh in topics(act, on, path).items()}
    return named.get(label)


def label(act: Act, on: date, path: str, topic: str) -> str:
    """What a topic is called; the code itself where the catalogue has dropped it."""
    return topics(act, on, path).get(topic, topic)


def _catalogue(act: Act, name: str, on: date, path: str) -> Mapping[str, str]:
    return {entry["code"]: entry["zh"] for entry in act.parameters.value(name, path, on).value}
