"""What pages of units and leaders show: asked like any client asks, so paper and screen agree."""

from dataclasses import replace
from typing import Any

from zhibu_education.errors import PageTooLong

UNITS = """query ($o: ID!, $year: Int!) { organization(id: $o) { name
    education(year: $year) { ...results }
    children { name education(year: $year) { ...results } } } }
  fragment results on OrganizationEducation {
    evaluation { code name value target reached basis } }"""
LEADERS = """query ($o: ID!, $year: Int!, $after: String) {
  educationLeaders(organization: $o, year: $year, first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { name organization { name } education(year: $year) {
      lecturesGiven lecturesRequired lecturesMet lecturesBasis
      studyDue studyAttended studyOnLeave studyMissed } } } }"""
MOST = 2000

Shown = list[dict[str, Any]]


async def units(context: Any, organization: str, year: int) -> Shown:
    """The unit and those directly below it that the caller sees, with their results."""
    data = await _asked(context, UNITS, {"o": organization, "year": year})
    top = data["organization"]
    if top is None:
        return []
    return [shown for shown in (top, *top["children"]) if shown["education"] is not None]


async def leaders(context: Any, organization: str, year: int) -> Shown:
    """Those who lead at or below the unit, as far as the caller sees them. Raises `PageTooLong`."""
    found: Shown = []
    after = None
    while len(found) < MOST:  # a register that silently stops would state a false total
        data = await _asked(context, LEADERS, {"o": organization, "year": year, "after": after})
        page = data["educationLeaders"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
    raise PageTooLong(path=("organization",), most=MOST)


async def _asked(context: Any, document: str, variables: dict[str, Any]) -> dict[str, Any]:
    """The data of a query; forms are in Chinese, whoever prints them."""
    reader = replace(context, locale="zh-CN")
    engine = reader.platform.answering(reader).engine
    plan = engine.plan(engine.operation(document), variables, reader)
    data: dict[str, Any] = await engine.data(plan, reader)
    return data
