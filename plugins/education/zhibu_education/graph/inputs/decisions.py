"""What a client says about exemptions and certificates."""

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_education.graph.enums import ExemptionGround


@strawberry.input(description="豁免年度学时。 A member to be exempt from a year's hours.")
class EducationExemptInput:
    member: strawberry.ID = told("党员。 The member.")
    year: int = told("年度。 Year.")
    ground: ExemptionGround = told("情形。 Elderly or ill.")
    consent: str = told("本人同意的依据。 The consent it rests on.")
    idempotency_key: str | None = key()


@strawberry.input(description="终止豁免。 An exemption to be ended.")
class EducationExemptionEndInput:
    exemption: strawberry.ID = told("豁免记录。 The exemption.")
    reason: str = told("终止原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="颁发结业证书。 A certificate to be issued.")
class EducationCertificateIssueInput:
    member: strawberry.ID = told("党员。 The member.")
    year: int = told("年度。 Year.")
    idempotency_key: str | None = key()


@strawberry.input(description="作废结业证书。 A certificate to be voided.")
class EducationCertificateVoidInput:
    certificate: strawberry.ID = told("证书。 The certificate.")
    reason: str = told("作废原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="保留结业证书。 A certificate to be kept although hours fell short.")
class EducationCertificateKeepInput:
    certificate: strawberry.ID = told("证书。 The certificate.")
    reason: str = told("保留的理由。 Why.")
    idempotency_key: str | None = key()
