"""Somebody holds what every write needs: the others are told in time, and served again after."""

import asyncio
from dataclasses import replace

import psycopg
import pytest

from zhibu.identifiers import global_id
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.house import Furnished, running

pytestmark = pytest.mark.parametrize("copied", ["postgresql"], indirect=True)
CORRECT = """mutation ($input: MemberCorrectInput!) {
  memberCorrect(input: $input) { member { note } userErrors { code } }
}"""


async def test_who_waits_too_long_is_told_to_come_back(
    copied: tuple[Settings, Furnished], installed_plugins: Plugins
) -> None:
    settings, furnished = copied
    settings = replace(settings, writers=4, wait=1.0)
    async with running(settings, installed_plugins) as house:
        institution = replace(furnished.institution, house=house)
        member = await institution.member()

        async def write(number: int) -> str:
            input = {
                "member": global_id("Member", member.id),
                "reason": "核对档案",
                "note": f"第{number}次",
            }
            answer = await institution.ask("secretary", CORRECT, {"input": input})
            if "errors" in answer:
                return str(answer["errors"][0]["extensions"]["code"])
            return "done" if answer["data"]["memberCorrect"]["member"] else "refused"

        assert await write(0) == "done"
        assert settings.owner_database is not None
        with psycopg.connect(settings.database) as holding:
            holding.execute(f"SET LOCAL app.tenant_id = '{institution.tenant.id}'")
            holding.execute("SELECT seq FROM core_ledger_head FOR UPDATE")
            async with asyncio.timeout(30):
                told = await asyncio.gather(*(write(number) for number in range(1, 21)))
            assert set(told) == {"TENANT_UNAVAILABLE"}
            holding.rollback()
        assert [await write(number) for number in (21, 22)] == ["done", "done"]
