"""Forms for Word: under the rights of the page, and from an institution's own template."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from zhibu.word import Templates
from zhibu.word.writer import check
from zhibu_organization_life.service.book import TEMPLATES

FORMS = ("organization_life_book", "organization_life_letter")


async def fetch(life: Any, login: str | None, field: str, **asked: Any) -> Any:
    headers = {"accept-language": "en"}
    if login is not None:
        headers["authorization"] = f"Bearer {life.at.credentials[login]}"
    return await life.at.house.client.get(f"/print/{field}.docx", headers=headers, params=asked)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
async def letter(life: Any) -> str:
    given = {
        "member": life.id(life.me),
        "kind": "LETTER",
        "title": "2026年度责任书",
        "details": "带头学习\n服务群众",
        "since": "2026-03-01",
    }
    made = await life.done("secretary", "Engage", given, "engagement { id }")
    return str(made["engagement"]["id"])


async def test_whoever_may_not_see_the_page_gets_no_document(life: Any, letter: str) -> None:
    field = "organizationLifeLetterPage"
    assert refused(await fetch(life, None, field, engagement=letter)) == (401, "UNAUTHENTICATED")
    other = await life.at.house.found("qingshan", "青山市直机关")
    life.at.credentials["stranger"] = other.credentials["officer"]
    for login in ("stranger", "rival", "peer"):
        found = refused(await fetch(life, login, field, engagement=letter))
        assert found == (404, "NOT_FOUND"), login
    book = {"organization": life.at.id("branch"), "year": 2026}
    assert (await fetch(life, "me", "organizationLifeBookPage", **book)).status_code in (403, 404)
    await life.at.switch("organization_life", False, "general")
    assert (await fetch(life, "secretary", field, engagement=letter)).status_code in (400, 404)
    assert await life.ledger("letter_printed") == []


async def test_the_letter_and_the_record_book_are_filled_as_the_page_is(
    life: Any, letter: str
) -> None:
    words = text_of(await fetch(life, "me", "organizationLifeLetterPage", engagement=letter))
    for said in ("党员目标管理责任书", life.me.name, "1．带头学习", "2．服务群众", "2026年3月1日"):
        assert said in words, said
    assert len(await life.ledger("letter_printed")) == 1
    meeting = await life.held()
    await life.done("recorder", "MeetingAttend", life.marks(meeting, (life.me, "PRESENT")))
    await life.done("recorder", "MinutesWrite", {"meeting": meeting, "text": "学习<讲话>\n讨论"})
    asked = {"organization": life.at.id("branch"), "year": 2026}
    words = text_of(await fetch(life, "secretary", "organizationLifeBookPage", **asked))
    for said in (
        "主题党日：六月主题党日",
        f"出席：{life.me.name}",
        "学习<讲话>",
        "应到 2 人",
        "6月",
    ):
        assert said in words, said


async def test_an_institution_s_own_template_is_filled_and_a_bad_one_says_what_is_wrong(
    life: Any, letter: str, tmp_path: Path
) -> None:
    own = Document()
    own.add_paragraph("本单位：{{ name }}")
    folder = tmp_path / life.at.tenant.code
    folder.mkdir()
    file = folder / "organization_life_letter.docx"
    own.save(str(file))
    life.at.house.platform.templates = Templates(tmp_path)
    asked = {"field": "organizationLifeLetterPage", "engagement": letter}
    assert text_of(await fetch(life, "me", **asked)) == f"本单位：{life.me.name}"
    own.add_paragraph("{{ name.upper() }}")
    own.save(str(file))
    answer = await fetch(life, "me", **asked)
    assert answer.status_code == 400
    assert "a form may not say: call" in answer.text
    other = {"organization": life.at.id("branch"), "year": 2026}
    listed = text_of(await fetch(life, "secretary", "organizationLifeMattersPage", **other))
    assert "（无记录）" in listed, "every list has the template of the house"
    archive = {"member": life.id(life.me), "year": 2026}
    answer = await fetch(life, "secretary", "educationArchivePage", **archive)
    assert answer.status_code == 404, "a page without a template for Word"
    assert "education_archive.docx" in answer.text


async def test_an_institution_s_own_page_replaces_the_plugin_s_and_nobody_else_s(
    life: Any, letter: str, tmp_path: Path
) -> None:
    asked = "query ($e: ID!) { organizationLifeLetterPage(engagement: $e) }"
    folder = tmp_path / life.at.tenant.code
    folder.mkdir()
    own = '{% extends "zhibu/page.html" %}{% block body %}<p>本单位：{{ name }}</p>{% endblock %}'
    (folder / "organization_life_letter.html").write_text(own, "utf-8")
    life.at.house.platform.templates = Templates.load(tmp_path)
    answer = await life.at.ask("me", asked, {"e": letter})
    page = answer["data"]["organizationLifeLetterPage"]
    assert f"本单位：{life.me.name}" in page
    assert "带头学习" not in page
    folder.rename(tmp_path / "elsewhere")
    answer = await life.at.ask("me", asked, {"e": letter})
    assert "带头学习" in answer["data"]["organizationLifeLetterPage"]


@pytest.mark.parametrize("form", FORMS)
def test_the_templates_of_the_plugin_say_only_what_a_template_may(form: str) -> None:
    check(TEMPLATES / f"{form}.docx")
