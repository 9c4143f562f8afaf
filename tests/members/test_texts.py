"""Every error and every event of the register has a text in both languages."""

import pytest

from zhibu.errors import ZhibuError
from zhibu.members import errors as member_errors
from zhibu.members import public as members
from zhibu.organizations import errors as organization_errors
from zhibu.organizations import public as organizations
from zhibu.texts import CORE, Texts

CLASSES = [
    each
    for module in (member_errors, organization_errors)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, ZhibuError) and "code" in vars(each)
    if each.__module__.startswith(module.__name__)
]
EVENTS = [
    value
    for module, plural in ((members, "members."), (organizations, "organizations."))
    for value in vars(module).values()
    if isinstance(value, str) and value.startswith(plural)
]


def test_nothing_is_left_unsaid() -> None:
    assert len(CLASSES) > 50
    assert len(EVENTS) > 20
    assert Texts.load([CORE]).missing(CLASSES, events=EVENTS) == []


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_facts_are_filled_in(locale: str) -> None:
    error = organization_errors.UnitsRemain(members=12, units=3)
    text = Texts.load([CORE]).error(error, locale)
    assert "12" in text
    assert "3" in text
    assert "{" not in text
