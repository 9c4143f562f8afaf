"""Passwords that were stolen elsewhere are not chosen here, wherever in the list they stand."""

import random
from dataclasses import replace
from hashlib import sha1
from pathlib import Path

import pytest

from zhibu.accounts.breaches import Breaches, BreachesUnreadable
from zhibu.accounts.errors import PasswordBreached
from zhibu.accounts.passwords import Passwords
from zhibu.cli.doctor.finding import State
from zhibu.cli.doctor.looking import examine_looking
from zhibu.settings import Settings
from zhibu.testing.house import Institution
from zhibu.testing.house.places import PASSWORD

STOLEN = [f"stolen {number}" for number in range(200)]


def digest(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest()


def listed(tmp_path: Path, *passwords: str, counted: bool = True, end: str = "\n") -> Path:
    """As such lists come: with how often each was seen, in capitals, in order."""
    seen = random.Random(1)
    lines = [
        digest(each).upper() + (f":{seen.randrange(10 ** seen.randrange(1, 8))}" if counted else "")
        for each in sorted(passwords, key=digest)
    ]
    file = tmp_path / "breaches.txt"
    file.write_text("".join(line + end for line in lines))
    return file


@pytest.mark.parametrize("many", [0, 1, 2, 3, 200])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("counted", [True, False])
def test_each_that_is_listed_is_found_and_no_other(
    tmp_path: Path, many: int, end: str, counted: bool
) -> None:
    breaches = Breaches(listed(tmp_path, *STOLEN[:many], counted=counted, end=end))
    assert all(breaches.hold(each) for each in STOLEN[:many])
    assert not any(breaches.hold(f"{each}!") for each in STOLEN)


def test_the_last_line_needs_no_end(tmp_path: Path) -> None:
    file = listed(tmp_path, *STOLEN[:3])
    file.write_text(file.read_text().rstrip("\n"))
    assert all(Breaches(file).hold(each) for each in STOLEN[:3])


@pytest.mark.parametrize("spoilt", ["blank", "mark", "twice"])
def test_a_list_that_is_spoilt_is_said_and_not_believed(tmp_path: Path, spoilt: str) -> None:
    file = listed(tmp_path, *STOLEN)
    text = file.read_text()
    file.write_text(
        {
            "blank": text[: len(text) // 2].rsplit("\n", 1)[0] + "\n\n" * 20 + text[-2000:],
            "mark": "\ufeff" + text,
            "twice": text + text,
        }[spoilt]
    )
    with pytest.raises(BreachesUnreadable):
        Breaches(file).examine()


def test_without_a_list_nothing_is_known_and_a_list_that_is_missing_is_said(
    tmp_path: Path,
) -> None:
    assert not Breaches().hold(STOLEN[0])
    with pytest.raises(BreachesUnreadable):
        Breaches(tmp_path / "nothing").hold(STOLEN[0])


async def test_nobody_chooses_what_was_stolen_and_it_is_all_else_that_may_be_chosen(
    institution: Institution, tmp_path: Path
) -> None:
    passwords = Passwords(
        time_cost=1, memory_kib=8, breaches=Breaches(listed(tmp_path, "correct horse battery"))
    )
    institution.house.platform.passwords = passwords
    document = """mutation ($input: PasswordChangeInput!) {
      passwordChange(input: $input) { userErrors { code path } } }"""

    async def changed(chosen: str) -> list[str]:
        given = {"present": PASSWORD, "password": chosen}
        answer = await institution.ask("secretary", document, {"input": given})
        return [each["code"] for each in answer["data"]["passwordChange"]["userErrors"]]

    assert await changed("correct horse battery") == ["core.password_breached"]
    assert await changed("correct horse batteries") == []
    with pytest.raises(PasswordBreached):
        await passwords.hash_chosen("correct horse battery")
    assert await passwords.hash("correct horse battery")  # whoever has it may still sign in


def test_the_doctor_says_whether_the_list_and_the_scanner_can_be_asked(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert list(examine_looking(settings)) == []
    for wrong in (listed(tmp_path, *STOLEN), tmp_path / "nothing"):
        [found] = examine_looking(replace(settings, breached_passwords=wrong))
        assert (found.check, found.state) == ("breaches", State.FAULT)
    [found] = examine_looking(
        replace(settings, breached_passwords=listed(tmp_path, *STOLEN, "password"))
    )
    assert found.state is State.OK
    [found] = examine_looking(replace(settings, scanner=str(tmp_path / "clamd.ctl")))
    assert (found.check, found.state) == ("scanner", State.FAULT)
