"""Three worlds that hold our institution, and differ only in what some of us may not see.

`quiet` holds nothing else. `crowded` holds another institution besides, full of everything.
`spread` holds that one too, and much more in our own rival committee, which those who serve in the
other committee, or below it, may not look into.
"""

import shutil
from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import yaml
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import select
from tests.graph.test_mutation_statements import STORIES as told
from tests.graph.test_mutation_statements import Stage, Words, staged

from zhibu.errors import Refused
from zhibu.exchange.public import Message, send
from zhibu.identifiers import global_id, new_id
from zhibu.plugins import Plugins
from zhibu.settings import Settings
from zhibu.testing.asking import posted
from zhibu.testing.counting import statements
from zhibu.testing.filled import Filled, filled
from zhibu.testing.house import Furnished, House, Institution, running
from zhibu.testing.postgresql import Server
from zhibu_flow_members.service import certificates
from zhibu_flow_members.tables import Case

# Every role of the policy, and the unit where somebody of each institution holds it.
ROLES = {
    "member": "branch",
    "recorder": "branch",
    "party_group_leader": "group",
    "branch_committee_member": "branch",
    "branch_secretary": "branch",
    "general_branch_secretary": "general",
    "committee_officer": "committee",
    "committee_secretary": "committee",
    "discipline_inspection_officer": "committee",
    "working_committee_officer": "district",
    "district_organization_officer": "district",
    "municipal_organization_officer": "root",
    "system_administrator": "root",
    "security_administrator": "root",
    "audit_administrator": "root",
}
BELOW = [role for role, at in ROLES.items() if at not in ("district", "root")]
OURS, THEIRS = "yunling", "anotherplace"
HERE = "branch"
# Where the rival committee has what ours has: a story told of one is told of the other.
RIVAL = {"root": "rival", "district": "rival", "committee": "rival", "general": "rival"}
RIVAL |= {"branch": "far", "group": "far", "other": "far"}
# One after another: what is dissolved in the last story was needed before.
HERE_TOO = yaml.load((Path(__file__).parent / "story.yaml").read_text("utf-8"), Words)
STORIES = {**told, **HERE_TOO}
ORDER = (
    *(
        "organization_life",
        "education",
        "dues",
        "scoring",
        "flow_members",
        "discipline",
        "audit_campaign",
        "transfers",
        "after",
        "parameters",
        "jobs",
        "members",
    ),
    *("accounts", "tenants"),
    *("due", "organizations"),
)
# What is told of others as well.
THEIRS_TOO = (
    *(
        "organization_life",
        "education",
        "dues",
        "scoring",
        "flow_members",
        "transfers",
        "discipline",
        "audit_campaign",
    ),
    "procedures",
)
SAME = ("recorder", "secretary", "officer", "me")


@dataclass
class World:
    """A running product. `others` are credentials of those who see what our roles may not."""

    name: str
    house: House
    credentials: Mapping[str, str]
    others: Mapping[str, str]
    sent: list[str] = field(default_factory=list)

    async def ask(self, role: str, body: bytes) -> tuple[bytes, int]:
        """The answer to this body, and how many statements it took."""
        credential = self.others.get(role) or self.credentials[role]
        self.sent.clear()
        headers = {"authorization": f"Bearer {credential}", "x-request-id": "the-same-for-all"}
        answer = await posted(self.house.app, body, headers)  # the id is in answers
        return answer, len(self.sent)


def body(text: str, variables: Mapping[str, Any] | None = None) -> bytes:
    return orjson.dumps({"query": text, "variables": variables or {}})


@dataclass(frozen=True, kw_only=True)
class Laid:
    """The worlds at rest: their settings by name, and how one is let in."""

    settings: Mapping[str, Settings]
    credentials: Mapping[str, str]
    others: Mapping[str, str]
    own: tuple[str, ...]
    foreign: tuple[str, ...]
    now: datetime


async def lay(
    furnished: Furnished, folder: Path, plugins: Plugins, server: Server | None, stack: Any
) -> Laid:
    """Make the three worlds, each as a copy of the one before."""

    def copy(settings: Settings, name: str) -> Settings:
        found: Settings = stack.enter_context(copied(settings, folder / name, server))
        return found

    quiet = copy(furnished.settings, "quiet")
    async with running(quiet, plugins) as house:
        house.ready = {OURS: furnished.institution}
        stage = await staged(await filled(house, OURS), plugins)
        ours = stage.here.institution
        stage.known |= await peopled(ours)
        await tell(stage, ("before",))
        # A story changes a procedure for everybody: here for our committee, not for its rival.
        changed = {**stage.known, "root": ours.id("committee")}
        await tell(replace(stage, known=changed), ("procedures",))
        await tell(stage, ORDER)
        await number(ours)
        now = house.now
        credentials = {role: await house.sign_in(OURS, f"as_{role}") for role in ROLES}
        others = {"almighty": await house.sign_in(OURS, "almighty")}
    crowded = copy(quiet, "crowded")
    async with running(crowded, plugins) as house:
        there = await staged(await filled(house, THEIRS), plugins)
        await peopled(there.here.institution)
        await tell(there, (*THEIRS_TOO, "jobs"))
        await there.here.institution.switch("education", False, "rival")
        await there.here.institution.switch("flow_members", False, HERE)
        house.now = now
        others["them"] = await house.sign_in(THEIRS, "almighty")
    spread = copy(crowded, "spread")
    async with running(spread, plugins) as house:
        house.numbers = count(100)
        rival = await rivals(replace(ours, house=house), stage)
        house.now = now
        others["rival"] = await house.sign_in(OURS, "far_officer")
    return Laid(
        settings={"quiet": quiet, "crowded": crowded, "spread": spread},
        credentials=credentials,
        others=others,
        own=tuple(stage.known.values()),
        foreign=(*there.known.values(), *rival.known.values()),
        now=now,
    )


async def tell(stage: Stage, names: Iterable[str], *, by: Collection[str] | None = None) -> None:
    """Tell stories one after another, as far as an earlier one is not in the way of a later; the
    neighbour that one founds may be there from the world before."""
    for name in names:
        for step in STORIES[name]:
            if by is None or step.get("by") in by:
                with suppress(AssertionError, KeyError, TypeError, IndexError, Refused):
                    await stage.tell(step)
        await stage.here.institution.house.platform.jobs.run_waiting()


async def number(institution: Institution) -> None:
    """Print each certificate letter: it has a number from then on, and no world gives it another by
    who prints it first.
    """
    async with institution.operator("municipal_organization_officer", "branch_secretary") as act:
        for id in await act.session.scalars(select(Case.id).where(Case.tenant_id == act.tenant_id)):
            with suppress(Refused):
                await certificates.page(act, id)


async def peopled(institution: Institution) -> dict[str, str]:
    """Somebody for each role of the policy; their ids by login, which is `as_` and the role."""
    async with institution.operator() as act:  # which nobody takes; whoever keeps the house sees it
        top = institution.units["root"].path
        message = Message(kind="core.greeting", to="nowhere", about=new_id(), path=top, body={})
        await send(act, message)
    found = {}
    for number, (role, at) in enumerate(ROLES.items()):
        login, bound = f"as_{role}", None
        if not role.endswith("administrator"):
            bound = (await institution.member(HERE, name=f"角色{number}")).id
            found[login] = global_id("Member", bound)
        given = "" if role == "member" else role  # whoever is bound to a member is one
        await institution.account(login, given, at, member_id=bound)
    return found


async def rivals(ours: Institution, stage: Stage) -> Stage:
    """Fill the rival committee with what the other one has."""
    at = {name: ours.units[RIVAL.get(name, name)] for name in ours.units}
    there = replace(ours, units=at, credentials=dict(ours.credentials), accounts={})
    for login, role, unit in (
        ("recorder", "recorder", "branch"),
        ("secretary", "branch_secretary", "branch"),
        ("officer", "committee_officer", "committee"),
    ):
        await there.account(f"far_{login}", role, unit)
        there.credentials[login] = there.credentials[f"far_{login}"]
    people = [await there.member(name=f"他处党员{number}") for number in range(4)]
    await there.account("far_me", member_id=people[0].id)
    there.credentials["me"] = there.credentials["far_me"]
    known = {name: ours.id(RIVAL.get(name, name)) for name in ours.units}
    known |= {name: global_id("Member", person.id) for name, person in
              zip(("me", "peer", "member0", "member1"), people, strict=True)}  # fmt: skip
    made = Stage(here=Filled(institution=there, ids=known), fields=stage.fields, known=known)
    await tell(made, THEIRS_TOO, by=SAME)
    return made


@contextmanager
def copied(settings: Settings, folder: Path, server: Server | None) -> Iterator[Settings]:
    """A copy of an installation at rest, keys included: its cursors are the same."""
    shutil.copytree(settings.data, folder)
    if server is None:
        yield replace(settings, data=folder)
        return
    template = str(conninfo_to_dict(settings.database)["dbname"])
    with server.database(template) as urls:
        yield replace(settings, data=folder, database=urls.app, owner_database=urls.owner)


@asynccontextmanager
async def opened(laid: Laid, name: str, plugins: Plugins) -> AsyncIterator[World]:
    async with running(laid.settings[name], plugins) as house:
        house.now = laid.now
        with statements() as sent:
            yield World(name, house, laid.credentials, laid.others, sent)
