"""A branch that decides things."""

from typing import Any

import pytest

from zhibu.testing.branch import Branch, peopled
from zhibu.testing.house import Institution

DECIDE = "core:procedure:decide"


def step(code: str, level: str | list[str], **more: Any) -> dict[str, Any]:
    return {"code": code, "zh": f"环节{code}", "en": code, "action": DECIDE, "level": level, **more}


@pytest.fixture
async def branch(institution: Institution) -> Branch:
    """Five full members, four of them with accounts."""
    return await peopled(institution, 5, 4)


@pytest.fixture
def two_steps() -> dict[str, Any]:
    """The branch decides, then the committee; a refusal there comes back to the branch."""
    return {
        "single": False,
        "documents": [{"code": "proof", "zh": "证明", "en": "Proof"}],
        "steps": [
            step("branch", "home", limit="core.exclusion_days"),
            step("committee", "approver", refused="branch", documents=["proof"]),
        ],
        "override": {"action": "core:procedure:override", "level": ["district_department"]},
    }


@pytest.fixture
def noticed() -> dict[str, Any]:
    """The committee decides about a member; a notice stands before it takes effect."""
    return {
        "steps": [
            step("committee", "approver"),
            step("notice", "home", by="notice", limit="core.notice_days", separate=False),
        ],
        "objection": {
            "limit": "core.objection_days",
            "answer_limit": "core.objection_answer_days",
            "action": DECIDE,
            "level": ["district_department"],
            "upheld": "committee",
        },
    }
