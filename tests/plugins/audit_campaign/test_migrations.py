"""What is filled in when an installation is brought up to date."""

import asyncio
from typing import Any

from zhibu.settings import Settings
from zhibu.storage.migrate import downgrade
from zhibu.testing.databases import opened

BEFORE = ("audit_campaign", "audit_campaign_0008")
SHOWN = "query ($id: ID!) { node(id: $id) { ... on AuditCampaignAudited { planState } } }"


async def test_plans_of_before_there_were_reviews_wait_for_one(
    audit: Any, settings: Settings, installed_plugins: Any
) -> None:
    id = await audit.audited(await audit.opened())
    await audit.done("secretary", "PlanWrite", audit.plan(id))

    async with opened(settings) as homes:
        role = getattr(homes.default, "app_role", "")

        def back(engine: Any) -> None:
            with engine.connect() as connection:
                downgrade(connection, installed_plugins, *BEFORE, app_role=role)

        for engine in homes.databases().values():
            await asyncio.to_thread(back, engine)
        await homes.migrate(installed_plugins)
    found = await audit.asked("secretary", SHOWN, id=id)
    assert found["node"] == {"planState": "WAITING"}
