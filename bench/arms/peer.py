"""PostGraphile: installed from npm into the ignored work folder, on the same database."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from bench.processes import free_port, served
from bench.questions import PAGE, UNITS, Ask, Case
from bench.server import APP, Server

SOURCES = Path(__file__).parent.parent / "peer"
PACKAGES = ("postgraphile@5", "node@22")  # it wants a newer Node than many machines have

MEMBER = """query Member($tenant: UUID!, $id: UUID!) {
  coreMemberByTenantIdAndRowId(tenantId: $tenant, rowId: $id) {
    rowId name gender birthDate nation kind stage admittedOn fullOn version
  }
}"""
PAGE_OF_MEMBERS = """query Page($organization: UUID!, $year: Int!, $first: Int!) {
  membersBelow(
    organization: $organization, first: $first, orderBy: [PATH_ASC, SORT_NAME_ASC, ROW_ID_ASC]
  ) {
    nodes {
      rowId name gender stage admittedOn
      coreOrganizationByTenantIdAndOrganizationId { name }
      educationStandingsByTenantIdAndMemberId(condition: { year: $year }) {
        nodes { verified required }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}"""
UNITS_BELOW = """query Units($organization: UUID!, $first: Int!) {
  organizationsBelow(organization: $organization, first: $first, orderBy: [PATH_ASC]) {
    nodes { rowId code name kind %s }
    pageInfo { hasNextPage }
  }
}"""
DASHBOARD = """query Dashboard($organization: UUID!, $year: Int!) {
  dashboardOf(organization: $organization, year: $year) {
    members fullMembers probationary branches hours met
  }
}"""


def installed(work: Path) -> Path:
    """The folder with PostGraphile in it; fetched with npm the first time."""
    folder = work / "node"
    if not (folder / "node_modules" / "postgraphile").exists():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, *PACKAGES], cwd=folder, check=True, timeout=600)
    return folder


def version(folder: Path) -> str:
    package = orjson.loads((folder / "node_modules/postgraphile/package.json").read_bytes())
    return str(package["version"])


@contextmanager
def running(
    server: Server, database: str, folder: Path, *, core: int | None, pool: int
) -> Iterator[tuple[int, int]]:
    """Serve PostGraphile on this database; gives its port and its process id."""
    with server.connect(database) as connection:
        connection.execute((SOURCES / "functions.sql").read_bytes())
    for source in SOURCES.glob("*.mjs"):
        shutil.copy(source, folder)  # Node looks for packages from the file's own folder upwards
    port = free_port()
    node = folder / "node_modules/node/bin/node"
    command = [str(node) if node.exists() else "node", "server.mjs"]
    environment = {
        "BENCH_HOST": str(server.folder),
        "BENCH_DATABASE": database,
        "BENCH_ROLE": APP,
        "BENCH_POOL": str(pool),
        "BENCH_PORT": str(port),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    log = folder / "server.log"
    with served(command, log=log, port=port, core=core, environment=environment, cwd=folder) as pid:
        yield port, pid


def asks(year: int, *, kept: bool = False) -> dict[str, Ask]:
    """`kept` asks for the numbers that the product keeps, where the other counts rows."""
    count = "keptMemberCount" if kept else "memberCount"

    def ask(document: str, variables: Any, plain: Any) -> Ask:
        return Ask(
            path="/graphql",
            headers=lambda case: {"x-tenant": str(case.tenant)},
            body=lambda case: orjson.dumps({"query": document, "variables": variables(case)}),
            plain=lambda answer: plain(answer["data"]),
        )

    def organization(case: Case, **others: Any) -> dict[str, Any]:
        return {"organization": str(case.row), **others}

    def member(case: Case) -> dict[str, Any]:
        return {"tenant": str(case.tenant), "id": str(case.row)}

    def units(data: Mapping[str, Any]) -> Any:
        page = data["organizationsBelow"]
        return [
            {
                "id": UUID(node["rowId"]),
                **{name: node[name] for name in ("code", "name", "kind")},
                "memberCount": int(node[count]),
            }
            for node in page["nodes"]
        ], page["pageInfo"]["hasNextPage"]

    below = UNITS_BELOW % count
    asked = {"units": ask(below, lambda case: organization(case, first=UNITS), units)}
    if not kept:
        asked |= {
            "member": ask(MEMBER, member, _member),
            "page": ask(
                PAGE_OF_MEMBERS, lambda case: organization(case, year=year, first=PAGE), _page
            ),
            "dashboard": ask(DASHBOARD, lambda case: organization(case, year=year), _dashboard),
        }
    return asked


def _member(data: Mapping[str, Any]) -> Any:
    member = dict(data["coreMemberByTenantIdAndRowId"])
    return {"id": UUID(member.pop("rowId")), **member}


def _page(data: Mapping[str, Any]) -> Any:
    page = data["membersBelow"]
    found = []
    for node in page["nodes"]:
        (standing,) = node["educationStandingsByTenantIdAndMemberId"]["nodes"]
        found.append(
            {
                "id": UUID(node["rowId"]),
                **{name: node[name] for name in ("name", "gender", "stage", "admittedOn")},
                "organization": node["coreOrganizationByTenantIdAndOrganizationId"]["name"],
                "verified": int(standing["verified"]),
                "required": int(standing["required"]),
            }
        )
    return found, page["pageInfo"]["hasNextPage"]


def _dashboard(data: Mapping[str, Any]) -> Any:
    figures = {name: int(value) for name, value in data["dashboardOf"].items()}
    return {"full": figures.pop("fullMembers"), **figures}
