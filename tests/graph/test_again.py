"""What was refused by rights that were changing, or collided with another act, is done anew."""

from typing import Any

import pytest

from zhibu.errors import Forbidden, NotFound
from zhibu.graph import mutations
from zhibu.storage.homes import ChangesCollided
from zhibu.testing.house import Institution

RENAME = """mutation ($input: OrganizationRenameInput!) {
  organizationRename(input: $input) { organization { name } userErrors { code } } }"""
EVENTS = 'query { ledger(first: 10, event: "organizations.renamed") { nodes { event } } }'

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What happens in each attempt, the first first; whatever is no error is done."""
    happens: list[Any] = []
    once = mutations._once

    async def attempt(act: Any, *others: Any) -> Any:
        answer = await once(act, *others)
        if happens and (error := happens.pop(0)) is not None:
            raise error
        return answer

    monkeypatch.setattr(mutations, "_once", attempt)
    return happens


async def rename(institution: Institution) -> dict[str, Any]:
    given = {
        "organization": institution.id("branch"),
        "name": "中共云岭市委办公室第九支部委员会",
        "on": "2026-06-15",
        "reason": "更名",
        "idempotencyKey": "once",
    }
    return await institution.ask("officer", RENAME, {"input": given})


async def renamed(institution: Institution) -> int:
    await institution.account("auditor", "audit_administrator")
    answer = await institution.ask("auditor", EVENTS)
    return len(answer["data"]["ledger"]["nodes"])


@pytest.mark.parametrize("error", [NotFound(), Forbidden(action="x")])
async def test_a_refusal_stands_where_nobody_s_rights_have_changed(
    institution: Institution, tried: list[Any], error: Exception
) -> None:
    tried[:] = [error, None]
    answer = await rename(institution)
    assert len(answer["errors"]) == 1
    assert tried == [None], "it was not tried again"
    assert await renamed(institution) == 0


@pytest.mark.parametrize("error", [NotFound(), Forbidden(action="x"), ChangesCollided()])
async def test_what_came_too_early_is_done_anew_and_once(
    institution: Institution, tried: list[Any], error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform = institution.house.platform
    versions: list[int] = []
    act = platform.act

    def changing(tenant: Any, *others: Any, **named: Any) -> Any:
        versions.append(platform.credentials.version_of(tenant.id))
        if len(versions) == 1 and not isinstance(error, ChangesCollided):
            platform.changed(tenant.id)
        return act(tenant, *others, **named)

    monkeypatch.setattr(platform, "act", changing)
    tried[:] = [error]
    answer = await rename(institution)
    assert answer["data"]["organizationRename"]["userErrors"] == []
    assert len(versions) == 2
    monkeypatch.undo()
    assert await renamed(institution) == 1


async def test_it_is_tried_three_times_and_then_said(
    institution: Institution, tried: list[Any]
) -> None:
    tried[:] = [ChangesCollided()] * 5
    answer = await rename(institution)
    assert answer["errors"][0]["extensions"]["error"] == "core.changes_collided"
    assert len(tried) == 2
    tried.clear()
    assert (await rename(institution))["data"]["organizationRename"]["userErrors"] == []
    assert await renamed(institution) == 1
