"""Who may do what, as a table that is read before a grant is changed."""

import runpy
import sys
from datetime import date
from pathlib import Path

import pytest

from zhibu.core_actions import ACTIONS
from zhibu.plugins import Plugins
from zhibu.policy import Assignment, Policy, Principal, Switches, default_folder, matrix
from zhibu.policy.matrix import table, texts_of

ADMINISTRATORS = ("system_administrator", "security_administrator", "audit_administrator")
ME = "b" * 32
HERE, BELOW, ABOVE, BESIDE = "1.4.", "1.4.a.", "1.", "1.5."

# How far each role reaches with each of the core's actions; a role not named is refused.
#   + here and below   = here only   - with the own record only
EXPECTED = {
    "core:tenant:read": {
        "+": "committee_officer committee_secretary working_committee_officer "
        "district_organization_officer municipal_organization_officer system_administrator "
        "security_administrator"
    },
    "core:tenant:configure": {"+": "system_administrator"},
    "core:organization:read": {
        "=": "member",
        "+": "recorder party_group_leader branch_committee_member branch_secretary "
        "general_branch_secretary committee_officer committee_secretary "
        "discipline_inspection_officer working_committee_officer district_organization_officer "
        "municipal_organization_officer system_administrator security_administrator",
    },
    "core:organization:create": {
        "=": "branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary working_committee_officer system_administrator",
    },
    "core:organization:rename": {
        "+": "committee_officer committee_secretary working_committee_officer system_administrator"
    },
    "core:organization:move": {"+": "committee_officer committee_secretary system_administrator"},
    "core:organization:merge": {"+": "committee_officer committee_secretary system_administrator"},
    "core:organization:split": {"+": "committee_officer committee_secretary system_administrator"},
    "core:organization:dissolve": {
        "+": "committee_officer committee_secretary system_administrator"
    },
    "core:organization:appoint": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:member:read": {
        "-": "member",
        "+": "recorder party_group_leader branch_committee_member branch_secretary "
        "general_branch_secretary committee_officer committee_secretary "
        "discipline_inspection_officer working_committee_officer district_organization_officer "
        "municipal_organization_officer",
    },
    "core:member:create": {
        "=": "branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary",
    },
    "core:member:correct": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:member:ask_correction": {
        "-": "member party_group_leader",
        "=-": "recorder branch_committee_member branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary",
    },
    "core:member:transfer": {"+": "general_branch_secretary committee_officer committee_secretary"},
    "core:member:stage": {"+": "committee_officer committee_secretary"},
    "core:member:depart": {"+": "committee_officer committee_secretary"},
    "core:member:read_contact": {
        "-": "member recorder party_group_leader",
        "+": "branch_committee_member branch_secretary general_branch_secretary "
        "committee_officer committee_secretary",
    },
    "core:member:open": {
        "-": "member recorder party_group_leader branch_committee_member",
        "=-": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:member:export": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:member:import": {
        "=": "branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary",
    },
    "core:account:read": {
        "-": "member recorder party_group_leader branch_committee_member branch_secretary "
        "general_branch_secretary",
        "+": "security_administrator",
    },
    "core:account:create": {"+": "security_administrator"},
    "core:account:disable": {"+": "security_administrator"},
    "core:identity:link": {"+": "security_administrator"},
    "core:factor:reset": {"+": "security_administrator"},
    "core:role:assign": {"+": "security_administrator"},
    "core:session:end": {
        "-": "member recorder party_group_leader branch_committee_member branch_secretary "
        "general_branch_secretary",
        "+": "security_administrator",
    },
    "core:token:create": {
        "+": "committee_officer committee_secretary working_committee_officer "
        "district_organization_officer municipal_organization_officer security_administrator",
    },
    "core:oversight:grant": {"+": "security_administrator"},
    "core:exchange:read": {"+": "security_administrator"},
    "core:plugin:switch": {"+": "system_administrator"},
    "core:parameter:read": {
        "=": "member party_group_leader",
        "+": "recorder branch_committee_member branch_secretary general_branch_secretary "
        "committee_officer committee_secretary discipline_inspection_officer "
        "working_committee_officer district_organization_officer "
        "municipal_organization_officer system_administrator security_administrator",
    },
    "core:parameter:override": {"+": "committee_secretary municipal_organization_officer"},
    "core:security:configure": {"+": "security_administrator"},
    "core:ledger:read": {
        "-": "member recorder party_group_leader",
        "=-": "branch_committee_member branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "discipline_inspection_officer working_committee_officer district_organization_officer "
        "municipal_organization_officer audit_administrator",
    },
    "core:ledger:verify": {"+": "audit_administrator"},
    "core:figure:rebuild": {"+": "system_administrator"},
    "core:job:read": {
        "-": "member recorder party_group_leader branch_committee_member",
        "=-": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "working_committee_officer district_organization_officer "
        "municipal_organization_officer",
    },
    "core:attachment:add": {
        "-": "member party_group_leader",
        "=-": "recorder branch_committee_member branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary",
    },
    "core:attachment:read": {
        "-": "member party_group_leader",
        "+": "recorder branch_committee_member branch_secretary general_branch_secretary "
        "committee_officer committee_secretary discipline_inspection_officer "
        "working_committee_officer district_organization_officer "
        "municipal_organization_officer",
    },
    "core:attachment:withdraw": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "discipline_inspection_officer",
    },
    "core:attachment:restore": {
        "+": "committee_officer committee_secretary discipline_inspection_officer",
    },
    "core:procedure:read": {
        "-": "member party_group_leader",
        "=-": "recorder branch_committee_member branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "discipline_inspection_officer working_committee_officer "
        "district_organization_officer municipal_organization_officer",
    },
    "core:procedure:read_restricted": {
        "-": "member recorder party_group_leader branch_committee_member",
        "=-": "branch_secretary general_branch_secretary",
        "+": "committee_officer committee_secretary discipline_inspection_officer "
        "district_organization_officer municipal_organization_officer",
    },
    "core:procedure:propose": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:procedure:decide": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "working_committee_officer district_organization_officer "
        "municipal_organization_officer",
    },
    "core:procedure:conduct": {
        "=": "recorder branch_committee_member branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary",
    },
    "core:procedure:consent": {
        "+": "committee_officer committee_secretary working_committee_officer "
        "district_organization_officer municipal_organization_officer",
    },
    "core:procedure:vote": {
        "-": "member recorder party_group_leader branch_committee_member "
        "branch_secretary general_branch_secretary",
    },
    "core:procedure:object": {
        "-": "member recorder party_group_leader branch_committee_member "
        "branch_secretary general_branch_secretary",
    },
    "core:procedure:override": {
        "+": "district_organization_officer municipal_organization_officer",
    },
    "core:procedure:delegate": {
        "=": "branch_secretary",
        "+": "general_branch_secretary committee_officer committee_secretary "
        "district_organization_officer municipal_organization_officer",
    },
    "core:vote:limit": {
        "+": "committee_officer committee_secretary",
    },
}


def reach_of(policy: Policy, role: str, action: str) -> str:
    """What the policy answers about the role at an organization, in the signs of the table."""
    switches = Switches({})
    holder = Principal("a" * 32, ME, (Assignment(role, HERE),), date(2026, 6, 1))
    for outside in (ABOVE, BESIDE):
        assert not policy.may(holder, switches, action, outside, ME)
    here = policy.may(holder, switches, action, HERE)
    if policy.may(holder, switches, action, BELOW):
        return "+" if here else "?"
    own = policy.may(holder, switches, action, BELOW, ME)
    return ("=" if here else "") + ("-" if own else "")


@pytest.mark.parametrize("action", [action.name for action in ACTIONS])
def test_each_role_reaches_as_far_as_the_table_says(shipped: Policy, action: str) -> None:
    rows = EXPECTED[action]
    expected = {role: sign for sign, roles in rows.items() for role in roles.split()}
    found = {role: reach_of(shipped, role, action) for role in shipped.roles}
    assert {role: sign for role, sign in found.items() if sign} == expected


def test_nobody_holds_member_data_by_administering(installed_plugins: Plugins) -> None:
    policy = Policy.load(default_folder(), installed_plugins)
    kept = ("core:member:", "core:attachment:", "core:job:")
    for action in policy.rules.actions:
        if action.startswith(kept) or not action.startswith("core:"):
            assert not any(reach_of(policy, role, action) for role in ADMINISTRATORS), action


def test_no_administrator_holds_what_another_one_does(shipped: Policy) -> None:
    shared = {"core:organization:read", "core:tenant:read", "core:parameter:read"}
    for action in {action.name for action in ACTIONS} - shared:
        assert sum(bool(reach_of(shipped, role, action)) for role in ADMINISTRATORS) <= 1, action


def test_every_action_is_granted_to_somebody_and_named_in_both_languages(
    installed_plugins: Plugins,
) -> None:
    rules = Policy.load(default_folder(), installed_plugins).rules
    granted = {grant.action for grant in rules.grants if grant.effect == "allow"}
    assert granted == set(rules.actions)
    for language in ("zh-CN", "en"):
        texts = texts_of(installed_plugins, language)
        assert set(rules.actions) <= set(texts["actions"])
        assert set(rules.roles.names) <= set(texts["roles"])


def test_the_english_text_of_a_core_action_is_its_summary() -> None:
    texts = texts_of(Plugins({}), "en")["actions"]
    assert {action.name: action.summary for action in ACTIONS} == {
        action.name: texts[action.name] for action in ACTIONS
    }


def test_the_published_matrix_is_what_the_policy_says(installed_plugins: Plugins) -> None:
    published = Path(__file__).parents[2] / "docs" / "role-matrix.md"
    rules = Policy.load(default_folder(), installed_plugins).rules
    assert published.read_text(encoding="utf-8") == table(rules, texts_of(installed_plugins)), (
        "run python -m zhibu.policy.matrix"
    )


def test_the_matrix_is_written_and_a_changed_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "matrix.md"
    assert matrix.main(["--check", str(file)]) == 1  # there is none
    assert matrix.main([str(file)]) == 0
    monkeypatch.setattr(sys, "argv", ["matrix", "--check", str(file)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(matrix.__file__, run_name="__main__")
    assert ended.value.code == 0
    file.write_text(file.read_text("utf-8").replace("下", "本", 1), "utf-8")
    capsys.readouterr()
    assert matrix.main(["--check", "--policy", str(default_folder()), str(file)]) == 1
    assert "is not what the policy says" in capsys.readouterr().out
