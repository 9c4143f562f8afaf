"""Sealed fields open where they belong, for whom they belong, and nowhere else."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from zhibu.identifiers import new_id
from zhibu.storage.ciphers import CIPHERS, CipherUnknown, Sm4Gcm
from zhibu.storage.encryption import Keyring, KeysMissing, Place, SealBroken
from zhibu.storage.encryption.contents import Box

NUMBER = "11010519491231002X"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture(params=CIPHERS)
def keyring(path: Path, request: pytest.FixtureRequest) -> Keyring:
    return Keyring.create(path, request.param)


@pytest.fixture
def place() -> Place:
    return Place(new_id(), "core_member", "identity_number", new_id())


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"row": new_id()},
        {"column": "phone"},
        {"table": "core_account"},
        {"tenant_id": new_id()},
        {"table": "core_memberi", "column": "dentity_number"},
    ],
)
def test_a_value_moved_elsewhere_does_not_open(
    keyring: Keyring, place: Place, elsewhere: dict[str, object]
) -> None:
    sealed = keyring.seal(place, NUMBER)
    with pytest.raises(SealBroken):
        keyring.open(replace(place, **elsewhere), sealed)  # type: ignore[arg-type]
    assert keyring.open(place, sealed) == NUMBER


def test_no_bit_can_be_flipped_and_no_byte_cut(keyring: Keyring, place: Place) -> None:
    sealed = keyring.seal(place, NUMBER)
    for bit in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            keyring.open(place, bytes(altered))
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            keyring.open(place, sealed[:length])


def test_another_installation_opens_nothing(keyring: Keyring, place: Place, tmp_path: Path) -> None:
    other = Keyring.create(tmp_path / "other.json")
    with pytest.raises(SealBroken):
        other.open(place, keyring.seal(place, NUMBER))


def test_keys_are_never_overwritten(keyring: Keyring, path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        Keyring.create(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_keys_that_others_may_read_are_refused(keyring: Keyring, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(KeysMissing):
        Keyring.load(path)


@pytest.mark.parametrize("content", [None, "", "{}", '{"keys": {"1": "!"}}'])
def test_keys_that_cannot_be_read_are_named(path: Path, content: str | None) -> None:
    if content is not None:
        path.write_text(content)
        path.chmod(0o600)
    with pytest.raises(KeysMissing):
        Keyring.load(path)


def test_one_text_is_sealed_differently_each_time(keyring: Keyring, place: Place) -> None:
    assert keyring.seal(place, NUMBER) != keyring.seal(place, NUMBER)


def test_what_was_sealed_before_a_rotation_still_opens(
    keyring: Keyring, path: Path, place: Place
) -> None:
    sealed = keyring.seal(place, NUMBER)
    rotated = Keyring.rotate(path)
    assert rotated.open(place, sealed) == NUMBER
    assert keyring.is_current(sealed)
    assert not rotated.is_current(sealed)
    anew = rotated.seal(place, NUMBER)
    assert rotated.is_current(anew)
    assert Keyring.load(path).open(place, anew) == NUMBER
    assert keyring.open(place, anew) == NUMBER, "of another process, which looks for the key"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("family", CIPHERS)
def test_a_master_key_of_another_family_opens_and_finds_what_was_sealed_before(
    keyring: Keyring, path: Path, place: Place, family: str
) -> None:
    sealed, index = keyring.seal(place, NUMBER), keyring.index(place.tenant_id, "c", NUMBER)
    secret = keyring.secret("sessions")
    assert Keyring.add(path, family).cipher is keyring.cipher, "it waits"
    rotated = Keyring.rotate(path)
    assert rotated.ciphers == {1: keyring.cipher.name, 2: family}
    assert rotated.cipher.name == family
    assert rotated.open(place, sealed) == NUMBER
    anew = rotated.seal(place, NUMBER)
    assert keyring.open(place, anew) == NUMBER, "of another process, which looks for the key"
    assert Keyring.load(path).index(place.tenant_id, "c", NUMBER) == index
    assert Keyring.load(path).secret("sessions") == secret
    assert Keyring.rotate(path).cipher.name == family, "the next one is of the same family"
    assert Keyring.retire(path, 1).open(place, anew) == NUMBER


def test_a_family_that_nobody_knows_is_refused_and_the_file_stays_as_it_is(
    keyring: Keyring, path: Path
) -> None:
    before = path.read_bytes()
    with pytest.raises(CipherUnknown):
        Keyring.add(path, "rot13")
    assert path.read_bytes() == before


def test_a_file_from_before_there_were_families_opens(path: Path, place: Place) -> None:
    sealed = Keyring.create(path).seal(place, NUMBER)
    content = json.loads(path.read_text())
    del content["ciphers"]
    path.write_text(json.dumps(content))
    assert Keyring.load(path).open(place, sealed) == NUMBER


def test_sm4_seals_as_the_standard_says() -> None:
    """The example of RFC 8998, A.2.1: GCM with SM4."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    sealed = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert Sm4Gcm().open(key, nonce + sealed, bound) == plain


def test_a_key_taken_up_while_a_value_is_sealed_closes_it_to_nobody(
    keyring: Keyring, path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    Keyring.rotate(path)
    read = Keyring.current.fget

    def looked_at_meanwhile(ring: Keyring) -> int:  # as a thread that looks does, in between
        number: int = read(ring)  # type: ignore[misc]
        ring.look()
        return number

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "current", property(looked_at_meanwhile))
        sealed = keyring.seal(place, NUMBER)
    assert keyring.current == 2
    assert keyring.open(place, sealed) == NUMBER


def test_the_index_differs_by_tenant_column_and_installation(
    keyring: Keyring, tmp_path: Path
) -> None:
    a, b = new_id(), new_id()
    found = {
        keyring.index(a, "core_member.identity_number", NUMBER),
        keyring.index(b, "core_member.identity_number", NUMBER),
        keyring.index(a, "core_member.phone", NUMBER),
        Keyring.create(tmp_path / "other.json").index(a, "core_member.identity_number", NUMBER),
    }
    assert len(found) == 4
    assert {len(index) for index in found} == {16}


def test_the_index_is_the_same_after_a_rotation_and_however_it_is_typed(
    keyring: Keyring, path: Path
) -> None:
    tenant = new_id()
    index = keyring.index(tenant, "c", NUMBER)
    assert Keyring.rotate(path).index(tenant, "c", NUMBER) == index
    assert keyring.index(tenant, "c", " 11010519491231002x ") == index
    assert keyring.index(tenant, "c", "11010519491231002X") == index
    assert keyring.index(tenant, "c", "110105194912310021") != index


@pytest.mark.parametrize(
    "changed", [{"cipher": "rot13"}, {"ciphers": {"1": "rot13"}}, {"current": 9}]
)
def test_keys_of_no_known_cipher_or_number_are_refused(
    keyring: Keyring, path: Path, changed: dict[str, object]
) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changed}))
    with pytest.raises(KeysMissing, match="unknown"):
        Keyring.load(path)


def test_an_installation_is_told_from_others_by_a_fingerprint(
    keyring: Keyring, path: Path, tmp_path: Path
) -> None:
    assert Keyring.load(path).fingerprint == keyring.fingerprint
    assert Keyring.create(tmp_path / "other.json").fingerprint != keyring.fingerprint


def test_a_content_that_begins_with_no_key_does_not_open(keyring: Keyring, place: Place) -> None:
    sealed = keyring.seal(place, "no key of a content")
    with pytest.raises(SealBroken):
        Box.read(keyring, place, io.BytesIO(len(sealed).to_bytes(2, "big") + sealed))
