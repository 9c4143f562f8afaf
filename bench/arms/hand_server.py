"""Serve hand-written SQL: `python -m bench.arms.hand_server PORT [ours]`.

It stands on asyncpg's connections: a transaction in which the tenant is set, the statement, its
end. With `ours` it stands on the product's own reading connections, for which all of that is one
round trip. It knows no accounts: the tenant is a header.
"""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import count
from typing import Any, Protocol
from uuid import UUID

import orjson
import uvicorn
from psycopg.conninfo import conninfo_to_dict

from zhibu.storage.homes.readers import Readers

BELOW = """
  {0}.tenant_id = %s AND {0}.path >= (SELECT path FROM core_organization
                                       WHERE tenant_id = %s AND id = %s)
  AND {0}.path < (SELECT substr(path, 1, length(path) - 1) || '/' FROM core_organization
                   WHERE tenant_id = %s AND id = %s)"""
MEMBER = """
SELECT id, name, gender, birth_date, nation, kind, stage, admitted_on, full_on, version
  FROM core_member WHERE tenant_id = %s AND id = %s"""
PAGE = f"""
SELECT m.id, m.name, m.gender, m.stage, m.admitted_on, o.name, s.verified, s.required
  FROM (SELECT * FROM core_member m WHERE {BELOW.format("m")} AND m.stage <> 'left'
         ORDER BY m.path, m.sort_name, m.id LIMIT %s) m
  JOIN core_organization o ON o.tenant_id = m.tenant_id AND o.id = m.organization_id
  LEFT JOIN education_standing s
    ON s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.year = %s
 ORDER BY m.path, m.sort_name, m.id"""
KEPT = """
(SELECT coalesce(sum(f.value), 0)::bigint FROM core_figure f
  WHERE f.tenant_id = u.tenant_id AND f.name = 'core.members'
    AND f.path >= u.path AND f.path < substr(u.path, 1, length(u.path) - 1) || '/')"""
COUNTED = """
(SELECT count(*) FROM core_member m
  WHERE m.tenant_id = u.tenant_id AND m.stage <> 'left'
    AND m.path >= u.path AND m.path < substr(u.path, 1, length(u.path) - 1) || '/')"""
UNITS = f"""
SELECT u.id, u.code, u.name, u.kind, %s
  FROM (SELECT * FROM core_organization u WHERE {BELOW.format("u")} AND u.ended_on IS NULL
         ORDER BY u.path LIMIT %s) u ORDER BY u.path"""
DASHBOARD = f"""
SELECT coalesce(sum(value) FILTER (WHERE name = 'core.members'), 0)::bigint,
       coalesce(sum(value) FILTER (WHERE name = 'core.full_members'), 0)::bigint,
       coalesce(sum(value) FILTER (WHERE name = 'core.probationary_members'), 0)::bigint,
       coalesce(sum(value) FILTER (WHERE name = 'core.branches'), 0)::bigint,
       coalesce(sum(value) FILTER (WHERE name = 'education.hours.' || %s), 0)::bigint,
       coalesce(sum(value) FILTER (WHERE name = 'education.met.' || %s), 0)::bigint
  FROM core_figure f WHERE {BELOW.format("f")}
   AND f.name IN ('core.members', 'core.full_members', 'core.probationary_members',
                  'core.branches', 'education.hours.' || %s, 'education.met.' || %s)"""
DASHBOARD_COUNTED = f"""
SELECT count(*), count(*) FILTER (WHERE m.stage = 'full'),
       count(*) FILTER (WHERE m.stage = 'probationary'),
       (SELECT count(*) FROM core_organization b
         WHERE {BELOW.format("b")} AND b.kind = 'branch' AND b.ended_on IS NULL),
       coalesce(sum(s.verified), 0)::bigint,
       count(*) FILTER (WHERE s.required > 0 AND s.verified >= s.required)
  FROM core_member m
  LEFT JOIN education_standing s
    ON s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.year = %s
 WHERE {BELOW.format("m")} AND m.stage <> 'left'"""

MEMBER_NAMES: tuple[str, ...] = ("id", "name", "gender", "birthDate", "nation", "kind", "stage")
MEMBER_NAMES += ("admittedOn", "fullOn", "version")
PAGE_NAMES = ("id", "name", "gender", "stage", "admittedOn", "organization", "verified", "required")
UNIT_NAMES = ("id", "code", "name", "kind", "memberCount")
FIGURE_NAMES = ("members", "full", "probationary", "branches", "hours", "met")

Bound = Callable[[UUID, Mapping[str, Any]], list[Any]]
Shape = Callable[[list[Any], Mapping[str, Any]], Any]


def _place(tenant: UUID, asked: Mapping[str, Any]) -> list[Any]:
    row = asked["row"]
    return [tenant, tenant, row, tenant, row]


def _first(names: tuple[str, ...]) -> Shape:
    return lambda rows, asked: dict(zip(names, rows[0], strict=True))


def _list(names: tuple[str, ...]) -> Shape:
    def shape(rows: list[Any], asked: Mapping[str, Any]) -> Any:
        first = asked["first"]
        nodes = [dict(zip(names, row, strict=True)) for row in rows[:first]]
        return {"nodes": nodes, "hasNextPage": len(rows) > first}

    return shape


def _page(tenant: UUID, asked: Mapping[str, Any]) -> list[Any]:
    return [*_place(tenant, asked), asked["first"] + 1, asked["year"]]


def _units(tenant: UUID, asked: Mapping[str, Any]) -> list[Any]:
    return [*_place(tenant, asked), asked["first"] + 1]


def _dashboard(tenant: UUID, asked: Mapping[str, Any]) -> list[Any]:
    year = str(asked["year"])
    return [year, year, *_place(tenant, asked), year, year]


def _counted(tenant: UUID, asked: Mapping[str, Any]) -> list[Any]:
    place = _place(tenant, asked)
    return [*place, asked["year"], *place]


ROUTES: dict[str, tuple[str, Bound, Shape]] = {
    "/member": (MEMBER, lambda tenant, asked: [tenant, asked["row"]], _first(MEMBER_NAMES)),
    "/page": (PAGE, _page, _list(PAGE_NAMES)),
    "/units": (UNITS.replace("%s", KEPT, 1), _units, _list(UNIT_NAMES)),
    "/units/counted": (UNITS.replace("%s", COUNTED, 1), _units, _list(UNIT_NAMES)),
    "/dashboard": (DASHBOARD, _dashboard, _first(FIGURE_NAMES)),
    "/dashboard/counted": (DASHBOARD_COUNTED, _counted, _first(FIGURE_NAMES)),
}


class Reading(Protocol):
    async def read(
        self, tenant_id: UUID, statements: Sequence[tuple[str, Sequence[Any]]]
    ) -> list[list[Any]]: ...


class Driver:
    """Connections of the fastest driver there is for Python, the one used last first."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._turns = asyncio.Semaphore(size)
        self._idle: list[Any] = []

    async def read(
        self, tenant_id: UUID, statements: Sequence[tuple[str, Sequence[Any]]]
    ) -> list[list[Any]]:
        async with self._turns:
            connection = self._idle.pop() if self._idle else await self._connect()
            await connection.execute(f"BEGIN READ ONLY; SET LOCAL app.tenant_id = '{tenant_id}'")
            found = [await connection.fetch(dollars(sql), *values) for sql, values in statements]
            await connection.execute("COMMIT")
            self._idle.append(connection)
            return found

    async def _connect(self) -> Any:
        asyncpg: Any = import_module("asyncpg")
        told = conninfo_to_dict(self._url)
        return await asyncpg.connect(
            host=told["host"],
            user=told["user"],
            database=told["dbname"],
            password=told.get("password"),
        )


@lru_cache
def dollars(sql: str) -> str:
    """The statement with its parameters numbered."""
    numbers = count(1)
    return re.sub("%s", lambda _: f"${next(numbers)}", sql)


class Application:
    """Headers in, one statement, JSON out."""

    def __init__(self, readers: Reading) -> None:
        self.readers = readers

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        found = ROUTES.get(scope["path"])
        if found is None:
            await _send(send, 404, b"{}")
            return
        tenant = next(value for name, value in scope["headers"] if name == b"x-tenant")
        asked = orjson.loads((await receive())["body"])
        sql, bound, shape = found
        tenant_id = UUID(tenant.decode())
        (rows,) = await self.readers.read(tenant_id, [(sql, bound(tenant_id, asked))])
        await _send(send, 200, orjson.dumps(shape(rows, asked), default=str))


async def _send(send: Any, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    url, size = os.environ["BENCH_URL"], int(os.environ["BENCH_POOL"])
    ours = sys.argv[2:] == ["ours"]
    application = Application(
        Readers(url, size=size, wait=10, prepare=True) if ours else Driver(url, size)
    )
    uvicorn.run(application, port=int(sys.argv[1]), access_log=False, lifespan="off")
