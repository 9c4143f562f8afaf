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
from zhibu_flow_members.rules.certificates import Validity
from zhibu_flow_members.rules.values import Ground
from zhibu_flow_members.service.card_pages import folders_of
from zhibu_flow_members.service.events import SUBJECT
from zhibu_flow_members.service.registers import GROUNDS
from zhibu_flow_members.store import certificates as store

PLUGIN = actions.READ.plugin
KIND = f"{PLUGIN}.certificate"


async def page(act: Act, case_id: UUID) -> str:
    """《党员证明信》 of who is away for a short time; printing it stands in the ledger."""
    known = await store.certificate(act.session, act.tenant_id, case_id)
    if known is None:
        raise NotFound()
    act.require(actions.RECORD, known.path, known.member_id, seen_by=actions.READ)
    refuse(rules.printing_refusals(known))
    made = render(
        "flow_members_certificate.html",
        folders=folders_of(act),
        title="党员证明信",
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
            facts={"place": known.place},
        )
    )
    return made


async def verdict(act: Act, id: UUID) -> Verdict | None:
    """Whether it holds, until when, and a masked name."""
    known = await store.certificate(act.session, act.tenant_id, id)
    if known is None or not act.switches.enabled(PLUGIN, known.path):
        return None
    standing = rules.validity_of(known, act.today)
    until = known.until.isoformat() if known.until else ""
    return Verdict(
        holds=standing is Validity.VALID,
        state=f"flow_members.certificate.{standing}",
        facts=(
            ("flow_members.verified.name", masked(known.name)),
            ("flow_members.verified.until", until),
        ),
    )
