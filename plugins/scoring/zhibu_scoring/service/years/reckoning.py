"""What the members of a branch come to in a year, from the entries that count and the appraisal."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu_organization_life.asking import Appraised, grades_of
from zhibu_scoring.rules.accounts import account
from zhibu_scoring.rules.results import Standing, Terms, Threshold, results
from zhibu_scoring.rules.schemes import Scheme
from zhibu_scoring.rules.years import Year
from zhibu_scoring.service.entries import exempt_of
from zhibu_scoring.service.terms import scheme
from zhibu_scoring.store import sums as entry_sums
from zhibu_scoring.store import years as store


async def reckoned(
    act: Act, members: Collection[UUID], path: str, year: int
) -> tuple[list[Standing], Scheme]:
    """What counts of these members of a branch now, and the scheme it was counted by."""
    found = scheme(act, path, year)
    sums = await entry_sums.of(act.session, act.tenant_id, members, year)
    exempt = await exempt_of(act, members)
    vetoes = await vetoes_of(act, members, year)
    most = {item.code: item.most for item in found.items.values() if item.most is not None}
    standings = [
        Standing(
            member_id=id,
            account=None if exempt(id, year) else account(found.base, most, sums.get(id, ())),
            veto=vetoes.get(id),
        )
        for id in members
    ]
    return standings, found


async def changed(act: Act, year: Year, members: Collection[UUID], path: str) -> int:
    """Of how many members what was drawn up is not what counts now, who came and went included."""
    standings, _ = await reckoned(act, members, path, year.year)
    now = {each.member_id: each for each in results(standings, terms(act, path, year.year))}
    drawn = {
        row.member_id: row for row in await store.results_of(act.session, act.tenant_id, year.id)
    }
    same = (
        id in drawn and all(getattr(each, name) == getattr(drawn[id], name) for name in store.KEPT)
        for id, each in now.items()
    )
    return len(now.keys() | drawn.keys()) - sum(same)


async def vetoes_of(act: Act, members: Collection[UUID], year: int) -> Mapping[UUID, str]:
    """Whom the published appraisal of the year vetoed, and why (S4-19)."""
    graded: Mapping[UUID, Appraised] = await grades_of(act, members, year)
    return {id: each.reason or "" for id, each in graded.items() if each.veto}


def terms(act: Act, path: str, year: int) -> Terms:
    """What is in force at a branch on the last day of the year."""
    day = year_of(year)[1]

    def threshold(name: str) -> Threshold:
        found = act.parameters.value(f"scoring.{name}", path, day)
        return Threshold(value=Decimal(found.value), inclusive=bool(found.inclusive))

    def share(name: str) -> tuple[int, int] | None:
        found = act.parameters.value(name, path, day).value
        return (found[0], found[1]) if found else None

    return Terms(
        unqualified=threshold("unqualified_at"),
        awards=threshold("awards_from"),
        excellent=threshold("excellent_from"),
        front=share("scoring.front_share"),
        behind=share("scoring.behind_share"),
        cap=share("organization_life.excellent_share"),
    )
