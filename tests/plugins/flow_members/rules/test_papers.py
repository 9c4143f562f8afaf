"""Which paper somebody takes along, sentence by sentence."""

from datetime import date

import pytest

from zhibu.basis import Basis
from zhibu_flow_members.rules.papers import Certainty, Long, Paper, papers_of, takes_wish

BASIS = Basis(document="流动党员管理工作的实施意见", article="二（一）1", value="6 个月")
SINCE = date(2026, 3, 31)
HALF = date(2026, 9, 30)  # six months by the calendar, the end of a shorter month


def long(*, inclusive: bool = True) -> Long:
    return Long(months=6, inclusive=inclusive, basis=BASIS)


def papers(
    certainty: Certainty,
    until: date | None,
    *,
    untransferable: bool = False,
    inclusive: bool = True,
) -> tuple[Paper, ...]:
    return papers_of(
        certainty, SINCE, until, untransferable=untransferable, long=long(inclusive=inclusive)
    )


@pytest.mark.clause("S1-08", "A-05")
def test_from_six_months_at_a_fixed_place_the_relationship_goes_by_letter() -> None:
    assert papers(Certainty.FIXED, date(2027, 3, 31)) == (Paper.LETTER,)
    assert papers(Certainty.FIXED, HALF) == (Paper.LETTER,)
    assert papers(Certainty.FIXED, HALF, inclusive=False)[0] is Paper.CERTIFICATE


@pytest.mark.clause("S1-09")
def test_below_six_months_a_certificate_is_enough() -> None:
    assert papers(Certainty.FIXED, date(2026, 9, 29))[0] is Paper.CERTIFICATE


@pytest.mark.clause("S1-10")
def test_whoever_does_not_know_where_or_how_long_goes_with_the_card() -> None:
    assert papers(Certainty.UNCERTAIN, date(2026, 5, 1)) == (Paper.CARD,)
    assert papers(Certainty.FIXED, None) == (Paper.CARD,)


@pytest.mark.clause("S1-07")
def test_whoever_moves_often_stays_with_his_branch_and_has_the_card() -> None:
    assert papers(Certainty.MOVING, date(2028, 1, 1)) == (Paper.CARD,)


def test_short_or_not_to_be_transferred_the_card_will_do() -> None:
    assert Paper.CARD in papers(Certainty.FIXED, date(2026, 5, 1))
    assert papers(Certainty.FIXED, date(2028, 1, 1), untransferable=True) == (Paper.CARD,)


@pytest.mark.clause("S3D-18")
def test_the_wish_counts_for_who_is_away_for_long_and_moves_often() -> None:
    def wish(certainty: Certainty, until: date | None) -> bool:
        return takes_wish(certainty, SINCE, until, long=long())

    assert wish(Certainty.MOVING, None)
    assert wish(Certainty.MOVING, date(2027, 1, 1))
    assert not wish(Certainty.MOVING, date(2026, 5, 1))
    assert not wish(Certainty.FIXED, date(2027, 1, 1))
