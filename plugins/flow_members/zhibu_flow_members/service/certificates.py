"""The certificate letter to print, and what anybody who holds one is told of it."""

from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.forms.printing import render
from zhibu.verifying.public import Verdict, address_of
from zhibu_flow_members import actions
from zhibu_flow_members.public import CERTIFICATE_PRINTED
from zhibu_flow_members.rules import certificates as rules
from zhibu_flow_members.rules.cards import masked
from zhibu_flow_members.rules.certificates import Certificate, Validity
from zhibu_flow_members.rules.values import Ground
from zhibu_flow_members.service.card_pages import folders_of
from zhibu_flow_members.service.events import SUBJECT
from zhibu_flow_members.service.registers import GROUNDS
from zhibu_flow_members.store import certificates as store

PLUGIN = actions.READ.plugin
KIND = f"{PLUGIN}.certificate"


async def page(act: Act, case_id: UUID) -> str:
    """《党员证明信》 of who is away for a short time; printing it stands in the ledger.

    The letter has the number that it was first printed with.
    """
    known = await store.certificate(act.session, act.tenant_id, case_id, held=True)
    if known is None:
        raise NotFound()
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    refuse(rules.printing_refusals(known))
    known = await _numbered(act, known)
    made = render(
        "flow_members_certificate.html",
        folders=folders_of(act),
        title="党员证明信",
        number=known.number,
        organization=known.branch,
        heading=known.heading,
        name=known.name,
        standing="预备党员" if known.stage == "probationary" else "正式党员",
        ground=GROUNDS[Ground(known.ground)],
        place=known.place,
        since=known.since,
        until=known.until,
        contact=known.contact or "",
        day=act.today,
        address=address_of(act, KIND, known.id),
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    act.record(
        Event(
            name=CERTIFICATE_PRINTED,
            subject=(SUBJECT, known.id),
            path=known.path,
            member_id=known.member_id,
            facts={"number": known.number, "place": known.place},
        )
    )
    return made


async def _numbered(act: Act, known: Certificate) -> Certificate:
    """The letter with its number; no number is missing or given twice, whatever becomes of it."""
    if known.number is not None:
        return known
    session, tenant = act.session, act.tenant_id
    await store.hold(session, tenant, known.branch_id)
    await store.number(session, tenant, known.id, known.branch_id, act.today.year)
    numbered = await store.certificate(session, tenant, known.id)
    assert numbered is not None
    return numbered


async def verdict(act: Act, id: UUID) -> Verdict | None:
    """Whether it holds, until when, its number if it was printed, and a masked name."""
    known = await store.certificate(act.session, act.tenant_id, id)
    if known is None or not act.switches.enabled(PLUGIN, known.path):
        return None
    standing = rules.validity_of(known, act.today)
    until = known.until.isoformat() if known.until else ""
    return Verdict(
        holds=standing is Validity.VALID,
        state=f"flow_members.certificate.{standing}",
        facts=(
            *((("flow_members.verified.serial", known.number),) if known.number else ()),
            ("flow_members.verified.name", masked(known.name)),
            ("flow_members.verified.until", until),
        ),
    )
