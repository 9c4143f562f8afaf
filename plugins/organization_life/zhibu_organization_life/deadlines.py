"""What falls due in organization life: every kind of meeting, as often as the rules say."""

from zhibu.contributions import Due
from zhibu_organization_life import actions
from zhibu_organization_life.rules.catalogues import Kind
from zhibu_organization_life.store.deadlines import owed

DUES = [
    Due(
        name=f"organization_life.{kind.value}_due",
        items=owed(kind),
        subject="Organization",
        permission=actions.READ,
        responsible=("branch_secretary",),
        lead="organization_life.meeting_lead",
        escalation="organization_life.meeting_escalation",
        pursued="organization_life.meeting_pursued",
        basis=f"organization_life.{kind.value}_months",
        gone_is_done=False,
        by_last_day=True,
    )
    for kind in Kind
]
