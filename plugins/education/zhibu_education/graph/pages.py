"""Pages to print. Printing is an act: who printed whose record stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.reading import permitted
from zhibu_education import actions
from zhibu_education.graph.inputs.words import row
from zhibu_education.service import pages


@strawberry.type
class EducationPages:
    @strawberry.field(  # type: ignore[untyped-decorator]
        description="党员年度学习档案，供打印。 A member's study record of a year, to print.",
        metadata=permitted(actions.READ),
    )
    async def education_archive_page(
        self, info: strawberry.Info[Any], member: strawberry.ID, year: int
    ) -> str:
        async with info.context.act() as act:
            return await pages.archive(act, row(member, "Member", "member"), year)

    @strawberry.field(  # type: ignore[untyped-decorator]
        description="培训结业证书，供打印。 A certificate of completed training, to print.",
        metadata=permitted(actions.READ),
    )
    async def education_certificate_page(
        self,
        info: strawberry.Info[Any],
        certificate: Annotated[
            strawberry.ID, strawberry.argument(description="证书。 The certificate.")
        ],
    ) -> str:
        async with info.context.act() as act:
            id = row(certificate, "EducationCertificate", "certificate")
            return await pages.certificate(act, id)
