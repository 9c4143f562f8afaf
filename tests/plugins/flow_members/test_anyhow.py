"""Whatever is offered, refused, ended, lost or told twice: one branch, and never two stays."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from tests.exchange.conftest import cut_at

from zhibu.act import Act
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.members.public import member_by_identity
from zhibu.members.tables import Affiliation
from zhibu.testing.house import Institution
from zhibu.testing.register import identity
from zhibu_flow_members.rules.notes import Channel, NoteKind, Wanted
from zhibu_flow_members.rules.papers import Certainty
from zhibu_flow_members.rules.peers import Asked
from zhibu_flow_members.rules.values import Ending, Ground, Terms
from zhibu_flow_members.service import cases, certificates, endings, guest_notes, guests, peers
from zhibu_flow_members.tables import Case, Guest, GuestNote, Note

_A, _C, _G, _N, _M = (t.__table__.c for t in (Affiliation, Case, Guest, Note, GuestNote))
NUMBER = (_C.certificate_unit_id, _C.certificate_year, _C.certificate_serial)
PEOPLE = (871, 872, 873)
STEPS = 200
PLACES = ("haibin", "qinghe")
CUTS = [f"{code} {moment}" for code in ("yunling", *PLACES) for moment in ("before", "after")]
HOME = ["go"] * 6 + ["offer"] * 3 + ["print"] * 6 + ["recall", "end", "end", "resume", "void"]
HOST = ["register"] * 8 + ["verify"] * 6 + ["note"] * 5 + ["refuse", "leave", "back"]
LIKELY = [*HOME, *HOST, "cut", "cut", "pass", *["work"] * 8]


@dataclass(kw_only=True)
class Three:
    """An institution whose people go, and two that take them in; chance does the rest."""

    home: Institution
    hosts: tuple[Institution, ...]
    chance: random.Random
    done: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    async def may(self, at: Institution, what: str, use: Any) -> None:
        """Do it, unless it is refused."""
        try:
            async with at.operator() as act:
                await use(act)
        except (Refused, ZhibuError, Unavailable):
            return
        self.done[what] += 1

    async def step(self) -> None:
        what, platform = self.chance.choice(LIKELY), self.home.house.platform
        if what == "work":
            await platform.jobs.run_waiting()
        elif what == "cut":
            async with cut_at(self.home, self.chance.choice(CUTS)):
                await platform.jobs.run_waiting()
        elif what == "pass":
            self.home.house.now += timedelta(days=self.chance.choice([1, 1, 4]), hours=1)
        elif what in HOME:
            await self.may(self.home, what, lambda act: self._at_home(act, what))
        else:
            host = self.chance.choice(self.hosts)
            await self.may(host, what, lambda act: self._at_host(act, host, what))

    async def _at_home(self, act: Act, what: str) -> None:
        asked = Asked(institution=self.chance.choice(PLACES), organization="COMMITTEE")
        if what == "go":
            number = identity(self.chance.choice(PEOPLE))
            who = (await member_by_identity(act, [number]))[number]
            terms = Terms(
                ground=Ground.LABOUR,
                place="江州市",
                certainty=Certainty.FIXED,
                since=act.today,
                until=act.today + timedelta(days=60),
            )
            await cases.record(act, who.id, terms, asked=asked)
            return
        id = await self._one(act, _C)
        match what:
            case "offer":
                await peers.offer(act, id, asked)
            case "recall":
                await peers.recall(act, id, reason="工作变动")
            case "end":
                await endings.end(act, id, act.today, Ending.RETURNED)
            case "resume":
                await endings.resume(act, id, reason="误登")
            case "void":
                await cases.void(act, id, reason="误登")
            case "print":
                await certificates.page(act, id)

    async def _at_host(self, act: Act, host: Institution, what: str) -> None:
        id = await self._one(act, _G)
        match what:
            case "register":
                await guests.register(act, id, host.units["branch"].id)
            case "refuse":
                await guests.decline(act, id, reason="支部撤并中")
            case "verify":
                await guests.verify(act, id, act.today)
            case "leave":
                await guests.leave(act, id, act.today, reason="返回")
            case "back":
                await guests.take_back(act, id, reason="误登")
            case "note":
                life = Wanted(
                    kind=NoteKind.LIFE, channel=Channel.VISIT, on=act.today, text="参加主题党日"
                )
                await guest_notes.note(act, id, life)

    async def _one(self, act: Act, columns: Any) -> UUID:
        """One of the last few."""
        query = select(columns.id).where(columns.tenant_id == act.tenant_id)
        known = (await act.session.scalars(query.order_by(columns.id))).all()
        if not known:
            raise Refused([])
        return known[-1 - self.chance.randrange(min(3, len(known)))]

    async def rows(self, at: Institution, columns: Any, *wanted: Any) -> list[Any]:
        async with at.operator() as act:
            found = await act.session.execute(
                select(*wanted).where(columns.tenant_id == act.tenant_id)
            )
            return list(found.all())

    async def holds(self) -> None:
        """At home nobody is away twice, and no number of a certificate letter is missing or given
        twice; no host has anybody twice; each has one formal branch."""
        away = await self.rows(self.home, _C, _C.member_id, _C.ended_on, _C.voided_on, *NUMBER)
        numbers = defaultdict(list)
        for row in away:
            if row.certificate_serial is not None:
                issued = (row.certificate_unit_id, row.certificate_year)
                numbers[issued].append(row.certificate_serial)
        for serials in numbers.values():
            assert sorted(serials) == [*range(1, len(serials) + 1)]
        open_ones = [row.member_id for row in away if not (row.ended_on or row.voided_on)]
        assert len(open_ones) == len(set(open_ones))
        for host in self.hosts:
            stays = await self.rows(host, _G, _G.peer_member, _G.ended_on, _G.withdrawn_on)
            here = [row.peer_member for row in stays if not (row.ended_on or row.withdrawn_on)]
            assert len(here) == len(set(here))
            assert await self.rows(host, _A, _A.id) == [], "a guest is nobody's member there"
        branches = await self.rows(self.home, _A, _A.member_id, _A.until)
        assert sorted({row.member_id for row in branches}) == sorted(
            row.member_id for row in branches if row.until is None
        )

    async def agree(self) -> None:
        """Once all is told both sides say the same of every stay, and of every note."""
        theirs = {}
        for host in self.hosts:
            code = host.tenant.code
            for row in await self.rows(host, _G, *_G.values()):
                theirs[code, row.about] = row
        seen, stays = set(), await self.rows(self.home, _C, *_C.values())
        for row in stays:
            mine = theirs.get((row.peer_code, row.id))
            for code in PLACES:
                other = theirs.get((code, row.id))
                if other is not None and code != row.peer_code:
                    assert other.ended_on or other.withdrawn_on, "let go"
            if row.peer_code is None or mine is None:
                continue
            seen.add(row.peer_state)
            assert (mine.ended_on, mine.offer) == (row.ended_on, row.peer_offer)
            assert (mine.withdrawn_on is None) == (row.voided_on is None)
            said = "left" if mine.left_on else mine.state.replace("offered", "waiting")
            assert (said, mine.verified_on) == (row.peer_state, row.verified_on)
        noted = await self.rows(self.home, _N, _N.peer_note)
        known = [await self.rows(host, _M, _M.id) for host in self.hosts]
        assert {row.peer_note for row in noted} <= {row.id for rows in known for row in rows}
        assert len(noted) == len({row.peer_note for row in noted})
        assert len(seen) > 1


@pytest.mark.clause("S1-01", "S1-02")
async def test_nobody_is_away_twice_and_both_sides_agree_whatever_is_lost_or_told_twice(
    institution: Institution,
) -> None:
    names = ("海滨市直机关", "清河市直机关")
    hosts = [
        await institution.house.found(code, name) for code, name in zip(PLACES, names, strict=True)
    ]
    for number in PEOPLE:
        await institution.member("branch", name=f"外出{number}", identity_number=identity(number))
    three = Three(home=institution, hosts=tuple(hosts), chance=random.Random(1))
    for _ in range(STEPS):
        await three.step()
        await three.holds()
    for _ in range(4):
        institution.house.now += timedelta(hours=25)
        while await institution.house.platform.jobs.run_waiting():
            pass
    await three.holds()
    await three.agree()
    for what in ("go", "register", "end", "verify", "note", "print"):
        assert three.done[what] > 1, dict(three.done)
