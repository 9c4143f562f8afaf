"""Printed pages: escaped, replaceable, and unable to do harm."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhibu.forms.printing import (
    PageTemplateBroken,
    PageTemplateMissing,
    chinese_date,
    formal_date,
    render,
)


def test_a_missing_template_is_refused(texts: dict[str, dict[str, str]]) -> None:
    with pytest.raises(PageTemplateMissing) as refused:
        render("absent.html", title="无")
    assert refused.value.facts == {"template": "absent.html"}
    assert all(PageTemplateMissing.code in language for language in texts.values())


@pytest.mark.parametrize(
    "source",
    [
        "{{ unknown }}",
        "{% if %}",
        "{{ rows.append(1) }}",
        "{{ title.__class__.__mro__[1].__subclasses__() }}",
        "{{ 'x' + 1 }}",
        "{% for number in range(10000000) %}{% endfor %}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_broken_or_prying_template_is_refused(source: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(source, "utf-8")
    with pytest.raises(PageTemplateBroken) as refused:
        render("page.html", folders=[tmp_path], title="题", rows=[])
    assert refused.value.facts["template"] == "page.html"


def test_a_template_outside_its_folder_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", "utf-8")
    (tmp_path / "pages").mkdir()
    with pytest.raises(PageTemplateMissing):
        render("../secret.html", folders=[tmp_path / "pages"])


def test_every_value_is_escaped() -> None:
    page = render(
        "register.html",
        title="<script>alert(1)</script>",
        organization="甲&乙",
        headings=["<b>"],
        rows=[["<img src=x onerror=y>"]],
        signers=["<i>"],
    )
    assert "<script>" not in page
    assert "<img" not in page
    assert "甲&amp;乙" in page
    assert "&lt;b&gt;" in page
    assert "&lt;i&gt;（签字）" in page


def test_a_register_holds_its_parts() -> None:
    page = render(
        "register.html",
        title="党员学时登记表",
        organization="第一党支部",
        period="2026年度",
        number="2026-001",
        landscape=True,
        headings=["姓名", "学时", "日期", "合格", "备注"],
        rows=[["张三", Decimal("4.50"), date(2026, 6, 1), True, None]],
        signers=["党支部书记"],
        sealed_by="第一党支部",
        day=date(2026, 11, 21),
    )
    assert "size: A4 landscape" in page
    assert 'SimSun, "Noto Serif CJK SC", "Songti SC"' in page
    assert "<td>张三</td><td>4.5</td><td>2026年6月1日</td><td>是</td><td></td>" in page
    assert "单位：第一党支部" in page
    assert "编号：2026-001" in page
    assert "党支部书记（签字）" in page
    assert "二〇二六年十一月二十一日" in page
    assert "counter(pages)" in page
    assert "http" not in page


def test_a_tenant_replaces_a_template_and_may_extend_ours(tmp_path: Path) -> None:
    (tmp_path / "register.html").write_text(
        '{% extends "zhibu/register.html" %}{% block foot %}本院格式{% endblock %}', "utf-8"
    )
    values: dict[str, Any] = {"title": "登记表", "headings": ["姓名"], "rows": [["张三"]]}
    page = render("register.html", folders=[tmp_path], **values)
    assert "<td>张三</td>" in page
    assert "本院格式" in page
    assert "本院格式" not in render("register.html", **values)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 1), "二〇二六年一月一日"),
        (date(2010, 10, 10), "二〇一〇年十月十日"),
        (date(1999, 12, 31), "一九九九年十二月三十一日"),
        (date(2026, 2, 20), "二〇二六年二月二十日"),
    ],
)
def test_a_formal_date_is_written_in_characters(day: date, words: str) -> None:
    assert formal_date(day) == words


def test_a_date_not_yet_known_is_left_to_fill_in() -> None:
    assert chinese_date(None) == "　　　年　　月　　日"
