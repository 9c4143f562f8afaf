"""Deciding about exemptions and certificates."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu_education import actions
from zhibu_education.graph.inputs import decisions as inputs
from zhibu_education.graph.payloads import EducationCertificatePayload, EducationExemptionPayload
from zhibu_education.service import certificates


@strawberry.type
class DecisionMutation:
    @mutation(permission=actions.EXEMPT)
    async def education_exempt(
        self, act: Act, input: inputs.EducationExemptInput
    ) -> EducationExemptionPayload:
        """年老体弱、患病党员豁免当年学时。 Exempt an elderly or ill member."""
        member = row(input.member, "Member", "member")
        await certificates.exempt(act, member, input.year, input.ground, input.consent)
        return EducationExemptionPayload(row=member)

    @mutation(permission=actions.EXEMPT)
    async def education_exemption_end(
        self, act: Act, input: inputs.EducationExemptionEndInput
    ) -> EducationExemptionPayload:
        """终止豁免。 End an exemption."""
        exemption = row(input.exemption, "EducationExemption", "exemption")
        member = await certificates.end_exemption(act, exemption, input.reason)
        return EducationExemptionPayload(row=member)

    @mutation(permission=actions.CERTIFY)
    async def education_certificate_issue(
        self, act: Act, input: inputs.EducationCertificateIssueInput
    ) -> EducationCertificatePayload:
        """颁发年度培训结业证书。 Issue a year's certificate."""
        member = row(input.member, "Member", "member")
        certificate = await certificates.issue_certificate(act, member, input.year)
        return EducationCertificatePayload(row=certificate)

    @mutation(permission=actions.CERTIFY)
    async def education_certificate_void(
        self, act: Act, input: inputs.EducationCertificateVoidInput
    ) -> EducationCertificatePayload:
        """作废结业证书。 Void a certificate."""
        certificate = row(input.certificate, "EducationCertificate", "certificate")
        await certificates.void_certificate(act, certificate, input.reason)
        return EducationCertificatePayload(row=certificate)

    @mutation(permission=actions.CERTIFY)
    async def education_certificate_keep(
        self, act: Act, input: inputs.EducationCertificateKeepInput
    ) -> EducationCertificatePayload:
        """学时不足而保留结业证书。 Keep a certificate whose hours no longer suffice."""
        certificate = row(input.certificate, "EducationCertificate", "certificate")
        await certificates.keep_certificate(act, certificate, input.reason)
        return EducationCertificatePayload(row=certificate)
