"""Where the forms of branches are filed, and which part each branch is in."""

from uuid import UUID

from zhibu_audit_campaign.rules.filing import Unit, archived, filed, shared_out


def unit(path: str, code: str, name: str, id: int = 0xB3) -> Unit:
    return Unit(id=UUID(int=id), path=path, code=code, name=name)


def test_a_branch_is_in_the_folder_of_the_nearest_committee_above_it() -> None:
    committees = {"1.": unit("1.", "C1", "工委", 1), "1.2.": unit("1.2.", "C2", "机关党委", 2)}
    third = filed(unit("1.2.3.", "B3", "第三支部"), committees)
    assert third == "C2 机关党委 00000002/B3 第三支部 000000b3.xlsx"
    direct = filed(unit("1.4.", "B4", "直属支部"), committees)
    assert direct == "C1 工委 00000001/B4 直属支部 000000b3.xlsx"
    assert filed(unit("5.", "B5", "支部"), committees) == "B5 支部 000000b3.xlsx"


def test_no_name_of_a_branch_leads_out_of_its_folder_or_is_too_long_for_a_disk() -> None:
    for sign in ("长", "𠮷"):
        name = filed(unit("1.", "..", "/../a:b\\c\x00" + sign * 200), {})
        assert not set("/\\:\x00") & set(name)
        assert len(name.encode()) <= 255
        assert not name.startswith(".")
    nameless = {"1.": unit("1.", ".", ".", 1)}
    assert filed(unit("1.2.", "", "\x00"), nameless) == "00000001/000000b3.xlsx"


def test_two_branches_have_two_files_whatever_they_are_called() -> None:
    alike = (("A B", "C"), ("A", "B C"), ("A", "B C\x00"), ("A", "B C."), ("A", "长" * 70))
    names = {filed(unit("1.", *each, id), {}) for id, each in enumerate((*alike, alike[-1]))}
    assert len(names) == len(alike) + 1


def test_an_archive_is_called_as_a_file_can_be_whatever_the_organization_is_called() -> None:
    assert archived("甲/乙\\丙委员会") == "甲／乙＼丙委员会-排查表.zip"
    assert archived("/..") == "／-排查表.zip"
    assert archived(" . ") == "排查表.zip"


def test_a_branch_that_goes_meanwhile_changes_no_other_ones_part() -> None:
    ids = [UUID(int=number * 7919) for number in range(50)]
    shares = shared_out(ids, 4)
    assert sorted(id for share in shares for id in share) == ids
    left = shared_out(ids[:20] + ids[21:], 4)
    assert sum(share != other for share, other in zip(shares, left, strict=True)) == 1
    assert shared_out([], 0) == []
