"""The forms of audits as workbooks, given out only: for a purpose, marked with who took them."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.rows import Record
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.service.forms.declared import FORMS, Form
from zhibu_audit_campaign.service.forms.giving import workbook


def _sheet(form: Form) -> Sheet:
    async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
        return await workbook(act, filters, form)

    return Sheet(
        name=f"audit_campaign_{form.code}",
        title=form.title,
        columns=form.columns,
        permission=actions.READ,
        read=read,
    )


SHEETS = [_sheet(form) for form in FORMS.values()]
