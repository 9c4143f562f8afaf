"""What falls due in a training year."""

from zhibu.contributions import Due
from zhibu_education import actions
from zhibu_education.store import deadlines as store

HOURS_BEHIND = Due(
    name="education.hours_behind",
    items=store.behind,
    subject="Member",
    permission=actions.READ,
    tells_member=True,
    above=(),
    lead="education.hours_lead",
    escalation="education.hours_escalation",
    pursued="education.hours_pursued",
    basis="education.hours_required",
    by_last_day=True,
    gone_is_done=False,
)
YEAR_END = Due(
    name="education.year_end",
    items=store.unfinished,
    subject="Organization",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="education.hours_lead",
    escalation="education.hours_escalation",
    pursued="education.hours_pursued",
    basis="education.hours_required",
    by_last_day=True,
    gone_is_done=False,
)
DUES = [HOURS_BEHIND, YEAR_END]
