"""Leaks planted in the worlds that hold more, each of a kind that has happened somewhere.

Each is looked for with the documents that ask what it is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, literal, select

from zhibu.figures import totals
from zhibu.graph.answering import Answering
from zhibu.platform import Platform
from zhibu.reading import pages
from zhibu.reading.pages import Pages

Fields = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Leak:
    """`plant` breaks the worlds; `shows` says whether a document may show it."""

    plant: Callable[[Any, list[Platform], frozenset[str]], None]
    shows: Callable[[Fields], bool] = lambda fields: True
    compiled: bool = False  # it is in the plans, which are to be made anew


def _of(*names: str) -> Callable[[Fields], bool]:
    return lambda fields: any(kind in names or name in names for kind, name in fields)


def answers_kept_by_document(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """A cache of answers that forgets who asked."""
    respond, kept = Answering.respond, {}

    async def remembered(self: Any, speaker: Any, asked: Any) -> Any:
        key = orjson.dumps([asked["query"], asked.get("variables")])
        if speaker.platform not in broken:
            return await respond(self, speaker, asked)
        if key not in kept:
            kept[key] = await respond(self, speaker, asked)
        return kept[key]

    patch.setattr(Answering, "respond", remembered)


def switches_of_whoever_asked_before(
    patch: Any, broken: list[Platform], foreign: frozenset[str]
) -> None:
    """A snapshot of switches and parameters that is not kept by tenant."""
    for platform in broken:
        fresh, kept = platform.snapshots.fresh, []

        def shared(tenant_id: Any, fresh: Any = fresh, kept: Any = kept) -> Any:
            if (found := fresh(tenant_id)) is None:
                return None
            kept.append(found)
            return kept[-2] if len(kept) > 1 else found

        patch.setattr(platform.snapshots, "fresh", shared)


def scopes_kept_by_action(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """A memo of scopes without the principal in its key."""
    for platform in broken:
        scope, kept = platform.policy.scope, {}

        def shared(
            principal: Any, switches: Any, action: Any, scope: Any = scope, kept: Any = kept
        ) -> Any:
            name = str(action)
            if name not in kept:
                kept[name] = scope(principal, switches, action)
            return kept[name]

        patch.setattr(platform.policy, "scope", shared)


def connections_that_stay_with_a_tenant(
    patch: Any, broken: list[Platform], foreign: frozenset[str]
) -> None:
    """Every third read goes to where the last one went: a pool that mixes tenants up."""
    for platform in broken:
        home, last = platform.homes.default, []

        async def mixed(
            tenant_id: Any, statements: Any, read: Any = home.read, last: Any = last
        ) -> Any:
            last.append(tenant_id)
            other = next((each for each in reversed(last) if each != tenant_id), tenant_id)
            if len(last) % 3:
                return await read(tenant_id, statements)
            swapped = {tenant_id: other, tenant_id.hex: other.hex}
            moved = [
                (sql, [value if isinstance(value, list) else swapped.get(value, value)
                       for value in values])
                for sql, values in statements
            ]  # fmt: skip
            return await read(other, moved)

        patch.setattr(home, "read", mixed)


def refusals_that_know_better(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """An error that says whether a row exists where one may not look."""
    respond = Answering.respond

    async def telling(self: Any, speaker: Any, asked: Any) -> Any:
        status, body = await respond(self, speaker, asked)
        named = foreign & {each for each in (asked.get("variables") or {}).values()
                           if isinstance(each, str)}  # fmt: skip
        if speaker.platform in broken and named and b"null" in body:
            body = (
                body[:-1] + b', "errors": [{"message": "", "extensions": {"code": "FORBIDDEN"}}]}'
            )
        return status, body

    patch.setattr(Answering, "respond", telling)


def statements_for_everybody(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """More is read the more others hold: whoever takes the time learns how much."""
    respond = Answering.respond

    async def laborious(self: Any, speaker: Any, asked: Any) -> Any:
        if speaker.platform in broken:
            for entry in await speaker.platform.directory.entries():
                await speaker.platform.homes.default.read(entry.id, [("SELECT 1", ())])
        return await respond(self, speaker, asked)

    patch.setattr(Answering, "respond", laborious)


def _everybody(self: Pages) -> Any:
    row = self.entity.table.alias("q")
    return select(func.count()).select_from(row).scalar_subquery()


def counts_of_everybody(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """The scope of a list is forgotten in its count."""
    patch.setattr(Pages, "_total", _everybody)


def pages_that_go_on(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """More is said to follow where only rows follow that one may not see."""
    page_field = Pages._page_field

    def going_on(self: Pages, chosen: Any, kind: Any) -> str:
        code = page_field(self, chosen, kind)
        if chosen.name != "hasNextPage":
            return code
        self.needs_total = True
        return "total > first"

    patch.setattr(Pages, "_total", _everybody)
    patch.setattr(Pages, "_page_field", going_on)


def lists_that_forget_their_scope(
    patch: Any, broken: list[Platform], foreign: frozenset[str]
) -> None:
    """The scope of a list is forgotten once it is filtered, or beside another condition."""
    patch.setattr(pages, "narrowed", lambda unit, place, permission: None)


def totals_of_everybody(patch: Any, broken: list[Platform], foreign: frozenset[str]) -> None:
    """Kept figures are added up without an end of the subtree."""
    patch.setattr(totals, "_beyond", lambda path: literal("~"))


LEAKS = {
    leak.plant.__name__: leak
    for leak in (
        Leak(answers_kept_by_document),
        Leak(switches_of_whoever_asked_before),
        Leak(scopes_kept_by_action),
        Leak(connections_that_stay_with_a_tenant),
        Leak(refusals_that_know_better),
        Leak(statements_for_everybody),
        Leak(counts_of_everybody, _of("totalCount"), compiled=True),
        Leak(pages_that_go_on, _of("hasNextPage"), compiled=True),
        Leak(lists_that_forget_their_scope, _of("nodes", "edges"), compiled=True),
        Leak(totals_of_everybody, _of("memberCount"), compiled=True),
    )
}
