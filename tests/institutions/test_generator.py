"""What is committed is what the generator writes, byte for byte on one machine."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


def generated(folder: Path, into: Path) -> Path:
    subprocess.run(
        [sys.executable, str(folder / "generate.py"), "--into", str(into)], check=True, timeout=120
    )
    return into


@pytest.fixture(scope="module")
def fresh(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(folder, tmp_path_factory.mktemp("fresh"))


def files(of: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(of)): path.read_bytes()
        for path in sorted(of.rglob("*"))
        if path.suffix in (".xlsx", ".yaml")
    }


def unpacked(content: bytes, where: Path) -> dict[str, bytes]:
    where.write_bytes(content)
    with zipfile.ZipFile(where) as archive:
        return {
            f"{entry.filename} {entry.date_time}": archive.read(entry)
            for entry in archive.infolist()
        }


def test_two_runs_write_the_same_bytes(folder: Path, fresh: Path, tmp_path: Path) -> None:
    again = files(generated(folder, tmp_path))
    assert (
        len(again) == 5 * 8 + 3 + 4 + 2 + 2
    )  # one shows organization life, dues and points, one who moves, one who comes from there
    assert again == files(fresh)


def test_the_committed_files_are_those_of_the_generator(
    folder: Path, fresh: Path, tmp_path: Path
) -> None:
    """Compared unpacked: another machine's zlib may pack the same content differently."""
    committed = files(folder)
    for name, content in files(fresh).items():
        if name.endswith(".yaml"):
            assert committed[name] == content, name
        else:
            one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
            assert unpacked(committed[name], one) == unpacked(content, other), name


def test_the_committed_workbooks_stay_small(folder: Path) -> None:
    books = [content for name, content in files(folder).items() if name.endswith(".xlsx")]
    assert sum(map(len, books)) < 1_500_000
