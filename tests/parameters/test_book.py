"""What holds at a place on a day."""

from datetime import date
from decimal import Decimal

import pytest

from zhibu.identifiers import new_id
from zhibu.parameters.book import Book, InForce
from zhibu.parameters.definitions import Definition, Kind, National

OLD, NEW = date(2015, 1, 1), date(2019, 5, 6)
HOURS = "education.hours"


def national(since: date, value: object) -> National:
    return National(
        since=since, value=value, document="条例", article="第二十条", verified="V1", clause="EM-20"
    )


def overridden(path: str, since: date, value: object, name: str = HOURS) -> InForce:
    return InForce(id=new_id(), name=name, path=path, since=since, value=value, reason="本单位决定")


def book(*overrides: InForce) -> Book:
    hours = Definition(
        name=HOURS,
        kind=Kind.EXACT,
        unit="class_hours",
        zh="学时",
        en="Hours",
        values=(national(OLD, 24), national(NEW, "32.5")),
    )
    return Book({HOURS: hours}, overrides)


def test_a_name_nobody_defines_is_a_bug() -> None:
    with pytest.raises(KeyError):
        book().value("education.nothing", "1.", NEW)


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2010, 1, 1), 24), (OLD, 24), (date(2019, 5, 5), 24), (NEW, "32.5")],
)
def test_the_national_value_is_that_of_the_day(on: date, value: object) -> None:
    assert book().value(HOURS, "1.2.", on).value == value


def test_the_nearest_place_wins_even_over_a_later_date_above() -> None:
    held = book(overridden("1.2.", date(2020, 1, 1), 40), overridden("1.", date(2024, 1, 1), 50))
    on = date(2025, 1, 1)
    found = {path: held.value(HOURS, path, on).value for path in ("1.", "1.2.", "1.2.a.", "1.20.")}
    assert found == {"1.": 50, "1.2.": 40, "1.2.a.": 40, "1.20.": 50}


def test_an_override_holds_from_its_day_and_the_latest_of_a_place_wins() -> None:
    held = book(overridden("1.", date(2024, 1, 1), 50), overridden("1.", date(2022, 1, 1), 45))
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    assert [held.value(HOURS, "1.2.", on).value for on in days] == ["32.5", 45, 45, 50]


def test_a_value_shows_its_basis_whether_national_or_overridden() -> None:
    held = book(overridden("1.2.", date(2022, 1, 1), 40))
    above = held.value(HOURS, "1.", date(2025, 1, 1))
    below = held.value(HOURS, "1.2.a.", date(2025, 1, 1))
    assert str(above.basis) == "《条例》第二十条 · 32.5 学时"
    assert (above.source, above.since, above.verified, above.path) == ("national", NEW, "V1", "")
    assert str(below.basis) == "《本单位规定》本单位决定 · 40 学时"
    assert (below.source, below.since, below.path) == ("override", date(2022, 1, 1), "1.2.")
    assert below.basis.since == date(2022, 1, 1)


def test_a_value_may_be_taken_as_what_it_is() -> None:
    assert book().exact(HOURS, "1.", NEW) == Decimal("32.5")
    assert book(overridden("1.", OLD, None)).exact(HOURS, "1.", NEW) is None


def test_a_book_never_changes() -> None:
    before = book()
    before.value(HOURS, "1.", NEW)
    change = overridden("1.", NEW, 40)
    after = before.and_also(change)
    assert before.value(HOURS, "1.", NEW).value == "32.5"
    assert after.value(HOURS, "1.", NEW).value == 40
    assert after.without(change.id).value(HOURS, "1.", NEW).value == "32.5"


def test_overrides_of_an_uninstalled_plugin_are_passed_over() -> None:
    held = book(overridden("1.", NEW, 40, name="dues.rate"))
    assert [each.name for each in held.values("1.", NEW)] == [HOURS]
