"""Sampling branches: by kind and size, at least a tenth, by a seed that is kept (S3A-22)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu.lots import drawn
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.campaigns import State


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A branch that may be drawn: its kind, and how many are on its list."""

    id: UUID
    organization_id: UUID
    kind: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Least:
    """The least share of branches in percent, and who says so."""

    percent: int
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """A branch that was drawn, as it is kept; `path` is that of whoever draws."""

    id: UUID
    path: str
    campaign_state: State
    drawn_on: date
    checked_on: date | None
    lost: int
    hanging: int
    floating: int


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a sample found on the spot, to be compared with what was reported."""

    on: date
    people: int
    lost: int
    hanging: int
    floating: int
    remark: str


def stratum(branch: Branch, bands: Sequence[int]) -> str:
    """The kind of a branch and its band of sizes: `branch/10`, up to ten; `branch/+`, more."""
    band = next((str(most) for most in sorted(bands) if branch.size <= most), "+")
    return f"{branch.kind}/{band}"


def sample(
    branches: Sequence[Branch], percent: int, bands: Sequence[int], seed: str
) -> dict[UUID, str]:
    """The branches that the seed draws, with the stratum of each: of every stratum its share,
    rounded up, so that none is passed over and the whole is not less than the share.
    """
    strata: dict[str, list[UUID]] = {}
    for branch in branches:
        strata.setdefault(stratum(branch, bands), []).append(branch.id)
    return {
        id: name
        for name, ids in strata.items()
        for id in drawn(ids, -(-len(ids) * percent // 100), seed)
    }


def drawing_refusals(
    branches: Sequence[Branch], percent: int, least: Least
) -> Iterator[Invalid | Conflict]:
    """There are branches, and no fewer are drawn than the plan says."""
    if not branches:
        yield errors.NobodyToCheck(path=("audited",), on=None)
    if not least.percent <= percent <= 100:
        yield errors.PercentUnfit(path=("percent",), basis=least.basis, least=least.percent)


def sector_refusals(
    sector: str | None, among: Collection[UUID], sectors: Collection[str], known: Collection[UUID]
) -> Iterator[Invalid]:
    """A round is of one of the plan's sectors, among the branches that are said to be of it, all of
    them here or below (S3A-32).
    """
    if (sector is None) != (not among):
        yield errors.Unsaid(path=("among" if sector else "sector",))
    if sector is not None and sector not in sectors:
        yield errors.SectorUnknown(path=("sector",), sector=sector)
    if odd := len({*among} - {*known}):
        yield errors.BranchesUnknown(path=("among",), count=odd)


def finding_refusals(known: Sampled, given: Found, *, today: date) -> Iterator[Invalid | Conflict]:
    """What was found is told once, of a day since the draw, while the audit goes on."""
    if known.campaign_state is not State.OPEN:
        yield errors.StateUnfit(path=("sampled",), state=known.campaign_state)
    if known.checked_on is not None:
        yield errors.SampledAlready(path=("sampled",), on=known.checked_on)
    if not known.drawn_on <= given.on <= today:
        yield errors.DayUnfit(path=("on",), on=given.on, since=known.drawn_on, today=today)
    if min(given.people, given.lost, given.hanging, given.floating) < 0 or not given.people:
        yield errors.Unsaid(path=("people",))
    if not given.remark.strip():
        yield errors.Unsaid(path=("remark",))


def agrees(known: Sampled, given: Found) -> bool:
    """Whether what was found is what was reported."""
    return (known.lost, known.hanging, known.floating) == (
        given.lost,
        given.hanging,
        given.floating,
    )
