"""Verifying the ledger: the chain, the columns beside it, its head, and notes kept elsewhere."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import orjson

from zhibu.events.chain import genesis, link
from zhibu.events.checkpoints import Note
from zhibu.storage.homes import Home

MOST_FAULTS = 100
_PAGE = 5_000

Kind = Literal["gap", "chain", "columns", "head", "truncated", "rewritten", "unsigned"]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, at which entry.

    `gap`: entries are missing before it. `chain`: its body, or the link to the one before, was
    changed. `columns`: what is searched for says other than the body. `head`: the chain ends
    elsewhere than its head says. `truncated`, `rewritten`: a note of that entry contradicts.
    `unsigned`: a note that our key did not sign.
    """

    seq: int
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Verified:
    """How many entries were read and every fault found, up to `MOST_FAULTS`."""

    entries: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


async def verify(home: Home, tenant_id: UUID, notes: Iterable[Note] = ()) -> Verified:
    """Read the whole ledger of a tenant, a page at a time, and compare everything.

    Entries written meanwhile do no harm: what counts is that the head known at the beginning is
    reached with the hash it had, and that nothing lies beyond the head known at the end.
    """
    notes = list(notes)
    wanted: dict[int, list[tuple[Kind, bytes]]] = {}
    faults = [Fault(seq=note.seq, kind="unsigned") for note in notes if not note.signed]
    for note in notes:
        if note.signed and note.tenant == tenant_id.hex:
            wanted.setdefault(note.seq, []).append(("rewritten", note.hash))
    head = await _head(home, tenant_id)
    if head is not None and head[0]:
        wanted.setdefault(head[0], []).append(("head", head[1]))
    previous, last, count = genesis(tenant_id), 0, 0
    tenant = tenant_id.hex
    async for rows in _pages(home, tenant_id):
        for row in rows:
            seq, body, linked, hashed = row[:4]
            count += 1
            if seq != last + 1:
                faults.append(Fault(seq=seq, kind="gap"))
            raw = body.encode()
            if linked != previous or hashed != link(previous, raw):
                faults.append(Fault(seq=seq, kind="chain"))
            if not _agrees(row, raw, tenant):
                faults.append(Fault(seq=seq, kind="columns"))
            if seq in wanted:
                faults += [
                    Fault(seq=seq, kind=kind) for kind, known in wanted.pop(seq) if known != hashed
                ]
            previous, last = hashed, seq
        if len(faults) >= MOST_FAULTS:
            return Verified(entries=count, faults=tuple(faults[:MOST_FAULTS]))
    for seq, kinds in sorted(wanted.items()):
        faults += [
            Fault(seq=seq, kind="truncated" if kind == "rewritten" else kind) for kind, _ in kinds
        ]
    end = await _head(home, tenant_id)
    if last > (end[0] if end else 0):
        faults.append(Fault(seq=last, kind="head"))
    return Verified(entries=count, faults=tuple(faults))


def _agrees(row: tuple[Any, ...], raw: bytes, tenant: str) -> bool:
    """Whether the columns repeat what the body says."""
    try:
        body = orjson.loads(raw)
        kind, subject = body["subject"]
        return (
            body["tenant"] == tenant
            and body["seq"] == row[0]
            and (
                body["id"],
                body["at"],
                body["event"],
                body["account"],
                kind,
                subject,
                body["member"],
                body["path"],
            )
            == row[4:12]
            and bool(body["facts"] == orjson.loads(row[12]))
        )
    except (ValueError, KeyError, TypeError):
        return False


# Texts, so that rows are compared as the driver hands them over: no value is converted in Python.
_COLUMNS = {
    "sqlite": (
        "id, replace(at, ' ', 'T') || 'Z', event, account_id, subject_kind, subject_id,"
        " member_id, path, facts"
    ),
    "postgresql": (
        "replace(id::text, '-', ''),"
        """ to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), event,"""
        " replace(account_id::text, '-', ''), subject_kind, replace(subject_id::text, '-', ''),"
        " replace(member_id::text, '-', ''), path, facts::text"
    ),
}


async def _pages(home: Home, tenant_id: UUID) -> AsyncIterator[list[tuple[Any, ...]]]:
    mark, tenant = _in_words(home, tenant_id)
    sql = (
        f"SELECT seq, body, previous, hash, {_COLUMNS[home.name]} FROM core_ledger"
        f" WHERE tenant_id = {mark} AND seq > {mark} ORDER BY seq LIMIT {_PAGE}"
    )
    # Below every number an attacker may have chosen.
    after = -(2**63)
    while True:
        (rows,) = await home.read(tenant_id, [(sql, (tenant, after))])
        if not rows:
            return
        yield rows
        after = rows[-1][0]


async def _head(home: Home, tenant_id: UUID) -> tuple[int, bytes] | None:
    mark, tenant = _in_words(home, tenant_id)
    sql = f"SELECT seq, hash FROM core_ledger_head WHERE tenant_id = {mark}"
    (rows,) = await home.read(tenant_id, [(sql, (tenant,))])
    return (rows[0][0], rows[0][1]) if rows else None


def _in_words(home: Home, tenant_id: UUID) -> tuple[str, Any]:
    """The driver's placeholder, and the tenant as that database keeps it."""
    return ("?", tenant_id.hex) if home.name == "sqlite" else ("%s", tenant_id)
