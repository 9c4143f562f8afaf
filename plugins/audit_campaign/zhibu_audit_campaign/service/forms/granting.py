"""What somebody may have of the forms of all branches at and below an organization, by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.rules.filing import Unit, filed, resting_on, shared_out
from zhibu_audit_campaign.rules.plans import Level, Line, Plan
from zhibu_audit_campaign.service.forms.declared import Form
from zhibu_audit_campaign.service.forms.filling import asked
from zhibu_audit_campaign.service.forms.giving import picked, placed
from zhibu_audit_campaign.store import forms as store

Chosen = tuple[Plan, Form, Line]


@dataclass(frozen=True, kw_only=True)
class Granted:
    """What a job may write by now: of each branch at and below its place what its file is called,
    and which forms are in it.
    """

    place: Any
    chosen: Sequence[Chosen]
    branches: Mapping[UUID, Unit]
    files: Mapping[UUID, str]
    forms: Mapping[UUID, Sequence[str]]

    def shares(self, parts: int) -> list[list[UUID]]:
        return shared_out(sorted(self.branches), parts)

    def resting_on(self, share: Sequence[UUID]) -> str:
        return resting_on((self.files[id], self.forms[id]) for id in share)

    def having(self, form: Form, share: Iterable[UUID]) -> list[UUID]:
        return [id for id in share if form.code in self.forms[id]]

    def paths(self, form: Form, share: Iterable[UUID]) -> list[str]:
        """Where it is looked up whether somebody else must approve a form."""
        return [self.place.path, *(self.branches[id].path for id in self.having(form, share))]


async def granted_by(act: Act, given: Mapping[str, Any]) -> Granted:
    """For a job that was `given` an organization in an audit and codes of forms. Raises `NotFound`
    where the caller may see one of these forms no more.
    """
    place = await placed(act, UUID(given["audited"]))
    chosen = [picked(act, place, code, "forms") for code in given["forms"]]
    units = await store.named(act.session, act.tenant_id, place.campaign_id, place.path)
    committees = {each.path: _unit(each) for each in units if each.level == Level.COMMITTEE}
    branches = {each.organization_id: _unit(each) for each in units if each.level == Level.BRANCH}
    return Granted(
        place=place,
        chosen=chosen,
        branches=branches,
        files={id: filed(unit, committees) for id, unit in branches.items()},
        forms={
            id: [form.code for _, form, line in chosen if _may(act, form, line, unit.path)]
            for id, unit in branches.items()
        },
    )


def _may(act: Act, form: Form, line: Line, path: str) -> bool:
    return act.may(actions.READ, path) and act.may(asked(form, line), path)


def _unit(row: Any) -> Unit:
    return Unit(id=row.organization_id, path=row.path, code=row.code, name=row.name)
