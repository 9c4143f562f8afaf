"""What goes with a proposal: files of the kinds that its steps ask for, and what is sealed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from zhibu.act import Act
from zhibu.attachments.service import seen as file_seen
from zhibu.errors import Invalid
from zhibu.identifiers import new_id
from zhibu.procedures import names, store
from zhibu.procedures.errors import DocumentUnknown
from zhibu.procedures.rules.definition import Definition
from zhibu.procedures.rules.values import Case
from zhibu.procedures.service.loading import event
from zhibu.storage.attachments import AttachmentMissing
from zhibu.storage.encryption import Place as Sealed


async def add_document(act: Act, case: Case, kind: str, file: UUID) -> None:
    """Put a file with the procedure; the same one again changes nothing."""
    added = await store.add_document(
        act.session,
        act.tenant_id,
        {
            "id": new_id(),
            "procedure_id": case.id,
            "kind": kind,
            "attachment_id": file,
            "added_by": act.caller.account_id,
            "added_at": act.now,
        },
    )
    if added:
        event(act, names.DOCUMENT_ADDED, case, kind=kind)


async def document_faults(
    act: Act, definition: Definition, documents: Sequence[tuple[str, UUID]]
) -> list[Invalid]:
    """A document is of a kind that the procedure knows, and a file that the caller may open."""
    known = {document.code for document in definition.documents}
    found: list[Invalid] = []
    for index, (kind, file) in enumerate(documents):
        try:
            await file_seen(act, file)
        except AttachmentMissing:
            found.append(DocumentUnknown(path=("documents", str(index))))
        else:
            if kind not in known:
                found.append(DocumentUnknown(path=("documents", str(index))))
    return found


def seal(act: Act, id: UUID, values: Any) -> bytes | None:
    if not values:
        return None
    return act.keyring.seal(_sealed_place(act, id), orjson.dumps(dict(values)).decode())


def opened(act: Act, case: Case) -> dict[str, str]:
    """What was sealed with the proposal."""
    if case.sealed is None:
        return {}
    found: dict[str, str] = orjson.loads(act.keyring.open(_sealed_place(act, case.id), case.sealed))
    return found


def _sealed_place(act: Act, id: UUID) -> Sealed:
    return Sealed(act.tenant_id, "core_procedure", "sealed", id)
