"""Notes of where a ledger stands: kept in several places, and read back from anywhere."""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from zhibu.events.anchors import FOLDER, Anchors
from zhibu.events.errors import CheckpointNotWritten, LedgerUnsound
from zhibu.events.notary import PUBLIC, SECRET, Notary, _written_once, public_key
from zhibu.events.notes import Note, notes_in, standing
from zhibu.identifiers import new_id
from zhibu.mail import SmtpMail, written
from zhibu.settings import Settings
from zhibu.storage.homes import Home, Homes
from zhibu.testing.mail import mail_server
from zhibu.testing.tampering import Attacker, cut_the_tail_and_mend_the_head

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def anchors(settings: Settings, elsewhere: Path) -> Anchors:
    return Anchors(replace(settings, checkpoint_folders=(elsewhere,)))


@pytest.fixture
def home(homes: Homes, tenant_id: UUID) -> Home:
    return homes.home(tenant_id)


def kept(anchors: Anchors, tenant_id: UUID) -> list[list[int]]:
    """The numbers that each place knows."""
    return [[note.seq for note in place.notes(tenant_id)] for place in anchors.places]


async def test_a_note_is_taken_in_every_place_and_only_after_something_new(
    anchors: Anchors, settings: Settings, home: Home, tenant_id: UUID, write
) -> None:
    assert not await anchors.behind(home, tenant_id)
    assert await anchors.checkpoint(home, tenant_id, NOON) is None
    await write("members.corrected", "members.corrected")
    assert await anchors.behind(home, tenant_id)
    note = await anchors.checkpoint(home, tenant_id, NOON)
    assert note is not None
    assert note.seq == 2
    assert not await anchors.behind(home, tenant_id)
    assert await anchors.checkpoint(home, tenant_id, NOON) is None
    assert kept(anchors, tenant_id) == [[2], [2]]
    secret = settings.data / FOLDER / SECRET
    assert secret.stat().st_mode & 0o077 == 0


async def test_a_place_that_is_away_keeps_no_other_waiting_and_catches_up(
    settings: Settings, tmp_path: Path, home: Home, tenant_id: UUID, write
) -> None:
    folder = tmp_path / "not mounted"
    anchors = Anchors(replace(settings, checkpoint_folders=(folder,)))
    for _ in range(2):
        await write("members.corrected")
        with pytest.raises(CheckpointNotWritten):
            await anchors.checkpoint(home, tenant_id, NOON)
    assert await anchors.behind(home, tenant_id)
    os.mkdir(folder)  # nobody else did: perhaps nothing is mounted there
    assert await anchors.checkpoint(home, tenant_id, NOON) is not None
    assert kept(anchors, tenant_id) == [[1, 2], [2]]


async def test_processes_that_sign_at_once_leave_one_note(
    settings: Settings, elsewhere: Path, home: Home, tenant_id: UUID, write
) -> None:
    await write("members.corrected")
    several = [Anchors(replace(settings, checkpoint_folders=(elsewhere,))) for _ in range(4)]
    await asyncio.gather(*(each.checkpoint(home, tenant_id, NOON) for each in several))
    assert kept(several[0], tenant_id) == [[1], [1]]
    assert len({each.notary.public.public_bytes_raw() for each in several}) == 1


async def test_half_a_line_left_by_a_crash_does_no_harm(
    anchors: Anchors, elsewhere: Path, home: Home, tenant_id: UUID, write
) -> None:
    await write("members.corrected")
    await anchors.checkpoint(home, tenant_id, NOON)
    file = elsewhere / f"{tenant_id.hex}.notes"
    with file.open("ab") as opened:
        opened.write(b'{"tenant": "')
    assert not (await anchors.verify(home, tenant_id)).sound
    await write("members.corrected")
    await anchors.checkpoint(home, tenant_id, NOON)
    assert [note.seq for note in anchors.places[1].notes(tenant_id)] == [1, 0, 2]
    assert (await anchors.verify(home, tenant_id)).sound


async def test_after_a_restore_the_ledger_goes_on_once_somebody_says_so(
    anchors: Anchors, settings: Settings, home: Home, tenant_id: UUID, write
) -> None:
    await write(*["members.corrected"] * 40)
    await anchors.checkpoint(home, tenant_id, NOON)
    cut_the_tail_and_mend_the_head(Attacker(settings, tenant_id))  # an older state, as restored
    with pytest.raises(LedgerUnsound):
        await anchors.checkpoint(home, tenant_id, NOON)
    accepted = await anchors.checkpoint(home, tenant_id, NOON, restored=True)
    assert accepted is not None
    assert accepted.seq == 30
    await write(*["members.corrected"] * 20)
    await anchors.checkpoint(home, tenant_id, NOON)
    assert kept(anchors, tenant_id) == [[40, 30, 50]] * 2
    found = await anchors.verify(home, tenant_id)
    assert (found.sound, found.entries) == (True, 50)
    cut_the_tail_and_mend_the_head(Attacker(settings, tenant_id))
    assert (await anchors.verify(home, tenant_id)).first == 31


async def test_nobody_says_so_but_the_notary(
    anchors: Anchors, settings: Settings, tmp_path: Path, home: Home, tenant_id: UUID, write
) -> None:
    await write(*["members.corrected"] * 40)
    await anchors.checkpoint(home, tenant_id, NOON)
    cut_the_tail_and_mend_the_head(Attacker(settings, tenant_id))
    stranger = Notary.open(tmp_path / "stranger")
    forged = stranger.sign(tenant_id, 30, b"x" * 32, NOON, restored=True)
    with (settings.data / FOLDER / f"{tenant_id.hex}.notes").open("ab") as opened:
        opened.write(forged.line)
    kinds = {fault.kind for fault in (await anchors.verify(home, tenant_id)).faults}
    assert kinds == {"truncated", "unsigned"}


@pytest.fixture
def note(tmp_path: Path) -> Note:
    return Notary.open(tmp_path / "notary").sign(UUID(int=7), 12, b"\x00\xff" * 16, NOON)


def test_a_note_is_found_in_whatever_surrounds_it(note: Note, tmp_path: Path) -> None:
    key = public_key(tmp_path / "notary" / PUBLIC)
    restored = replace(note, restored=True)
    restored = Notary.open(tmp_path / "notary").sign(
        UUID(int=7), 12, note.hash, NOON, restored=True
    )
    for one in (note, restored):
        quoted = "\n".join(f"    {line}" for line in one.letter.splitlines())
        for content in (one.line, one.letter.encode(), f"截至……\n{quoted}\n谢谢".encode()):
            (found,) = notes_in(content, key)
            assert found == one
            assert found.signed
    changed = note.letter.replace("\n12\n", "\n11\n").encode()
    assert [each.signed for each in notes_in(changed, key)] == [False]
    assert notes_in(b"nothing at all", key) == []


async def test_a_saved_mail_is_a_note(note: Note, tmp_path: Path) -> None:
    key = public_key(tmp_path / "notary" / PUBLIC)
    text = f"截至六月十五日，台账记至第 12 条。\n\n    {note.letter}\n"
    async with mail_server() as server:
        mail = SmtpMail(
            Settings(mail_host="127.0.0.1", mail_port=server.port, mail_encryption="none")
        )
        await mail.send(["audit@example.cn"], "台账检查点", text, key="k", at=NOON)
    for message in (server.received[0], written("a@b.cn", ["c@d.cn"], "s", text, key="k", at=NOON)):
        (found,) = notes_in(message.as_bytes(), key)
        assert found == note
        assert found.signed


def test_notes_of_different_moments_differ(note: Note, tmp_path: Path) -> None:
    later = Notary.open(tmp_path / "notary").sign(
        UUID(int=7), 12, note.hash, NOON + timedelta(seconds=1)
    )
    assert later.signature != note.signature


async def test_notes_that_cannot_be_read_are_named_and_none_are_none(
    anchors: Anchors, elsewhere: Path, home: Home, tenant_id: UUID, write
) -> None:
    await write("members.corrected")
    await anchors.checkpoint(home, tenant_id, NOON)
    place, stranger = anchors.places[1], new_id()
    assert (place.notes(stranger), place.last(stranger)) == ([], None)
    file = elsewhere / f"{tenant_id.hex}.notes"
    file.unlink()
    file.mkdir()
    for read in (place.notes, place.last):
        with pytest.raises(CheckpointNotWritten) as caught:
            read(tenant_id)
        assert caught.value.facts["folder"] == str(elsewhere)


def test_the_first_key_that_is_written_stays(tmp_path: Path) -> None:
    """Of two processes that begin at once, the second takes the key of the first."""
    for content in (b"first", b"second"):
        _written_once(tmp_path / "key", content)
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_notes_of_another_institution_say_nothing(note: Note, tmp_path: Path) -> None:
    other = Notary.open(tmp_path / "notary").sign(UUID(int=8), 3, note.hash, NOON)
    assert standing([other, note], note.tenant) == [note]
