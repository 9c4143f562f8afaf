"""What messages say, sealed for the institution that keeps them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from zhibu.act import Act
from zhibu.exchange.rules import Told
from zhibu.exchange.store import Row
from zhibu.storage.encryption import Place


def plain(body: Mapping[str, Any]) -> str:
    """The text of a body. Raises `TypeError` for what JSON cannot hold."""
    return orjson.dumps(dict(body), option=orjson.OPT_SORT_KEYS).decode()


def seal(act: Act, id: UUID, text: str) -> bytes:
    return act.keyring.seal(_place(act, id), text)


def told(act: Act, row: Row) -> Told:
    """A message of this home, opened. Raises `SealBroken`."""
    body = act.keyring.open(_place(act, row.id), row.body_sealed)
    return Told(
        id=row.id,
        kind=row.kind,
        counterpart=row.counterpart_code,
        counterpart_name=row.counterpart_name or "",
        about=row.about,
        number=row.number,
        path=row.path,
        sent_at=row.created_at,
        body=orjson.loads(body),
    )


def _place(act: Act, id: UUID) -> Place:
    return Place(act.tenant_id, "core_exchange", "body_sealed", id)
