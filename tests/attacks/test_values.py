"""Values made to break what stores or compares them are refused by name, never as a fault."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhibu.graph.values import faults_of
from zhibu.testing.filled import Filled, told

# Text that cannot be compressed: what an index must hold as it is.
LONG = "".join(random.Random(1).choices([chr(n) for n in range(0x4E00, 0x9FA5)], k=8000))


@dataclass
class Hours:
    hours: Decimal


FOUND = {"code": "新", "name": "新支部", "kind": "BRANCH"}


async def test_no_variable_holds_a_nul(full: Filled) -> None:
    for at in ("code", "name", "reason"):
        input = {**FOUND, "parent": full.ids["general"], at: "新\0"}
        assert told(await full.do("organizationCreate", input)) == ["BAD_USER_INPUT"]


async def test_no_text_of_a_document_holds_a_nul(full: Filled) -> None:
    for nul in (r"\u0000", r"\u{0}", r"\u{0000}"):
        document = f'{{ members(first: 1, filter: {{ nameContains: "{nul}" }}) {{ totalCount }} }}'
        assert told(await full.ask(document)) == ["BAD_USER_INPUT"]


async def test_no_filter_holds_a_nul(full: Filled) -> None:
    document = "query ($f: MemberFilter) { members(first: 1, filter: $f) { totalCount } }"
    assert told(await full.ask(document, {"f": {"nameContains": "\0"}})) == ["BAD_USER_INPUT"]


async def test_a_backslash_before_zeros_is_text(full: Filled) -> None:
    document = "query ($f: MemberFilter) { members(first: 1, filter: $f) { totalCount } }"
    answer = await full.ask(document, {"f": {"nameContains": "\\u0000"}})
    assert answer == {"data": {"members": {"totalCount": 0}}}


async def test_a_name_that_no_index_holds_is_too_long(full: Filled) -> None:
    for at in ("code", "name", "shortName"):
        input = {**FOUND, "parent": full.ids["general"], at: LONG}
        assert told(await full.do("organizationCreate", input)) == ["core.text_too_long"]


async def test_a_name_that_no_index_holds_corrects_nobody(full: Filled) -> None:
    input = {"member": full.ids["member0"], "reason": "更正", "name": LONG}
    assert told(await full.do("memberCorrect", input)) == ["core.text_too_long"]


async def test_a_long_text_inside_a_list_is_named_by_its_place(full: Filled) -> None:
    part = {"code": "分", "name": LONG, "members": [full.ids["member0"]]}
    input: dict[str, Any] = {"organization": full.ids["branch"], "parts": [part]}
    answer = await full.do("organizationSplit", {**input, "on": "2026-06-01", "reason": "分设"})
    (error,) = answer["data"]["organizationSplit"]["userErrors"]
    assert (error["code"], error["path"]) == ("core.text_too_long", ["parts", "0", "name"])


async def test_a_moment_says_its_zone(full: Filled) -> None:
    input = {"name": "机器", "organization": full.ids["branch"], "actions": ["core:member:read"]}
    for moment in ("2026-06-30T00:00:00", "2026-06-30"):
        answer = await full.do("tokenCreate", {**input, "expiresAt": moment})
        assert told(answer) == ["core.moment_without_zone"]


async def test_a_number_that_cannot_be_compared_is_refused() -> None:
    for number in ("sNaN", "1E+1000000", "1E-1000000"):
        (found,) = faults_of(Hours(Decimal(number)))
        assert (found.code, found.path) == ("core.number_unfit", ("hours",))
    assert [*faults_of(Hours(Decimal("999999999.99")))] == []
