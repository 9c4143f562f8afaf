"""The dated data that education ships: catalogues, hours, and where they hold."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import zhibu_education
from zhibu.identifiers import new_id
from zhibu.organizations.public import PostKind
from zhibu.parameters import definitions
from zhibu.parameters.book import Book, InForce
from zhibu.plugins import discover
from zhibu.policy.judge import Policy
from zhibu.policy.rules import default_folder
from zhibu_education.rules.catalogues import ExemptionGround, Form, JoinedMidyear, Mode, mode_of
from zhibu_education.rules.indicators import FORMULAS

TODAY = date(2026, 6, 15)
FOLDER = Path(zhibu_education.__file__).parent / "parameters"
DEFINITIONS = definitions.load({"education": FOLDER})


def value(name: str, path: str = "1.", *overrides: InForce) -> Any:
    return Book(DEFINITIONS, overrides).value(f"education.{name}", path, TODAY)


def override(name: str, path: str, value: Any) -> InForce:
    return InForce(
        id=new_id(),
        name=f"education.{name}",
        path=path,
        since=date(2026, 1, 1),
        value=value,
        reason="本单位规定",
    )


@pytest.mark.clause("S0-03", "S2-01")
def test_seven_topics_are_taught_and_the_four_histories_refine_one_of_them() -> None:
    topics = value("topics").value
    assert [topic["zh"] for topic in topics if "within" not in topic] == [
        "政治理论教育",
        "政治教育和政治训练",
        "党章党规党纪教育",
        "党的宗旨教育",
        "革命传统教育",
        "形势政策教育",
        "知识技能教育",
    ]
    histories = [
        topic["zh"] for topic in topics if topic.get("within") == "revolutionary_tradition"
    ]
    assert histories == ["党史", "新中国史", "改革开放史", "社会主义发展史"]


@pytest.mark.clause("S2-02")
def test_party_schools_and_the_platform_are_channels() -> None:
    assert [channel["zh"] for channel in value("channels").value] == ["党校", "学习强国"]


@pytest.mark.clause("S0-02", "S2-03")
def test_every_form_of_the_documents_is_offered_and_has_its_mode() -> None:
    forms = [word["code"] for word in value("forms").value]
    assert sorted(forms) == sorted(Form)
    channels = value("channels").value
    assert {form: mode_of(form, None, channels) for form in Form} == {
        Form.CONCENTRATED: Mode.COLLECTIVE,
        Form.PARTY_LECTURE: Mode.COLLECTIVE,
        Form.REPORT_MEETING: Mode.COLLECTIVE,
        Form.SEMINAR: Mode.COLLECTIVE,
        Form.ORGANIZATION_LIFE: Mode.ORGANIZATION_LIFE,
        Form.ONLINE: Mode.ONLINE,
        Form.SELF_STUDY: Mode.SELF_STUDY,
    }
    assert mode_of(Form.PARTY_LECTURE, "xuexi_qiangguo", channels) is Mode.ONLINE
    assert mode_of(Form.PARTY_LECTURE, "party_school", channels) is Mode.COLLECTIVE


@pytest.mark.clause("A-10")
def test_all_forms_but_self_study_count_by_default() -> None:
    assert set(value("modes_counted").value) == {*Form} - {Form.SELF_STUDY}


@pytest.mark.clause("S2-06", "A-27", "EM-20")
def test_thirty_two_hours_hold_wherever_nothing_else_is_set_and_say_why() -> None:
    found = value("hours_required")
    assert found.value == Decimal(32)
    assert (found.basis.document, found.basis.article) == (
        "中国共产党党员教育管理工作条例",
        "第二十条",
    )


def test_fifty_six_hours_are_off_and_marked_as_unverified() -> None:
    found = value("hours_required_posts")
    assert (found.value, found.verified) == (None, "U")


@pytest.mark.clause("S0-01")
def test_what_one_subtree_sets_holds_in_no_other() -> None:
    centre = override("hours_required", "1.2.", Decimal(40))
    assert value("hours_required", "1.2.7.", centre).value == 40
    assert value("hours_required", "1.3.", centre).value == 32
    assert value("hours_required", "1.", centre).value == 32


@pytest.mark.clause("S2-27")
def test_each_indicator_of_the_catalogue_is_computed() -> None:
    assert {word["code"] for word in value("indicators").value} == set(FORMULAS)


@pytest.mark.clause("S2-28")
def test_four_parts_are_shared_out_to_roles_and_posts_that_there_are() -> None:
    duties = {word["code"]: word for word in value("duties").value}
    assert [*duties] == ["leads", "heads", "discipline", "publicity", "carries_out"]
    policy = Policy.load(default_folder(), discover())
    assert {word["role"] for word in duties.values() if "role" in word} <= set(policy.roles)
    assert {word["post"] for word in duties.values()} <= set(PostKind)
    assert duties["carries_out"]["below"] is True


def test_words_of_the_parameters_are_words_of_the_rules() -> None:
    assert value("joined_midyear").value in list(JoinedMidyear)
    assert set(value("exempt_grounds").value) <= set(ExemptionGround)
