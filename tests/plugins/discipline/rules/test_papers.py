"""When a paper of a disposition may be printed."""

import pytest

from zhibu_discipline.rules.papers import Done, Paper, paper_refusals


@pytest.mark.parametrize(
    ("paper", "done"),
    [
        (Paper.NOTICE, Done(told=True)),
        (Paper.MINUTES, Done(told=True, voted=True)),
        (Paper.DECISION, Done(decided=True)),
        (Paper.RECEIPT, Done(decided=True, delivered=True)),
        (Paper.REPLY, Done(answered=True)),
    ],
)
def test_no_paper_is_printed_before_what_it_says_was_done_nor_without_a_purpose(
    paper: Paper, done: Done
) -> None:
    assert [*paper_refusals(paper, done, "归档")] == []
    refused = [each.code for each in paper_refusals(paper, Done(), " ")]
    assert refused == ["discipline.paper_not_yet", "discipline.purpose_missing"]


def test_of_a_decision_that_fell_neither_decision_nor_receipt_is_printed() -> None:
    fell = Done(told=True, delivered=True, answered=True)
    for paper in (Paper.DECISION, Paper.RECEIPT):
        assert [each.code for each in paper_refusals(paper, fell, "归档")] == [
            "discipline.paper_not_yet"
        ]
