"""Red lines of an institution's own, which it adds to the catalogue of grounds."""

import pytest

from zhibu_discipline.rules.grounds import Kind, grounds


@pytest.mark.clause("S3B-09")
def test_red_lines_of_a_district_are_grounds_beside_those_of_the_rules() -> None:
    ten = [
        {"code": f"red_line_{n}", "zh": f"第{n}条红线", "en": f"Red line {n}", "clause": "S3B-09"}
        | {"kind": "removal" if n > 5 else "correction"}
        for n in range(1, 11)
    ]
    found = grounds(ten)
    assert [each.code for each in found] == [line["code"] for line in ten]
    assert {each.clause for each in found} == {"S3B-09"}
    assert [each.kind for each in found] == [Kind.CORRECTION] * 5 + [Kind.REMOVAL] * 5
