"""A secret in a file that git keeps is found, and what is none says why."""

import subprocess
from pathlib import Path

import pytest

from zhibu.testing.secrets import Known, faults, findings, read, tracked

ROOT = Path(__file__).parents[2]
TABLE = ROOT / ".ci" / "secrets.yaml"
NONE = Known({}, {}, {})
# In pieces, or this file would be found itself.
CLOUD = "AKIA" + "Q3EGRIZ7KXM4NLPW"
PRIVATE = "-----BEGIN " + "PRIVATE KEY-----"
ALONE = "AKC" + "p8hUq2ZxTe4"  # only where a line begins and ends, or between blanks
PASSWORD = "database_" + "password = 'k3Jq-really-in-use'"

RANDOM = "q8Zt1LxVb7Wn" + "R4cYp0HsKd3Mf9Jg"  # 28 different signs


@pytest.mark.parametrize("planted", [CLOUD, PRIVATE, PASSWORD, ALONE, RANDOM])
def test_a_planted_key_is_found(tmp_path: Path, planted: str) -> None:
    (tmp_path / "settings.py").write_text(f"# harmless\nkey = '{planted}'\n{planted}\n", "utf-8")
    assert faults(NONE, findings(tmp_path, ["settings.py"]))


def test_a_key_in_a_file_not_yet_added_is_found(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    (tmp_path / "new.py").write_text(f"key = '{CLOUD}'\n", "utf-8")
    (wrong,) = faults(NONE, findings(tmp_path, tracked(tmp_path)))
    assert wrong.startswith("new.py:1: AWS Access Key")


def test_what_is_found_is_not_repeated_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text(f"key = '{CLOUD}'\n", "utf-8")
    assert not any(CLOUD in line for line in faults(NONE, findings(tmp_path, ["new.py"])))


def test_a_value_with_a_reason_is_none_and_the_next_one_is_found(tmp_path: Path) -> None:
    file = tmp_path / "new.py"
    file.write_text("password = 'made up'\n", "utf-8")
    (first,) = findings(tmp_path, ["new.py"])
    known = Known({}, {}, {"new.py": {first.fingerprint: "made up"}})
    assert not faults(known, [first])
    file.write_text("\n\npassword = 'made up'\npassword = 'in use'\n", "utf-8")
    (wrong,) = faults(known, findings(tmp_path, ["new.py"]))
    assert wrong.startswith("new.py:4: Secret Keyword")


def test_a_key_in_prose_is_found_though_words_are_not(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"password: choose a long one\n\n{CLOUD}\n", "utf-8")
    known = Known({}, {"*.md": "explains"}, {})
    (wrong,) = faults(known, findings(tmp_path, ["page.md"]))
    assert wrong.startswith("page.md:3: AWS Access Key")


def test_an_explanation_of_what_is_gone_is_a_fault() -> None:
    (wrong,) = faults(Known({}, {}, {"gone.py": {"0" * 40: "made up"}}), [])
    assert wrong == f"gone.py: {'0' * 40} is no longer there; take it out of the table"


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "secrets.yaml"
    table.write_text("unread: {}\nprose: {}\nvalues: {a.py: {0a: }}\n", "utf-8")
    with pytest.raises(ValueError, match="no reason"):
        read(table)


def test_the_table_explains_only_files_that_are_there() -> None:
    assert not [file for file in read(TABLE).values if not (ROOT / file).is_file()]
