"""The certificate of a year's completed training, to print."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu.forms.printing import render
from zhibu.members.public import member_of
from zhibu_education import actions
from zhibu_education.errors import CertificateVoid
from zhibu_education.public import CERTIFICATE_PRINTED
from zhibu_education.service.pages.frame import TEMPLATES, branch_of
from zhibu_education.service.rows import event
from zhibu_education.store import exports as store
from zhibu_education.store import records


async def certificate(act: Act, certificate_id: UUID) -> str:
    """The certificate of completed training; a void one is not printed."""
    found = await store.certificate(act.session, act.tenant_id, certificate_id)
    if found is None:
        raise NotFound()
    member = await member_of(act, found.member_id)
    act.require(actions.READ, member.path, member.id)
    if found.voided_on is not None:
        raise CertificateVoid(path=("certificate",))
    page = render(
        "education_certificate.html",
        folders=[*act.templates, TEMPLATES],
        title="结业证书",
        number=f"{found.year}{found.serial:06d}",
        member=member,
        branch=await branch_of(act, member),
        year=found.year,
        hours=found.hours,
        now=await records.hours_of(act.session, act.tenant_id, member.id, found.year),
        issuer=act.tenant.name,
        day=found.issued_on,
    )
    about = ("EducationCertificate", certificate_id)
    facts = {"serial": found.serial, "year": found.year}
    act.record(event(CERTIFICATE_PRINTED, about, member.path, member.id, **facts))
    return page
