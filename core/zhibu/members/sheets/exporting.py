"""The roster as a workbook: the columns of the import, for whom the caller may export."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_EXPORT
from zhibu.forms.rows import Record
from zhibu.identifiers import row_of
from zhibu.members import store
from zhibu.members.public import EXPORTED
from zhibu.members.rules import Stage
from zhibu.members.showing import show
from zhibu.organizations.public import codes_of, organization_of


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The living members at or below `filters["organization"]`, in the order of the register.

    Identity numbers and phones are in clear only where the caller may open them. Who exported how
    many, and what for (`filters["purpose"]`), is an event.
    """
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        path = unit.path
    scope = act.scope(MEMBER_EXPORT)
    found = await store.register_of(act.session, act.tenant_id, path, scope)
    ids = {p.organization_id for p, _, _ in found} | {p.group_id for p, _, _ in found if p.group_id}
    codes = await codes_of(act, ids)
    pages = [(show(act, person, sealed), joined_on) for person, sealed, joined_on in found]
    act.record(
        Event(
            name=EXPORTED,
            subject=("Organization", None),
            path=path or None,
            facts={
                "members": len(pages),
                "in_clear": sum(page.opened for page, _ in pages),
                "purpose": filters.get("purpose"),
            },
        )
    )
    return [
        {
            "name": page.person.name,
            "gender": page.person.gender,
            "nation": page.person.nation,
            "identity_number": page.number,
            "birth_date": page.person.birth_date,
            "education": page.person.education,
            "phone": page.phone,
            "branch": codes[page.person.organization_id],
            "group": codes[page.person.group_id] if page.person.group_id else None,
            "kind": page.person.kind,
            "stage": _stage(page.person.stage),
            "admitted_on": page.person.admitted_on,
            "full_on": page.person.full_on,
            "joined_on": joined_on,
            "note": page.person.note,
        }
        for page, joined_on in pages
    ]


def _stage(stage: Stage) -> Stage | str:
    return "停止党籍" if stage is Stage.STOPPED else stage
