"""A temporary stay at another branch is one case: it falls due, is prolonged, ends, is undone."""

from typing import Any

import pytest

MEMBER = """query ($id: ID!) { member(id: $id) { organization { code }
  transfers { responsible { code } cases { kind state } } } }"""


async def home(flow: Any) -> tuple[str, str, int]:
    """The member's branch, the one that answers for him, and how many transfers there were."""
    answer = await flow.at.ask("officer", MEMBER, {"id": flow.id(flow.me)})
    found = answer["data"]["member"]
    part = found["transfers"]
    return found["organization"]["code"], part["responsible"]["code"], len(part["cases"])


@pytest.mark.clause("S1-09", "S1-30", "A-05")
async def test_a_temporary_stay_is_prolonged_with_a_reason_and_is_never_a_transfer_by_itself(
    flow: Any,
) -> None:
    """The member stays at home; six months and more take a letter, and that is a transfer."""
    case = await flow.recorded()
    assert await home(flow) == ("BRANCH", "BRANCH", 0)
    assert await flow.due("return_due") == ["2026-09-14"]
    longer = {"case": case, "until": "2026-12-13"}
    assert await flow.refused("secretary", "CaseChange", {**longer, "reason": " "}) == [
        "reason_missing"
    ]
    await flow.done("secretary", "CaseChange", {**longer, "reason": "项目延期"})
    assert await flow.due("return_due") == ["2026-12-13"]
    half = {**longer, "until": "2026-12-14", "reason": "再次延期"}
    assert await flow.refused("secretary", "CaseChange", half) == ["paper_differs"]
    assert await home(flow) == ("BRANCH", "BRANCH", 0), "nothing was transferred by itself"


async def test_a_temporary_stay_recorded_by_mistake_is_void_before_anybody_took_him_in(
    flow: Any,
) -> None:
    case = await flow.recorded()
    await flow.done("secretary", "CaseVoid", {"case": case, "reason": "未成行"})
    assert await flow.arrivals("host", "id") == []
    assert await flow.due("return_due") == []
    assert await home(flow) == ("BRANCH", "BRANCH", 0)
