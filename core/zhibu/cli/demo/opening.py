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
    year = opening["day"].year
    known = {"root": global_id("Organization", top.id), "year": year, "last": year - 1}
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
                names = {
                    key: await asker.names(wanted, known)
                    for key, wanted in step.get("names", {}).items()
                }
                for item in await asker.resolved(items, names):
                    enums = {key: item[key] and item[key].upper() for key in step.get("enums", ())}
                    wanted = {key: item[key] for key in step["take"]} | enums
                    await asker.ask(step["title"], step["document"], {"input": wanted})
                    bar.advance(task)
            elif "find" in step:
                before: list[str] = []
                while found := await asker.find(step, known):
                    if found == before:
                        raise StepRefused(title=step["title"], fault="it finds the same again")
                    before = found
                    wanted = filled(step["variables"], {**known, "found": found, "next": found[0]})
                    await asker.ask(step["title"], step["document"], {"input": wanted})
                    bar.advance(task, len(found))
            else:
                wanted = filled(step["variables"], known)
                await asker.ask(step["title"], step["document"], {"input": wanted})


PEOPLE = ("member", "author", "talker", "helper", "voters")  # keys that hold identity numbers


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
        return [_below(each, step["find"].get("key", ["id"])) for each in found]

    async def names(self, wanted: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, str]:
        """Ids of what other plugins hold, by the code under which the samples name it."""
        found: Any = await self.ask("names", wanted["document"], known)
        for name in wanted["at"]:
            found = found[name]
        return {_below(node, wanted["key"]): node["id"] for node in found}

    async def resolved(
        self, items: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]
    ) -> list[dict[str, Any]]:
        """The items with ids for numbers, codes and names; what nobody knows is left out."""
        told = [pair for item in items for pair in _pairs(item)]
        async with self._platform.act(self._tenant, self._caller) as act:
            people = await member_by_identity(act, {v for key, v in told if key in PEOPLE})
            codes = {value for key, value in told if key == "organization"}
            places = await organizations_by_code(act, codes)
        members = {number: global_id("Member", each.id) for number, each in people.items()}
        ids: dict[str, Mapping[str, str]] = {
            **{key: members for key in PEOPLE},
            "organization": {
                code: global_id("Organization", each.id) for code, each in places.items()
            },
            **names,
        }
        known = [
            item for item in items if all(v in ids[key] for key, v in _pairs(item) if key in ids)
        ]
        return [_named(item, ids) for item in known]


def _pairs(told: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of an item with the key under which it stands, however deep."""
    if isinstance(told, Mapping):
        for name, value in told.items():
            yield from _pairs(value, name)
    elif isinstance(told, list):
        for value in told:
            yield from _pairs(value, key)
    else:
        yield key, told


def _named(told: Any, ids: Mapping[str, Mapping[str, str]], key: str = "") -> Any:
    if isinstance(told, Mapping):
        return {name: _named(value, ids, name) for name, value in told.items()}
    if isinstance(told, list):
        return [_named(value, ids, key) for value in told]
    return ids[key][told] if key in ids else told


def _below(node: Any, path: Sequence[str]) -> str:
    for name in path:
        node = node[name]
    return str(node)


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
