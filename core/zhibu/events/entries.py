"""An entry of the ledger: how it is written down, and what is read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from zhibu.act import Act, Event
from zhibu.basis import Basis
from zhibu.events.chain import link
from zhibu.events.errors import SensitiveInClear
from zhibu.events.sensitive import sensitive
from zhibu.identifiers import new_id


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Who did it, when, and from where."""

    at: datetime
    request_id: str
    by: str
    via: str
    account_id: UUID | None = None
    credential_id: UUID | None = None
    overseer: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger as it reads back. `basis` and the origin come from the hashed body."""

    seq: int
    id: UUID
    at: datetime
    event: str
    account_id: UUID | None
    subject_kind: str
    subject_id: UUID | None
    member_id: UUID | None
    path: str | None
    facts: Mapping[str, Any]
    by: str
    via: str
    overseer: str | None
    address: str | None
    request_id: str
    basis: Basis | None


def origin_of(act: Act) -> Origin:
    caller = act.caller
    return Origin(
        at=act.now,
        request_id=act.request_id,
        by=caller.name,
        via=caller.via,
        account_id=caller.account_id,
        credential_id=caller.credential_id,
        overseer=caller.overseer,
        address=caller.address,
    )


def moment(at: datetime) -> str:
    """A moment as every body writes it: UTC, microseconds, `Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def row_of(
    tenant_id: UUID, seq: int, previous: bytes, origin: Origin, event: Event
) -> dict[str, Any]:
    """The row of an event: its canonical body (sorted keys, compact, UTF-8) and the columns.

    Raises `SensitiveInClear`; `TypeError` for facts that JSON cannot hold.
    """
    kind, subject = event.subject
    facts = _json(event.facts)
    id = new_id()
    body = _json(
        {
            "account": _hex(origin.account_id),
            "address": origin.address,
            "at": moment(origin.at),
            "basis": _of_basis(event.basis),
            "by": origin.by,
            "credential": _hex(origin.credential_id),
            "event": event.name,
            "facts": orjson.Fragment(facts),
            "id": id.hex,
            "member": _hex(event.member_id),
            "overseer": origin.overseer,
            "path": event.path,
            "request": origin.request_id,
            "seq": seq,
            "subject": [kind, _hex(subject)],
            "tenant": tenant_id.hex,
            "via": origin.via,
        }
    )
    text = body.decode()
    if sensitive(text):
        raise SensitiveInClear(event=event.name)
    return {
        "tenant_id": tenant_id,
        "seq": seq,
        "id": id,
        "at": origin.at,
        "event": event.name,
        "account_id": origin.account_id,
        "subject_kind": kind,
        "subject_id": subject,
        "member_id": event.member_id,
        "path": event.path,
        "facts": orjson.loads(facts),
        "body": text,
        "previous": previous,
        "hash": link(previous, body),
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """The entry of a row of `core_ledger`."""
    body = orjson.loads(row["body"])
    basis = body["basis"]
    if basis is not None:
        since = basis["since"]
        basis = Basis(**{**basis, "since": date.fromisoformat(since) if since else None})
    return Entry(
        seq=row["seq"],
        id=row["id"],
        at=row["at"],
        event=row["event"],
        account_id=row["account_id"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        member_id=row["member_id"],
        path=row["path"],
        facts=row["facts"],
        by=body["by"],
        via=body["via"],
        overseer=body["overseer"],
        address=body["address"],
        request_id=body["request"],
        basis=basis,
    )


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case set() | frozenset():
            return sorted(value)
        case Mapping():
            return dict(value)
    raise TypeError(f"a fact cannot be {type(value).__name__}")


def _hex(id: UUID | None) -> str | None:
    return id.hex if id else None


def _of_basis(basis: Basis | None) -> dict[str, Any] | None:
    if basis is None:
        return None
    return {
        "article": basis.article,
        "clause": basis.clause,
        "document": basis.document,
        "since": basis.since,
        "value": basis.value,
    }
