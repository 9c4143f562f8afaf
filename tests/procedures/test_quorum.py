"""Quorum and majority: exact, strict where the text says more than."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu.basis import Basis
from zhibu.procedures.rules.quorum import (
    Count,
    Of,
    Profile,
    Verdict,
    decided,
    needed_present,
    needed_yes,
)

BASIS = Basis(document="条例", article="第十一条", value="1/2")


def profile(present: str, yes: str, yes_of: Of) -> Profile:
    return Profile(
        name="core.decisions",
        present=Fraction(present),
        present_basis=BASIS,
        yes=Fraction(yes),
        yes_of=yes_of,
        yes_basis=BASIS,
    )


DECISIONS = profile("1/2", "1/2", Of.ENTITLED)
ELECTIONS = profile("4/5", "1/2", Of.PRESENT)


def count(entitled: int, present: int, yes: int, **changes: int) -> Count:
    return Count(entitled=entitled, present=present, yes=yes, no=0, abstained=0, **changes)


@pytest.mark.clause("BR-11")
@pytest.mark.parametrize(
    ("entitled", "present", "yes", "verdict"),
    [
        (10, 5, 5, Verdict.REJECTED),  # exactly half in favour is not more than half
        (10, 6, 6, Verdict.PASSED),
        (10, 4, 4, Verdict.NO_QUORUM),
        (11, 5, 5, Verdict.NO_QUORUM),  # half of eleven is five and a half
        (11, 6, 6, Verdict.PASSED),
        (11, 6, 5, Verdict.REJECTED),
        (3, 2, 2, Verdict.PASSED),
        (1, 1, 1, Verdict.PASSED),
        (0, 0, 0, Verdict.NO_QUORUM),
    ],
)
def test_a_decision_takes_half_of_those_entitled_and_more_than_half_in_favour(
    entitled: int, present: int, yes: int, verdict: Verdict
) -> None:
    assert decided(count(entitled, present, yes), DECISIONS) is verdict


@pytest.mark.parametrize(
    ("entitled", "present", "yes", "verdict"),
    [
        (10, 8, 5, Verdict.PASSED),
        (10, 8, 4, Verdict.REJECTED),  # exactly half of those present
        (10, 7, 7, Verdict.NO_QUORUM),
        (11, 8, 8, Verdict.NO_QUORUM),  # four fifths of eleven are 8.8
        (11, 9, 5, Verdict.PASSED),
        (5, 4, 3, Verdict.PASSED),
        (5, 4, 2, Verdict.REJECTED),
    ],
)
def test_an_election_takes_four_fifths_present_and_more_than_half_of_them(
    entitled: int, present: int, yes: int, verdict: Verdict
) -> None:
    assert decided(count(entitled, present, yes), ELECTIONS) is verdict


def test_written_opinions_are_votes_and_nobody_s_presence() -> None:
    assert decided(count(10, 5, 5, written_yes=1), DECISIONS) is Verdict.PASSED
    assert decided(count(10, 4, 4, written_yes=6), DECISIONS) is Verdict.NO_QUORUM


SHARES = st.sampled_from(["1/2", "2/3", "3/4", "4/5"])


@given(
    entitled=st.integers(0, 3000),
    present=st.integers(0, 3000),
    yes=st.integers(0, 3000),
    shares=st.tuples(SHARES, SHARES),
    whole=st.sampled_from(Of),
)
def test_the_verdict_is_what_multiplying_out_says(
    entitled: int, present: int, yes: int, shares: tuple[str, str], whole: Of
) -> None:
    """Without a division: a/b of n is reached by k when k·b ≥ n·a."""
    present, yes = min(present, entitled), min(yes, present, entitled)
    (a, b), (c, d) = (map(int, share.split("/")) for share in shares)
    base = entitled if whole is Of.ENTITLED else present
    if present == 0 or present * b < entitled * a:
        expected = Verdict.NO_QUORUM
    else:
        expected = Verdict.PASSED if yes * d > base * c else Verdict.REJECTED
    chosen = profile(*shares, whole)
    assert decided(count(entitled, present, yes), chosen) is expected
    needed = needed_present(entitled, chosen)
    assert needed >= 1
    assert (present >= needed) == (expected is not Verdict.NO_QUORUM)
    if present >= needed:
        passes = yes >= needed_yes(entitled, present, chosen)
        assert passes == (expected is Verdict.PASSED)


@given(entitled=st.integers(1, 200), present=st.integers(1, 200), yes=st.integers(0, 199))
def test_one_more_vote_never_turns_a_decision_down(entitled: int, present: int, yes: int) -> None:
    present = min(present, entitled)
    yes = min(yes, present - 1)
    for chosen in (DECISIONS, ELECTIONS):
        if decided(count(entitled, present, yes), chosen) is Verdict.PASSED:
            assert decided(count(entitled, present, yes + 1), chosen) is Verdict.PASSED
