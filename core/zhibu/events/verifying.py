"""Verifying the ledger: the chain, the columns beside it, its head, and notes kept elsewhere."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import orjson

from zhibu.events.chain import genesis, link
from zhibu.events.notes import Note, standing, unsigned
from zhibu.storage.homes import Home

MOST_FAULTS = 100
_PAGE = 5_000

Kind = Literal["gap", "chain", "columns", "head", "truncated", "rewritten", "unsigned"]
Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, at which entry.

    `gap`: entries are missing before it. `chain`: its body, or the link to the one before, was
    changed. `columns`: what is searched for says other than the body. `head`: the chain ends
    elsewhere than its head says. `truncated`: a note knows of entries from this one on, which are
    not there. `rewritten`: a note says that it was another one. `unsigned`: a note that our key
    did not sign.
    """

    seq: int
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class Verified:
    """How many entries were read, up to which one, and every fault, up to `MOST_FAULTS`."""

    entries: int
    last: int
    hash: bytes
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults

    @property
    def first(self) -> int | None:
        """The first entry that is not as it was."""
        return min((fault.seq for fault in self.faults), default=None)


async def verify(
    home: Home,
    tenant_id: UUID,
    notes: Sequence[Note] = (),
    *,
    since: int = 0,
    on_page: Callable[[int], None] = lambda entries: None,
) -> Verified:
    """Read the ledger of a tenant, a page at a time, and compare everything with everything.

    `since` begins after that entry, taking its hash for granted unless a note knows better.
    Entries written meanwhile do no harm: what counts is that the head known at the beginning is
    reached with the hash it had, and that nothing lies beyond the head known at the end.
    """
    comparison = Comparison(tenant_id, standing(notes, tenant_id.hex))
    head = await head_of(home, tenant_id)
    if head is not None and head[0] > since:
        comparison.expect(head[0], "head", head[1])
    if since and not comparison.begin(since, await _hash_of(home, tenant_id, since)):
        return comparison.found()
    async for rows in _pages(home, tenant_id, since):
        await asyncio.to_thread(comparison.take, rows)  # requests go on beside it
        on_page(comparison.entries)
        if len(comparison.faults) >= MOST_FAULTS:
            break
    else:
        return comparison.ended(await head_of(home, tenant_id))
    return comparison.found()


class Comparison:
    """What is expected of a ledger, and what was found so far."""

    def __init__(self, tenant_id: UUID, notes: Sequence[Note]) -> None:
        self.entries = 0
        self.faults = [Fault(seq=note.seq, kind="unsigned") for note in unsigned(notes)]
        self._tenant = tenant_id.hex
        self._last, self._previous = 0, genesis(tenant_id)
        self._wanted: dict[int, list[tuple[Kind, bytes, Note | None]]] = {}
        for note in notes:
            if note.tenant:
                self.expect(note.seq, "rewritten", note.hash, note)

    def expect(self, seq: int, kind: Kind, hash: bytes, note: Note | None = None) -> None:
        """That this entry has this hash, or else is a fault of this kind."""
        self._wanted.setdefault(seq, []).append((kind, hash, note))

    def begin(self, since: int, hash: bytes | None) -> bool:
        """Take the entries up to this one for granted; False where it is not there."""
        self._wanted = {seq: wanted for seq, wanted in self._wanted.items() if seq >= since}
        if hash is None:
            self.faults.append(Fault(seq=since, kind="gap"))
            return False
        self._last, self._previous = since, hash
        self._meet(since, hash)
        return True

    def take(self, rows: Sequence[Row]) -> None:
        """Compare the next entries with those before, with their columns, and with the notes."""
        last, previous = self._last, self._previous
        for row in rows:
            seq, body, linked, hashed = row[:4]
            raw = body.encode()
            if seq != last + 1:
                self.faults.append(Fault(seq=seq, kind="gap"))
            if linked != previous or hashed != link(previous, raw):
                self.faults.append(Fault(seq=seq, kind="chain"))
            if not _agrees(row, raw, self._tenant):
                self.faults.append(Fault(seq=seq, kind="columns"))
            if seq in self._wanted:
                self._meet(seq, hashed)
            previous, last = hashed, seq
        self._last, self._previous = last, previous
        self.entries += len(rows)

    def ended(self, head: tuple[int, bytes] | None) -> Verified:
        """There are no more entries: what was expected beyond them is missing."""
        for seq, wanted in sorted(self._wanted.items()):
            for kind, _, note in wanted:
                if note is None:
                    self.faults.append(Fault(seq=seq, kind=kind))
                elif note.signed:
                    self.faults.append(Fault(seq=self._last + 1, kind="truncated"))
        if self._last > (head[0] if head else 0):
            self.faults.append(Fault(seq=self._last, kind="head"))
        return self.found()

    def found(self) -> Verified:
        faults = tuple(dict.fromkeys(self.faults))[:MOST_FAULTS]
        return Verified(entries=self.entries, last=self._last, hash=self._previous, faults=faults)

    def _meet(self, seq: int, hash: bytes) -> None:
        for kind, known, note in self._wanted.pop(seq, ()):
            if known != hash:  # who wrote a note matters only where it contradicts
                told = "unsigned" if note is not None and not note.signed else kind
                self.faults.append(Fault(seq=seq, kind=told))


def _agrees(row: Row, raw: bytes, tenant: str) -> bool:
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
        "encode(uuid_send(id), 'hex'),"
        """ to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), event,"""
        " encode(uuid_send(account_id), 'hex'), subject_kind,"
        " encode(uuid_send(subject_id), 'hex'), encode(uuid_send(member_id), 'hex'),"
        " path, facts::text"
    ),
}
# Without statistics, after a large import say, PostgreSQL would sort the whole ledger for a page.
_BEFORE = {"sqlite": [], "postgresql": [("SET LOCAL enable_sort = off", ())]}


async def _pages(home: Home, tenant_id: UUID, since: int) -> AsyncIterator[list[Row]]:
    mark, tenant = _in_words(home, tenant_id)
    sql = (
        f"SELECT seq, body, previous, hash, {_COLUMNS[home.name]} FROM core_ledger"  # noqa: S608  # nosec B608  # names of ours
        f" WHERE tenant_id = {mark} AND seq > {mark} ORDER BY seq LIMIT {_PAGE}"
    )
    after = since or -(2**63)  # below every number an attacker may have chosen
    while True:
        *_, rows = await home.read(tenant_id, [*_BEFORE[home.name], (sql, (tenant, after))])
        if not rows:
            return
        yield rows
        after = rows[-1][0]


async def head_of(home: Home, tenant_id: UUID) -> tuple[int, bytes] | None:
    """The number and the hash of the last entry, as the ledger's own head has them."""
    mark, tenant = _in_words(home, tenant_id)
    sql = f"SELECT seq, hash FROM core_ledger_head WHERE tenant_id = {mark}"  # noqa: S608  # nosec B608  # a placeholder
    (rows,) = await home.read(tenant_id, [(sql, (tenant,))])
    return (rows[0][0], rows[0][1]) if rows else None


async def _hash_of(home: Home, tenant_id: UUID, seq: int) -> bytes | None:
    mark, tenant = _in_words(home, tenant_id)
    sql = f"SELECT hash FROM core_ledger WHERE tenant_id = {mark} AND seq = {mark}"  # noqa: S608  # nosec B608  # a placeholder
    (rows,) = await home.read(tenant_id, [(sql, (tenant, seq))])
    return rows[0][0] if rows else None


def _in_words(home: Home, tenant_id: UUID) -> tuple[str, Any]:
    """The driver's placeholder, and the tenant as that database keeps it."""
    return ("?", tenant_id.hex) if home.name == "sqlite" else ("%s", tenant_id)
