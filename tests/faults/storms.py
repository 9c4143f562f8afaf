"""Many clients that write at once, and that ask again with the same key until they are answered."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx2 as httpx

WITHIN = 90  # seconds
RECORD = """mutation ($input: EducationCreditInput!) {
  educationCreditRecord(input: $input) { credit { id } userErrors { code message } }
}"""


@dataclass(kw_only=True)
class Storm:
    """`acknowledged` are the credits by title as the server answered them; `sent` all it was sent.

    Each worker records half hours of a member of its own, one day after the other: whatever the
    order in which they arrive, none is refused.
    """

    address: str
    credential: str
    members: Sequence[str]
    sent: set[str] = field(default_factory=set)
    acknowledged: dict[str, str] = field(default_factory=dict)
    differing: list[str] = field(default_factory=list)
    trouble: Counter[str] = field(default_factory=Counter)
    answered_at: float = 0.0
    _ending: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def blowing(self) -> AsyncIterator["Storm"]:
        """Clients write while the block runs; at its end each gets its last answer."""
        workers = [
            asyncio.create_task(self._work(number, member))
            for number, member in enumerate(self.members)
        ]
        try:
            yield self
        finally:
            self._ending = True
            async with asyncio.timeout(WITHIN):
                await asyncio.gather(*workers)

    async def success(self) -> float:
        """Seconds until the next write is acknowledged."""
        began = time.monotonic()
        await self._until(lambda: self.answered_at >= began)
        return self.answered_at - began

    async def refused(self, code: str) -> None:
        """Wait until somebody is answered with this status and code."""
        await self._until(lambda: self.trouble[code] > 0)

    async def more(self, count: int) -> None:
        """Wait until so many more writes are acknowledged."""
        wanted = len(self.acknowledged) + count
        await self._until(lambda: len(self.acknowledged) >= wanted)

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(WITHIN):
            while not true():
                self._news.clear()
                await self._news.wait()

    async def _work(self, number: int, member: str) -> None:
        headers = {"authorization": f"Bearer {self.credential}"}
        async with httpx.AsyncClient(base_url=self.address, headers=headers, timeout=20) as client:
            turn = 0
            while not self._ending:
                title = f"第{number}人第{turn}次"
                self.sent.add(title)
                credit = await self._until_answered(client, title, member, turn)
                self.acknowledged[title] = credit
                self.answered_at = time.monotonic()
                self._news.set()
                if turn % 7 == 0 and await self._until_answered(client, title, member, turn) != (
                    credit
                ):
                    self.differing.append(title)
                turn += 1

    async def _until_answered(
        self, client: httpx.AsyncClient, title: str, member: str, turn: int
    ) -> str:
        day = date(2026, 1, 1) + timedelta(days=turn // 8)
        input = {
            "idempotencyKey": title,
            "member": member,
            "earnedOn": day.isoformat(),
            "hours": "0.5",
            "form": "CONCENTRATED",
            "topic": "political_theory",
            "title": title,
            "evidence": "签到表",
        }
        asked = {"query": RECORD, "variables": {"input": input}}
        while True:
            try:
                answer = await client.post("/graphql", json=asked)
                told: dict[str, Any] = answer.json()
            except (httpx.HTTPError, ValueError) as error:
                self.trouble[type(error).__name__] += 1
            else:
                payload = (told.get("data") or {}).get("educationCreditRecord")
                if payload and payload["credit"]:
                    return str(payload["credit"]["id"])
                fault = payload["userErrors"] if payload else told["errors"]
                code = fault[0].get("code") or fault[0]["extensions"]["code"]
                self.trouble[f"{answer.status_code} {code}"] += 1
                self._news.set()
                assert answer.status_code in (429, 503), (answer.status_code, told)
            await asyncio.sleep(0.05)
