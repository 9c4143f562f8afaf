"""The catalogues in force: topics, forms and channels are dated data of the institution."""

from collections.abc import Iterator, Sequence
from datetime import date

from zhibu.act import Act
from zhibu_education.errors import WordUnknown
from zhibu_education.rules.catalogues import Word, code_of, form_of, kinds_of, label_of

TOPICS, FORMS, CHANNELS = "education.topics", "education.forms", "education.channels"


def words(act: Act, catalogue: str, on: date, path: str) -> Sequence[Word]:
    """The words of a catalogue at a place on a day (S0-03, S2-01, S2-02, S2-03)."""
    found: Sequence[Word] = act.parameters.value(catalogue, path, on).value or ()
    return found


def unknown_words(
    act: Act,
    on: date,
    path: str,
    *,
    topic: str,
    form: str,
    kind: str | None = None,
    channel: str | None = None,
) -> Iterator[WordUnknown]:
    """A refusal for each word that no catalogue in force has.

    `kind` is the institution's own word for a kind of the form.
    """
    forms = words(act, FORMS, on, path)
    allowed = {
        "topic": (topic, [word["code"] for word in words(act, TOPICS, on, path)]),
        "form": (form, [word["code"] for word in forms if form_of(word) == word["code"]]),
        "kind": (kind, kinds_of(forms, form)),
        "channel": (channel, [word["code"] for word in words(act, CHANNELS, on, path)]),
    }
    for argument, (word, known) in allowed.items():
        if word is not None and word not in known:
            yield WordUnknown(path=(argument,), word=word, allowed=known)


def labelled(act: Act, catalogue: str, on: date, path: str, label: str) -> str | None:
    """The code of what a workbook calls so; None where the catalogue has no such word."""
    return code_of(words(act, catalogue, on, path), label)


def label(act: Act, catalogue: str, on: date, path: str, code: str | None) -> str | None:
    """What a code is called there on that day; the code itself where it was dropped."""
    return label_of(words(act, catalogue, on, path), code)
