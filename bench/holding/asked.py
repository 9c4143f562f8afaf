"""What is asked: changes and reads of a register, and votes in every branch."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bench import statements
from bench.arms import product
from bench.holding.offering import Line, Request, request
from bench.mutation import document as mutation_of
from bench.server import Server
from bench.world import FOUNDED, Size, Tenant, member_id, seeded_id
from zhibu.accounts.rules.credentials import SESSION
from zhibu.identifiers import global_id

WRITES, READS, VOTES = 75, 300, 460  # a second
SIZE = Size(tenants=5, organizations=80, members=6_400, credits=1)
ZONE = ZoneInfo("Asia/Shanghai")

VOTERS = """
INSERT INTO core_account (tenant_id, id, login, name, member_id, created_at)
SELECT tenant_id, md5('voter' || id)::uuid, 'voter-' || id, name, id, now()
  FROM core_member WHERE stage = 'full';
INSERT INTO core_role_assignment (tenant_id, id, account_id, role, organization_id, since)
SELECT tenant_id, md5('held' || id)::uuid, md5('voter' || id)::uuid, 'member', organization_id,
       date '2020-01-01'
  FROM core_member WHERE stage = 'full';
INSERT INTO core_session (tenant_id, id, account_id, digest, created_at, seen_at, expires_at)
SELECT tenant_id, md5('session' || id)::uuid, md5('voter' || id)::uuid,
       sha256(('zs_' || replace(tenant_id::text, '-', '') || '_'
               || encode(sha256(convert_to('vote' || id, 'utf8')), 'hex'))::bytea),
       now() - interval '1 minute', now(), now() + interval '8 hours'
  FROM core_member WHERE stage = 'full'
"""
FULL = b"""SELECT organization_id, id FROM core_member
           WHERE tenant_id = %s AND stage = 'full' ORDER BY organization_id, id"""
PROPOSE = """mutation ($input: ProcedureProposeInput!) {
  procedurePropose(input: $input) { procedure { id } userErrors { code message } } }"""
OPEN = """mutation ($input: ProcedureSittingOpenInput!) {
  procedureSittingOpen(input: $input) { userErrors { code message } } }"""
VOTE = """mutation ($input: ProcedureVoteCastInput!) {
  procedureVoteCast(input: $input) { sitting { id } userErrors { code message } } }"""


def officer(tenant: Tenant) -> str:
    secret = sha256(f"{tenant.id}holding".encode()).hexdigest()
    return f"{SESSION}_{tenant.id.hex}_{secret}"


def appoint(server: Server, name: str, tenants: Sequence[Tenant]) -> None:
    """In each institution an officer who may hold meetings, and an account for each voter."""
    with server.connect(name) as connection:
        for tenant in tenants:
            account = seeded_id("account", tenant.id, "holding")
            connection.execute(statements.ACCOUNT, (tenant.id, account, "holding", "holding"))
            held = seeded_id("assignment", tenant.id, "holding")
            root = tenant.units[0].id
            connection.execute(
                statements.ASSIGNMENT,
                (tenant.id, held, account, "committee_officer", root, FOUNDED),
            )
            secret = officer(tenant)
            session = seeded_id("session", secret)
            digest = sha256(secret.encode()).digest()
            connection.execute(statements.SESSION, (tenant.id, session, account, digest))
        for statement in VOTERS.split(";"):
            connection.execute(statement.encode())


def mixed(tenants: Sequence[Tenant], first: int = 0) -> Iterator[Request]:
    """One write in five: a remark in the register; reads are members, and pages of a subtree.

    Counting from another `first`, every remark is another one.
    """
    year, share = date.today().year, (WRITES + READS) // WRITES
    for number in count(first):
        tenant = tenants[number // share % len(tenants)]
        member = global_id("Member", member_id(tenant.id, number * 37 % SIZE.members))
        if number % share == 0:
            given = {"member": member, "reason": "核对档案", "note": f"第{number}次核对"}
            document = mutation_of("memberCorrect")
            yield request(officer(tenant), document, {"input": given}, write=True)
        elif number % 2:
            yield request(officer(tenant), product.MEMBER, {"id": member}, write=False)
        else:
            place = global_id("Organization", tenant.committee.id)
            asked = {"organization": place, "year": year, "first": 50}
            yield request(officer(tenant), product.PAGE_OF_MEMBERS, asked, write=False)


async def ballots(
    server: Server, name: str, tenants: Sequence[Tenant], line: Line
) -> Iterator[Request]:
    """A vote in every branch, and the vote of everybody in it, all branches in turn."""
    voting: list[list[Request]] = []
    for tenant in tenants:
        members: dict[Any, list[Any]] = {}
        with server.connect(name) as connection:
            for organization, member in connection.execute(FULL, (tenant.id,)):
                members.setdefault(organization, []).append(member)
        for organization, here in members.items():
            proposal = {
                "procedure": "core.resolution",
                "organization": global_id("Organization", organization),
                "title": "年度工作计划",
                "statement": "讨论通过年度工作计划。",
            }
            made = await _done(line, tenant, PROPOSE, proposal)
            sitting = {
                "procedure": made["procedure"]["id"],
                "heldOn": datetime.now(ZONE).date().isoformat(),
                "secret": False,
                "present": [global_id("Member", each) for each in here],
            }
            await _done(line, tenant, OPEN, sitting)
            given = {"procedure": sitting["procedure"], "choice": "YES"}
            voting.append(
                [request(_voter(tenant, each), VOTE, {"input": given}, write=True) for each in here]
            )
    rounds = max(map(len, voting))
    return (each[n] for n in range(rounds) for each in voting if n < len(each))


def _voter(tenant: Tenant, member: Any) -> str:
    return f"{SESSION}_{tenant.id.hex}_{sha256(f'vote{member}'.encode()).hexdigest()}"


async def _done(line: Line, tenant: Tenant, document: str, given: dict[str, Any]) -> Any:
    asked = request(officer(tenant), document, {"input": given}, write=True)
    _, body = await line.ask(asked)
    answer = orjson.loads(body)
    (payload,) = (answer.get("data") or {"": {"userErrors": [answer]}}).values()
    if answer.get("errors") or payload["userErrors"]:
        raise SystemExit(f"refused: {body.decode()}")
    return payload
