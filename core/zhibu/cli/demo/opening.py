"""The steps after an institution was taken in: documents of the API, kept beside the samples.

So the demo does nothing that a client could not do, and the core needs to know no plugin for it.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from zhibu.accounts.store.roles import root
from zhibu.act import Caller, TenantFacts
from zhibu.cli.acting import acting_for, operator
from zhibu.cli.errors import StepRefused
from zhibu.cli.institution import read_yaml
from zhibu.cli.terminal import Terminal
from zhibu.graph.context import Context
from zhibu.identifiers import global_id
from zhibu.members.public import member_by_identity
from zhibu.organizations.public import organizations_by_code
from zhibu.platform import Platform


async def run_steps(
    platform: Platform,
    terminal: Terminal,
    tenant: TenantFacts,
    folder: Path,
    opening: Mapping[str, Any],
) -> None:
    """Run every step whose plugin is on. Raises `StepRefused` at the first error."""
    async with platform.homes.home(tenant.id).view(tenant.id) as session:
        top = await root(session, tenant.id)
    assert top is not None
    known = {"root": global_id("Organization", top.id), "year": opening["day"].year}
    enabled = (await platform.snapshot(tenant.id)).enabled
    for step in opening["steps"]:
        if step.get("plugin", "core") not in {*enabled, "core"}:
            continue
        title = f"{tenant.name} · {step['title']}"
        caller = operator(platform, tenant)
        if "by" in step:
            caller = await acting_for(platform, tenant, step["by"])
        asker = Asker(platform, tenant, caller)
        with terminal.progress() as bar:
            task = bar.add_task(title, total=None)
            if "each" in step:
                file = folder / step["each"]["file"]
                items = read_yaml(file).get(step["each"]["list"]) or [] if file.exists() else []
                bar.update(task, total=len(items))
                for item in await asker.resolved(items):
                    enums = {key: item[key].upper() for key in step.get("enums", ())}
                    wanted = {key: item[key] for key in step["take"]} | enums
                    await asker.ask(step["title"], step["document"], {"input": wanted})
                    bar.advance(task)
            elif "find" in step:
                before: list[str] = []
                while found := await asker.find(step, known):
                    if found == before:
                        raise StepRefused(title=step["title"], fault="it finds the same again")
                    before = found
                    wanted = filled(step["variables"], {**known, "found": found})
                    await asker.ask(step["title"], step["document"], {"input": wanted})
                    bar.advance(task, len(found))
            else:
                wanted = filled(step["variables"], known)
                await asker.ask(step["title"], step["document"], {"input": wanted})


class Asker:
    """Asks the API of one institution as a client would, for a caller that needs no credential."""

    def __init__(self, platform: Platform, tenant: TenantFacts, caller: Caller) -> None:
        self._platform = platform
        self._tenant = tenant
        self._caller = caller

    async def ask(self, title: str, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of the answer. Raises `StepRefused` for errors and `userErrors` alike."""
        platform, tenant = self._platform, self._tenant
        snapshot = await platform.snapshot(tenant.id)
        context = Context(
            platform=platform,
            tenant=tenant,
            caller=self._caller,
            switches=snapshot.switches,
            parameters=snapshot.parameters,
            enabled=snapshot.enabled,
            home=platform.homes.home(tenant.id),
            now=platform.clock(),
            request_id=secrets.token_hex(8),
            locale=tenant.locale,
        )
        asked = {"query": document, "variables": variables}
        answer = orjson.loads(await platform.answering(context).answer(context, asked))
        if refused := [*(answer.get("errors") or ()), *_user_errors(answer.get("data"))]:
            raise StepRefused(title=title, fault=refused[0]["message"])
        data: dict[str, Any] = answer["data"]
        return data

    async def find(self, step: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
        """The ids of the next page of what a step is about."""
        found: Any = await self.ask(step["title"], step["find"]["document"], known)
        for name in step["find"]["at"]:
            found = found[name]
        return [each["id"] for each in found]

    async def resolved(self, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The items with ids for identity numbers and codes; members nobody knows are left out."""
        async with self._platform.act(self._tenant, self._caller) as act:
            numbers = [item["member"] for item in items if "member" in item]
            codes = [item["organization"] for item in items if "organization" in item]
            people = await member_by_identity(act, numbers)
            places = await organizations_by_code(act, codes)
        found = []
        for item in items:
            if "member" in item and item["member"] not in people:
                continue
            ids: dict[str, Any] = {}
            if "member" in item:
                ids["member"] = global_id("Member", people[item["member"]].id)
            if "organization" in item:
                ids["organization"] = global_id("Organization", places[item["organization"]].id)
            found.append({**item, **ids})
        return found


def filled(given: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The variables with `$name` replaced by what is known under that name."""
    return {
        key: known[value[1:]] if isinstance(value, str) and value.startswith("$") else value
        for key, value in given.items()
    }


def _user_errors(data: Any) -> Iterator[Any]:
    for payload in (data or {}).values():
        if isinstance(payload, dict):
            yield from payload.get("userErrors") or ()
