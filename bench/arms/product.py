"""The product: its own application, asked by signed-in officers."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import orjson

from bench.processes import children_of, free_port, served
from bench.questions import PAGE, UNITS, Ask, Case
from zhibu.identifiers import global_id, parse_global_id
from zhibu.settings import Database

MEMBER = """query Member($id: ID!) {
  member(id: $id) {
    id name gender birthDate nation kind stage admittedOn fullOn version
  }
}"""
PAGE_OF_MEMBERS = """query Page($organization: ID!, $year: Int!, $first: Int!) {
  members(organization: $organization, first: $first) {
    nodes {
      id name gender stage admittedOn
      organization { name }
      education(year: $year) { verified required }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""
UNITS_BELOW = """query Units($organization: ID!, $first: Int!) {
  organizations(under: $organization, first: $first) {
    nodes { id code name kind memberCount }
    pageInfo { hasNextPage }
  }
}"""
DASHBOARD = """query Dashboard($organization: ID!, $year: Int!) {
  organizationFigures(organization: $organization) { members full probationary branches }
  educationFigures(organization: $organization, year: $year) { verifiedHours met }
}"""

# Ten officers ask for a whole institution here.
UNLIMITED = {f"ZHIBU_{whose}_RATE": "0" for whose in ("ACCOUNT", "TENANT", "ADDRESS")}


@contextmanager
def running(
    urls: Database,
    folder: Path,
    *,
    core: int | None,
    pool: int,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[tuple[int, int]]:
    """Serve the product on this database, with `more` settings.

    Gives its port and the number of the process that answers, whose parent replaces it.
    """
    port = free_port()
    command = [sys.executable, "-m", "bench.arms.product_server", str(port)]
    environment = {
        "ZHIBU_DATA": str(folder),
        "ZHIBU_DATABASE": urls.app,
        "ZHIBU_READERS": str(pool),
        **UNLIMITED,
        # As `deploy/settings` has it on PostgreSQL: workers do what waits, and what the first day
        # of half a million members brings would be measured with the requests.
        "ZHIBU_RUN_JOBS": "false",
        **more,
    }
    if urls.owner:
        environment["ZHIBU_OWNER_DATABASE"] = urls.owner
    log = folder / "product.log"
    with served(
        command, log=log, port=port, core=core, environment=environment, cwd=Path.cwd()
    ) as keeper:
        yield port, children_of(keeper)[0]


def asks(year: int) -> dict[str, Ask]:
    def ask(document: str, variables: Any, plain: Any) -> Ask:
        return Ask(
            path="/graphql",
            headers=lambda case: {"authorization": f"Bearer {case.session}"},
            body=lambda case: orjson.dumps({"query": document, "variables": variables(case)}),
            plain=lambda answer: plain(answer["data"]),
        )

    def organization(case: Case, **others: Any) -> dict[str, Any]:
        return {"organization": global_id("Organization", case.row), **others}

    return {
        "member": ask(MEMBER, lambda case: {"id": global_id("Member", case.row)}, _member),
        "page": ask(PAGE_OF_MEMBERS, lambda case: organization(case, year=year, first=PAGE), _page),
        "units": ask(UNITS_BELOW, lambda case: organization(case, first=UNITS), _units),
        "dashboard": ask(DASHBOARD, lambda case: organization(case, year=year), _dashboard),
    }


def _member(data: Mapping[str, Any]) -> Any:
    member = data["member"]
    return {**member, "id": _row(member["id"]), **_small(member, "gender", "kind", "stage")}


def _page(data: Mapping[str, Any]) -> Any:
    page = data["members"]
    return [
        {
            "id": _row(node["id"]),
            "name": node["name"],
            **_small(node, "gender", "stage"),
            "admittedOn": node["admittedOn"],
            "organization": node["organization"]["name"],
            "verified": _hundredths(node["education"]["verified"]),
            "required": _hundredths(node["education"]["required"]),
        }
        for node in page["nodes"]
    ], page["pageInfo"]["hasNextPage"]


def _units(data: Mapping[str, Any]) -> Any:
    page = data["organizations"]
    return [
        {**node, "id": _row(node["id"]), **_small(node, "kind")} for node in page["nodes"]
    ], page["pageInfo"]["hasNextPage"]


def _dashboard(data: Mapping[str, Any]) -> Any:
    figures, education = data["organizationFigures"], data["educationFigures"]
    return {**figures, "hours": _hundredths(education["verifiedHours"]), "met": education["met"]}


def _row(text: str) -> UUID:
    return parse_global_id(text)[1]


def _small(values: Mapping[str, Any], *names: str) -> dict[str, str]:
    """Enum names as they are stored."""
    return {name: values[name].lower() for name in names}


def _hundredths(hours: str) -> int:
    return int(Decimal(hours) * 100)
