"""By what the education of an organization is evaluated (S2-27), out of its figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.calendar import checked_year
from zhibu.reading import public
from zhibu_education.rules.catalogues import label_of
from zhibu_education.rules.indicators import Figures, reached, target_of, value_of
from zhibu_education.rules.standing import average, share

Rows = list[dict[str, Any]]


@public("shown with the part, which has its permission")
@strawberry.type(description="考评指标及其结果。 An indicator, and an organization's result.")
class EducationIndicator:
    code: str = strawberry.field(description="指标代码。 Code in the catalogue.")
    name: str = strawberry.field(description="指标。 What is measured.")
    value: Decimal | None = strawberry.field(
        description="结果；没有可计对象时为空。 The result; null where there is nobody to measure."
    )
    target: Decimal | None = strawberry.field(
        description="目标值。 What is asked for, if anything."
    )
    reached: bool | None = strawberry.field(description="是否达到。 Whether it was reached.")
    basis: str = strawberry.field(description="依据。 The document and article of the catalogue.")


def completions(rows: Rows, env: Any) -> list[Decimal | None]:
    """The share of members who reached their hours, in percent."""
    return [share(row["met"], row["members"]) for row in rows]


def averages(rows: Rows, env: Any) -> list[Decimal | None]:
    """Verified hours per member who needs hours."""
    return [average(row["hours"], row["members"]) for row in rows]


def evaluations(rows: Rows, env: Any) -> list[list[EducationIndicator]]:
    """Every indicator of the catalogue in force at the organization at the end of the year."""
    return [_evaluation(row, env) for row in rows]


def _evaluation(row: dict[str, Any], env: Any) -> list[EducationIndicator]:
    last = date(checked_year(row["year"]), 12, 31)
    catalogue = env.parameters.value("education.indicators", row["path"], last)
    figures = Figures(**{key: row[key] for key in Figures.__dataclass_fields__})
    language = "en" if env.locale == "en" else "zh"
    found = []
    for word in catalogue.value or ():
        value, target = value_of(word["code"], figures), target_of(word)
        found.append(
            EducationIndicator(
                code=word["code"],
                name=label_of([word], word["code"], language) or word["code"],
                value=value,
                target=target,
                reached=reached(value, target),
                basis=f"《{catalogue.basis.document}》{catalogue.basis.article}",
            )
        )
    return found
