"""The vote: sealed until the count, which erases how everybody voted and keeps how many did."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.storage.encryption import Place
from zhibu_organization_life import actions
from zhibu_organization_life.errors import NoMember
from zhibu_organization_life.public import APPRAISAL_VOTED, VOTES_COUNTED, VOTES_VOIDED
from zhibu_organization_life.rules import appraisals as rules
from zhibu_organization_life.rules.appraisals import Paper, Stand
from zhibu_organization_life.rules.grades import Grade, Tally, suggested
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.appraisals.opening import grace_of
from zhibu_organization_life.service.appraisals.places import places_of
from zhibu_organization_life.service.appraisals.rolls import appraisal_for, roll, say
from zhibu_organization_life.service.appraisals.speaking import part_of
from zhibu_organization_life.store import appraisals as store

# One letter each: a sealed ballot must not be told by its length.
LETTERS = {grade: letter for grade, letter in zip(Grade, "eqbu", strict=True)}
GRADES = {letter: grade for grade, letter in LETTERS.items()}
MAJORITY = "organization_life.appraisal_majority"
QUORUM = "organization_life.appraisal_quorum"


async def vote(act: Act, id: UUID, votes: Mapping[UUID, Grade]) -> None:
    """Grade everybody else, oneself and once; nobody learns how."""
    voter = act.caller.member_id
    if voter is None:
        await appraisal_for(act, id, actions.TAKE_PART)
        raise NoMember(path=("appraisal",))
    appraisal, listed = await part_of(act, id, voter)
    refuse(
        rules.voting_refusals(
            appraisal,
            votes,
            listed.results,
            voter=voter,
            voted={member for _, member, _ in await _ballots(act, id)},
            entitled=listed.entitled,
            today=act.today,
        )
    )
    ballot = new_id()
    text = json.dumps({member.hex: LETTERS[grade] for member, grade in votes.items()})
    sealed = act.keyring.seal(_place(act, ballot), text)
    await store.cast(act.session, act.tenant_id, [_row(act, ballot, id, voter, sealed)])
    say(act, APPRAISAL_VOTED, appraisal, voter)


async def count(act: Act, id: UUID, paper: Paper) -> None:
    """Count what was cast here and on paper; the vote then suggests a grade for everybody."""
    appraisal = await appraisal_for(act, id, actions.APPRAISE)
    listed = await roll(act, appraisal)
    cast = [each for each in await _ballots(act, id) if each[1] in listed.entitled]
    voted = {member for _, member, _ in cast}
    everybody = voted | set(paper.voters)
    on, path = appraisal.meeting.held_on, appraisal.path
    held_to = listed.expected | (everybody & listed.entitled)
    refuse(
        [
            *rules.year_refusals(
                appraisal.meeting, appraisal.year, grace_of(act, appraisal.meeting, appraisal.year)
            ),
            *rules.counting_refusals(
                appraisal,
                paper,
                listed.results,
                voted=voted,
                entitled=listed.entitled,
                expected=held_to,
                quorum=amounts.share(act, QUORUM, on, path),
            ),
        ]
    )
    tallies = _tallies(act, cast, paper, {m for m, r in listed.results.items() if r.graded})
    places = places_of(act, appraisal, len(tallies))
    majority = amounts.share(act, MAJORITY, on, path)
    suggests = suggested(tallies, places=places.count, majority=majority)
    rows = [_row(act, new_id(), id, voter, None) for voter in paper.voters]
    await store.cast(act.session, act.tenant_id, rows)
    await store.erase(act.session, act.tenant_id, id)
    changes = {
        member: {**_columns(tally), "suggested": suggests.get(member)}
        for member, tally in tallies.items()
    }
    await store.change_results(act.session, act.tenant_id, id, changes)
    await store.change(
        act.session,
        act.tenant_id,
        id,
        state=Stand.COUNTED,
        entitled=len(held_to),
        voted=len(everybody),
        places=places.count,
        places_basis=str(places.basis),
    )
    say(act, VOTES_COUNTED, appraisal, voted=len(everybody), entitled=len(held_to))


async def reopen(act: Act, id: UUID, *, reason: str) -> None:
    """Void a vote that went wrong, with all that was decided by it; it is held anew."""
    appraisal = await appraisal_for(act, id, actions.APPRAISE)
    refuse(rules.reopening_refusals(appraisal, reason))
    await store.forget_votes(act.session, act.tenant_id, id)
    nothing: dict[str, Any] = dict.fromkeys(("entitled", "voted", "places", "places_basis"))
    await store.change(act.session, act.tenant_id, id, state=Stand.OPEN, **nothing)
    say(act, VOTES_VOIDED, appraisal, reason=reason.strip())


async def _ballots(act: Act, id: UUID) -> list[tuple[UUID, UUID, bytes | None]]:
    return await store.ballots(act.session, act.tenant_id, id)


def _tallies(
    act: Act, cast: list[tuple[UUID, UUID, bytes | None]], paper: Paper, graded: set[UUID]
) -> dict[UUID, Tally]:
    counts: dict[UUID, Counter[Grade]] = {member: Counter() for member in sorted(graded)}
    for ballot, _, sealed in cast:
        assert sealed is not None, "nothing was counted yet"
        for member, letter in json.loads(act.keyring.open(_place(act, ballot), sealed)).items():
            if UUID(member) in counts:
                counts[UUID(member)][GRADES[letter]] += 1
    return {
        member: Tally(**{grade.value: count[grade] for grade in Grade}).plus(
            paper.tallies.get(member, Tally())
        )
        for member, count in counts.items()
    }


def _columns(tally: Tally) -> dict[str, int]:
    return {grade.value: getattr(tally, grade.value) for grade in Grade}


def _row(act: Act, id: UUID, appraisal_id: UUID, voter: UUID, sealed: bytes | None) -> Any:
    return {
        "id": id,
        "appraisal_id": appraisal_id,
        "member_id": voter,
        "sealed": sealed,
        "cast_at": act.now,
    }


def _place(act: Act, id: UUID) -> Place:
    return Place(act.tenant_id, "organization_life_ballot", "sealed", id)
