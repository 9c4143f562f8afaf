"""A policy with faults does not start, and says all of them at once."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhibu.actions import Action
from zhibu.hookspecs import hookimpl
from zhibu.plugins import Plugins
from zhibu.policy import (
    Assignment,
    Policy,
    PolicyInvalid,
    Principal,
    Switches,
    default_folder,
)

ROLES = "role, member\nrole, officer\ninherits, officer, member\n"


def plugin(name: str, grants: str, *actions: str) -> SimpleNamespace:
    listed = [Action(name=action, summary="Something.") for action in actions]

    @hookimpl(specname="grants")
    def lines() -> str:
        return grants

    @hookimpl(specname="actions")
    def words() -> list[Action]:
        return listed

    return SimpleNamespace(lines=lines, words=words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    model = (default_folder() / "model.conf").read_text(encoding="utf-8")
    (tmp_path / "model.conf").write_text(model, encoding="utf-8")
    (tmp_path / "roles.csv").write_text(ROLES, encoding="utf-8")
    (tmp_path / "grants.csv").write_text("", encoding="utf-8")
    return tmp_path


def faults(folder: Path, **plugins: object) -> tuple[str, ...]:
    with pytest.raises(PolicyInvalid) as refused:
        Policy.load(folder, Plugins(plugins))
    return tuple(refused.value.facts["faults"])


def test_every_fault_of_the_grants_is_named_by_its_line(folder: Path) -> None:
    (folder / "grants.csv").write_text(
        "# a comment\n"
        "p, emperor, core:member:read, subtree, allow\n"
        "p, member, core:member:erase, subtree, allow\n"
        "p, member, core:member:read, everywhere, allow\n"
        "p, member, core:member:read, own, perhaps\n"
        "p, member, core:member:read, own\n"
        "g, member, core:member:read, own, allow\n"
        "p, member, core:member:read, self, allow # sound\n"
    )
    found = faults(folder)
    assert [fault.partition(" ")[0] for fault in found] == [f"grants.csv:{n}:" for n in range(2, 8)]
    words = ("emperor", "core:member:erase", "everywhere", "perhaps", "expected", "expected")
    assert all(word in fault for word, fault in zip(words, found, strict=True))


def test_every_fault_of_the_roles_is_named(folder: Path) -> None:
    text = (
        "inherits, member, officer\nrole, member\nbequeaths, member, officer\nexclusive, member\n"
    )
    (folder / "roles.csv").write_text(ROLES + text + "inherits, officer, ghost\n")
    found = faults(folder)
    assert len(found) == 5
    assert "declared twice" in found[0]
    assert "circle" in found[4]
    assert any("ghost" in fault for fault in found)


def test_a_role_may_not_unite_what_excludes_itself(folder: Path) -> None:
    (folder / "roles.csv").write_text(
        ROLES + "role, auditor\nrole, chief\nexclusive, auditor, member\n"
        "inherits, chief, officer\ninherits, chief, auditor\n"
    )
    assert faults(folder) == (
        "roles.csv: chief would unite auditor, member, which exclude each other",
    )


def test_a_plugin_speaks_of_its_own_actions_only(folder: Path) -> None:
    dues = plugin("dues", "p, member, core:member:read, subtree, allow\n", "dues:bill:read")
    scoring = plugin("scoring", "p, member, dues:bill:read, own, allow", "scoring:sheet:read")
    found = faults(folder, dues=dues, scoring=scoring)
    assert [fault.partition(":")[0] for fault in found] == ["grants of dues", "grants of scoring"]


def test_actions_are_well_formed_known_and_declared_once(folder: Path) -> None:
    names = ("dues:bill", "other:bill:read", "core:member:read", "dues:bill:read", "dues:bill:read")
    assert len(faults(folder, dues=plugin("dues", "", *names))) == 4


def test_a_deny_of_the_deployment_takes_back_what_a_plugin_gives(folder: Path) -> None:
    dues = plugin("dues", "p, member, dues:bill:read, subtree, allow", "dues:bill:read")
    officer = Principal("a" * 32, "", (Assignment("officer", "1."),), date(2026, 6, 1))
    on = Switches({"dues": {"1.": True}})
    assert Policy.load(folder, Plugins({"dues": dues})).may(officer, on, "dues:bill:read", "1.2.")
    (folder / "grants.csv").write_text("p, officer, dues:bill:read, own, deny\n")
    policy = Policy.load(folder, Plugins({"dues": dues}))
    assert policy.may(officer, on, "dues:bill:read", "1.2.")
    assert not policy.may(officer, on, "dues:bill:read", "1.")


@pytest.mark.parametrize(
    ("sound", "faulty"),
    [("r.owner != ", "r.owner !! "), ("enabled(", "unable("), ("r.sub.member", "r.sub.soul")],
)
def test_a_model_that_cannot_be_asked_does_not_start(folder: Path, sound: str, faulty: str) -> None:
    model = (folder / "model.conf").read_text(encoding="utf-8")
    assert sound in model
    (folder / "model.conf").write_text(model.replace(sound, faulty), encoding="utf-8")
    (folder / "grants.csv").write_text("p, member, core:member:read, self, allow\n")
    assert faults(folder)[0].startswith("model.conf:")


def test_missing_files_are_all_named(tmp_path: Path) -> None:
    assert [Path(fault.partition(": ")[0]).name for fault in faults(tmp_path)] == [
        "roles.csv",
        "grants.csv",
        "model.conf",
    ]


def test_the_distribution_that_overwrites_ours_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    information = tmp_path / "site" / "casbin-1.43.0.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: casbin\nVersion: 1.43.0\n")
    Policy.load(folder, Plugins({}))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert "casbin 1.43.0" in faults(folder)[0]


def test_a_refusal_leaves_no_line_in_the_log(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "grants.csv").write_text("p, member, core:member:read, self, allow\n")
    nobody = Principal("a" * 32, "", (), date(2026, 6, 1))
    policy = Policy.load(folder, Plugins({}))
    assert not policy.enforce(nobody, Switches({}), "core:member:read", "1.")
    assert caplog.records == []


def test_the_folder_where_one_works_comes_before_the_product_s_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    own = default_folder()
    assert (own / "model.conf").is_file()
    assert own != folder
    folder.rename(folder.parent / "policy")
    monkeypatch.chdir(folder.parent)
    assert default_folder() == folder.parent / "policy"
