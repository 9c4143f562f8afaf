"""What falls due in dues: a month, the year's base, long arrears, the year's publication."""

from zhibu.contributions import Due
from zhibu_dues import actions
from zhibu_dues.store import deadlines as store

MONTH = Due(
    name="dues.month",
    items=store.months,
    subject="Member",
    permission=actions.READ,
    responsible=("recorder",),
    tells_member=True,
    above=(),
    lead="dues.month_lead",
    escalation="dues.escalation",
    pursued="dues.pursued",
    basis="dues.collection_day",
    gone_is_done=False,
)
BASE = Due(
    name="dues.base",
    items=store.bases,
    subject="Organization",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="dues.base_lead",
    escalation="dues.escalation",
    pursued="dues.pursued",
    basis="dues.base_months",
    gone_is_done=False,
)
OVERDUE = Due(
    name="dues.overdue",
    items=store.overdue,
    subject="Member",
    permission=actions.READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="dues.arrears_lead",
    escalation="dues.escalation",
    pursued="dues.pursued",
    basis="dues.arrears_months",
)
UNANSWERED = Due(
    name="dues.half_year",
    items=store.unanswered,
    subject="Member",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="dues.arrears_lead",
    escalation="dues.escalation",
    basis="dues.suggestion_months",
)
PUBLICATION = Due(
    name="dues.publication",
    items=store.publications,
    subject="Organization",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="dues.publication_lead",
    escalation="dues.escalation",
    pursued="dues.pursued",
    basis="dues.publication_months",
    gone_is_done=False,
)
DUES = [MONTH, BASE, PUBLICATION]
LONG = [OVERDUE, UNANSWERED]
