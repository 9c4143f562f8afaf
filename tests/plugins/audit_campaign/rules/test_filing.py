"""Where the forms of branches are filed, and which part each branch is in."""

from uuid import UUID

from zhibu_audit_campaign.rules.filing import Branch, filed, shared_out


def branch(path: str, code: str, name: str) -> Branch:
    return Branch(path=path, code=code, name=name)


def test_a_branch_is_in_the_folder_of_the_nearest_committee_above_it() -> None:
    committees = {"1.": branch("1.", "C1", "工委"), "1.2.": branch("1.2.", "C2", "机关党委")}
    assert filed(branch("1.2.3.", "B3", "第三支部"), committees) == "C2 机关党委/B3 第三支部.xlsx"
    assert filed(branch("1.4.", "B4", "直属支部"), committees) == "C1 工委/B4 直属支部.xlsx"
    assert filed(branch("5.", "B5", "支部"), committees) == "B5 支部.xlsx"


def test_no_name_of_a_branch_leads_out_of_its_folder_or_is_too_long_for_a_disk() -> None:
    name = filed(branch("1.", "..", "/../a:b\\c\x00" + "长" * 200), {})
    assert not set("/\\:\x00") & set(name)
    assert len(name.encode()) <= 255
    assert not name.startswith(".")


def test_a_branch_that_goes_meanwhile_changes_no_other_ones_part() -> None:
    ids = [UUID(int=number * 7919) for number in range(50)]
    shares = shared_out(ids, 4)
    assert sorted(id for share in shares for id in share) == ids
    left = shared_out(ids[:20] + ids[21:], 4)
    assert sum(share != other for share, other in zip(shares, left, strict=True)) == 1
    assert shared_out([], 0) == []
