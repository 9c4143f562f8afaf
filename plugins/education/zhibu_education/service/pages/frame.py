"""What every page shares: its templates, whom it names, and a line in the ledger."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from zhibu.act import Act
from zhibu.forms.printing import render
from zhibu.members.public import MemberFacts
from zhibu.organizations.public import Unit, organization_of
from zhibu_education.public import PAGE_PRINTED
from zhibu_education.service.rows import event

TEMPLATES = Path(__file__).parent.parent.parent / "templates"

HIDDEN = "（内容已撤回）"
Rows = Sequence[Sequence[Any]]


def register(
    act: Act,
    unit: Unit,
    *,
    title: str,
    period: str,
    headings: Sequence[str],
    rows: Rows,
    wide: Collection[int],
    signers: Sequence[str] = ("制表人", "负责人"),
    notes: Sequence[str] = (),
    landscape: bool = False,
    kind: str | None = None,
) -> str:
    """A titled table of an organization, to sign and seal; the ledger says who printed it.

    `kind` is what the ledger calls the page where its title is what somebody wrote: such words may
    have to be withdrawn.
    `wide` are the places of the columns whose cells are long; the others are kept on one line.
    """
    page = render(
        "education_register.html",
        folders=[*act.templates, TEMPLATES],
        title=title,
        organization=unit.name,
        period=period,
        headings=headings,
        rows=rows,
        wide=wide,
        notes=notes,
        signers=signers,
        landscape=landscape,
        day=act.today,
        mark=mark(act),
    )
    about = ("Organization", unit.id)
    facts = {"page": kind or title, "period": period, "rows": len(rows)}
    act.record(event(PAGE_PRINTED, about, unit.path, **facts))
    return page


def mark(act: Act) -> str:
    """The line at the foot that says who printed it, and when."""
    return f"{act.caller.name} {act.today.isoformat()} 打印"


async def branch_of(act: Act, member: MemberFacts) -> str:
    """What the member's branch is called; whoever sees the member sees that."""
    unit = await organization_of(act, member.organization_id, seen_by=None)
    return unit.name
