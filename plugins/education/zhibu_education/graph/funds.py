"""What an organization has for each purpose of its training funds (S2-31)."""

from decimal import Decimal
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_education import actions
from zhibu_education.service import funds


@public("shown by `educationFunds` only, which asks")
@strawberry.type(description="某用途的培训经费（元）。 Funds for one purpose, in yuan.")
class EducationFund:
    category: str = strawberry.field(description="用途代码。 Code of the purpose.")
    earmarked: Decimal = strawberry.field(description="预算。 Earmarked.")
    spent: Decimal = strawberry.field(description="已支出。 Spent.")
    left: Decimal = strawberry.field(description="结余。 What is left.")


@strawberry.type
class EducationFunds:
    @resolved(
        "某组织某年度各用途的培训经费，明细见 educationExpenses。 Funds by purpose.",
        actions.FUND_READ,
    )
    async def education_funds(
        self, info: strawberry.Info[Any], organization: strawberry.ID, year: int
    ) -> list[EducationFund]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            found = await funds.of_year(act, unit, year)
        return [
            EducationFund(
                category=code,
                earmarked=Decimal(fund.earmarked) / 100,
                spent=Decimal(fund.spent) / 100,
                left=Decimal(fund.left) / 100,
            )
            for code, fund in found.items()
        ]
