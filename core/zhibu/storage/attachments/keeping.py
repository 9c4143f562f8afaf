"""Files people hand in: kept by their SHA-256, apart for each tenant, typed by what is in them.

They are sealed from the first byte that reaches the disk: workbooks hold identity numbers. Nothing
here asks who may see a file; whoever serves one has asked the policy before.
"""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from uuid import UUID, uuid4

from zhibu.storage.attachments.disk import keep, new, older, on_disk
from zhibu.storage.attachments.errors import (
    AttachmentDamaged,
    AttachmentEmpty,
    AttachmentMissing,
    AttachmentTooLarge,
)
from zhibu.storage.attachments.kinds import ENDINGS, media_type_of
from zhibu.storage.attachments.scanning import Scanner
from zhibu.storage.encryption import Keyring, Place, SealBroken
from zhibu.storage.encryption.contents import (
    PART,
    WHERE,
    Box,
    Reading,
    Writing,
    head,
    opened,
)

NOTHING = "0" * 64  # the digest of a content before it is known


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What came in. `sha256` is 64 hexadecimal digits, `size` bytes."""

    sha256: str
    size: int
    media_type: str

    @property
    def endings(self) -> tuple[str, ...]:
        """How a name may end of what is in it; the first one is given to names that do not."""
        return ENDINGS[self.media_type]


class Attachments:
    """The files of one installation, `folder/<tenant>/<two digits>/<sha256>`.

    Sealed, each is bound to its tenant and to the digest of what is in it.
    """

    def __init__(self, folder: Path, keyring: Keyring, scanner: Scanner | None = None) -> None:
        self._folder = folder
        self._keyring = keyring
        self._scanner = scanner or Scanner(None)

    async def put(
        self,
        tenant_id: UUID,
        stream: AsyncIterable[bytes],
        limit: int,
        *,
        made: str | None = None,
    ) -> Stored:
        """Keep the bytes of a stream, or nothing of them.

        What the house itself `made`, of such a type, is neither judged nor scanned.

        Raises `AttachmentTooLarge` as soon as `limit` is passed, `AttachmentEmpty`,
        `AttachmentTypeRefused`, `AttachmentInfected`, `ScannerAway` and `StorageFull`.
        """
        draft = self._folder / tenant_id.hex / f"{uuid4().hex}.part"
        digest, size = hashlib.sha256(), 0
        file = await on_disk(new, draft)
        try:
            try:
                scanner = Scanner(None) if made else self._scanner
                async with scanner.looking() as look:
                    sealing = Writing(file, self._keyring, _place(tenant_id, NOTHING))
                    async for chunk in stream:
                        size += len(chunk)
                        if size > limit:
                            raise AttachmentTooLarge(limit=limit)
                        digest.update(chunk)
                        await look.at(chunk)
                        await on_disk(sealing.write, chunk)
                    if not size:
                        raise AttachmentEmpty()
                    whole = await on_disk(sealing.finish)
                    if made is None:
                        made = await on_disk(media_type_of, whole)
                    await look.end()
                sha256 = digest.hexdigest()
                await on_disk(sealing.belongs, _place(tenant_id, sha256))
            finally:
                await on_disk(file.close)
            await on_disk(keep, draft, self._path(tenant_id, sha256))
        finally:
            draft.unlink(missing_ok=True)
        return Stored(sha256=sha256, size=size, media_type=made)

    def open(self, tenant_id: UUID, sha256: str) -> BufferedReader:
        """The file, opened for reading. Raises `AttachmentMissing`, `SealBroken`."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise AttachmentMissing()
        try:
            file = self._path(tenant_id, sha256).open("rb")
        except FileNotFoundError as error:
            raise AttachmentMissing() from error
        try:
            return opened(file, self._keyring, _place(tenant_id, sha256))
        except BaseException:
            file.close()
            raise

    def read(self, tenant_id: UUID, sha256: str) -> bytes:
        """All of a small file. Raises what `open` does."""
        with self.open(tenant_id, sha256) as file:
            return file.read()

    def verify(self, tenant_id: UUID, sha256: str) -> None:
        """Raises `AttachmentDamaged` when the content is not what the name says."""
        try:
            with self.open(tenant_id, sha256) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except SealBroken as error:
            raise AttachmentDamaged(sha256=sha256) from error
        if found != sha256:
            raise AttachmentDamaged(sha256=sha256)

    def numbers(self, tenant_id: UUID) -> Counter[int]:
        """How many files are sealed under each master key."""
        found: Counter[int] = Counter()
        for path in self._kept(tenant_id):
            with suppress(FileNotFoundError), path.open("rb") as file:
                found[self._keyring.key_of(head(file))] += 1
        return found

    def renew(self, tenant_id: UUID) -> tuple[int, int]:
        """Seal anew, under the current master key, the keys of all files that are under others.

        Answers how many, and how many opened under no key. A file is replaced as a whole.
        """
        done, broken = 0, 0
        for path in self._kept(tenant_id):
            try:
                done += self._renewed(path, _place(tenant_id, path.name))
            except FileNotFoundError:
                continue  # thrown away meanwhile
            except SealBroken:
                broken += 1
        return done, broken

    def _renewed(self, path: Path, place: Place) -> bool:
        with path.open("rb") as file:
            current, family = self._keyring.is_current(head(file)), self._keyring.cipher
            box = Box.read(self._keyring, place, file)
            if current and box.cipher is family:
                return False
            draft = path.parent.parent / f"{uuid4().hex}.part"
            with new(draft) as anew:
                if box.cipher is family:
                    anew.write(box.lock(self._keyring, place))
                    shutil.copyfileobj(file, anew)
                else:
                    sealing = Writing(anew, self._keyring, place)
                    shutil.copyfileobj(Reading(file, box, file.tell()), sealing, PART)
                    sealing.finish()
                    sealing.belongs(place)
        try:
            since = path.stat()
            os.utime(draft, ns=(since.st_atime_ns, since.st_mtime_ns))  # handed in as long ago
            keep(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        return True

    def left_from(self, tenant_id: UUID, before: datetime) -> list[str]:
        """The digests of what was handed in before a moment, whether any file has it or not.

        What a process that died then had begun is ended: drafts go, what it had put aside to
        discard comes back, to be asked about anew.
        """
        folder = self._folder / tenant_id.hex
        for draft in older(folder.glob("*.part"), before):
            draft.unlink(missing_ok=True)
        for aside in older(folder.glob("??/*.gone"), before):
            with suppress(FileExistsError, FileNotFoundError):
                os.link(aside, aside.with_suffix(""))
            aside.unlink(missing_ok=True)
        return [path.name for path in older(self._kept(tenant_id), before)]

    def _kept(self, tenant_id: UUID) -> list[Path]:
        return [path for path in (self._folder / tenant_id.hex).glob("??/*") if not path.suffix]

    def discard(self, tenant_id: UUID, sha256: str, *, before: datetime) -> None:
        """Remove a content that no file has any more, unless it was handed in since `before`."""
        path = self._path(tenant_id, sha256)
        aside = path.with_suffix(".gone")
        try:
            os.replace(path, aside)
        except FileNotFoundError:
            return
        if aside.stat().st_mtime >= before.timestamp():
            with suppress(FileExistsError):
                os.link(aside, path)
        aside.unlink(missing_ok=True)

    def _path(self, tenant_id: UUID, sha256: str) -> Path:
        return self._folder / tenant_id.hex / sha256[:2] / sha256


def _place(tenant_id: UUID, sha256: str) -> Place:
    """Where a content belongs: its name is its digest, half of which is as long as an id."""
    return Place(tenant_id, *WHERE, UUID(sha256[:32]))
