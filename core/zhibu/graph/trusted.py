"""Trusted documents: asked for by their SHA-256, so that a console asks what it was made to ask.

`open`: any document may be asked, by text or by id. `allow`: by text too, if it is registered.
`only`: by id alone. Machines, or whoever holds a role, may be let out of it by a setting.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import BodyUnreadable, DocumentNotTrusted, DocumentUnknown
from zhibu.settings import SettingInvalid, Settings

MANIFEST = "documents.json"  # in the data folder, kept by `zhibu documents`
LOOK_EVERY = 2.0  # seconds between two looks at the files
SETTING = "document_manifests"


class Mode(StrEnum):
    OPEN = "open"
    ALLOW = "allow"
    ONLY = "only"


class Trusted:
    """The documents of the manifests, read again when a file has changed."""

    def __init__(self, settings: Settings) -> None:
        try:
            self.mode = Mode(settings.documents)
        except ValueError as error:
            fault = "one of open, allow, only"
            raise SettingInvalid(
                setting="documents", value=settings.documents, fault=fault
            ) from error
        self._free = frozenset(settings.documents_free)
        self._files = [settings.data / MANIFEST, *map(Path, settings.document_manifests)]
        self._looked = 0.0
        self._seen: list[float] | None = None
        self._documents: Mapping[str, str] = {}
        self._read()

    def requested(self, asked: Mapping[str, Any]) -> tuple[str, bool]:
        """The document that is asked for, and whether it counts as trusted.

        Raises `DocumentUnknown` for an id that nobody registered, `BodyUnreadable` for none at all.
        """
        text, id = asked.get("query"), _id_of(asked)
        if id is None:
            if not isinstance(text, str):
                raise BodyUnreadable(fault="a `query` or a `documentId` is expected")
            registered = self.mode is Mode.ALLOW and digest(text) in self._current()
            return text, self.mode is Mode.OPEN or registered
        found = self._current().get(id)
        if text is not None and (not isinstance(text, str) or digest(text) != id):
            raise BodyUnreadable(fault="the `query` is not the document of its id")
        if found is None:
            raise DocumentUnknown()
        return found, True

    def require(self, speaker: Context | Visit, asked: Mapping[str, Any]) -> None:
        """Raise `DocumentNotTrusted` unless this caller may ask this document in this way."""
        if not asked["trusted"] and not self._is_free(speaker):
            raise DocumentNotTrusted()

    def _is_free(self, speaker: Context | Visit) -> bool:
        if not isinstance(speaker, Context):
            return False
        caller = speaker.caller
        roles = {each.role for each in caller.principal.assignments}
        return caller.via in self._free or bool(roles & self._free)

    def _current(self) -> Mapping[str, str]:
        if monotonic() - self._looked >= LOOK_EVERY:
            self._read()
        return self._documents

    def _read(self) -> None:
        self._looked = monotonic()
        seen = [file.stat().st_mtime if file.exists() else 0.0 for file in self._files]
        if seen != self._seen:
            self._documents = {
                id: text
                for file in self._files
                if file.exists() or file.name != MANIFEST
                for id, text in read(file).items()
            }
            self._seen = seen


def digest(text: str) -> str:
    """The id of a document."""
    return sha256(text.encode()).hexdigest()


def read(file: Path) -> dict[str, str]:
    """The documents of a manifest by id. Raises `SettingInvalid`.

    A manifest is an object of texts by id, or what Apollo's tools write.
    """
    try:
        content = json.loads(file.read_text("utf-8"))
        pairs: Iterable[tuple[str, str]] = (
            [(each["id"], each["body"]) for each in content["operations"]]
            if isinstance(content.get("operations"), list)
            else content.items()
        )
        found = {id.removeprefix("sha256:"): text for id, text in pairs}
        wrong = [id for id, text in found.items() if digest(text) != id]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingInvalid(setting=SETTING, value=str(file), fault=str(error)) from error
    if wrong:
        fault = f"{wrong[0]} is not the SHA-256 of its document"
        raise SettingInvalid(setting=SETTING, value=str(file), fault=fault)
    return found


def _id_of(asked: Mapping[str, Any]) -> str | None:
    """The id in a request: `documentId`, or as Apollo's clients send it."""
    id = asked.get("documentId")
    if id is None:
        extensions = asked.get("extensions")
        persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
        id = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if id is not None and not isinstance(id, str):
        raise BodyUnreadable(fault="`documentId` must be a string")
    return id.removeprefix("sha256:").lower() if id is not None else None
