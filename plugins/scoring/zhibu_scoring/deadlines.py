"""What falls due in scoring: publications, checks, notices, late facts, and who records."""

from zhibu.contributions import Due
from zhibu_scoring import actions
from zhibu_scoring.store import deadlines as store
from zhibu_scoring.store import keeping

PUBLICATION = Due(
    name="scoring.publication",
    items=store.publications,
    subject="Organization",
    permission=actions.YEAR_READ,
    responsible=("recorder", "branch_secretary"),
    lead="scoring.publication_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.publication_days",
    gone_is_done=False,
)
CHECK = Due(
    name="scoring.check",
    items=store.checks,
    subject="Organization",
    permission=actions.YEAR_READ,
    responsible=("recorder", "branch_secretary"),
    lead="scoring.publication_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.check_days",
    gone_is_done=False,
)
NOTICE = Due(
    name="scoring.notice",
    items=store.notices,
    subject="ScoringYear",
    permission=actions.YEAR_READ,
    responsible=("branch_secretary",),
    lead="scoring.notice_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.notice_days",
    gone_is_done=False,
)
LATE_FACTS = Due(
    name="scoring.late_facts",
    items=store.late_facts,
    subject="ScoringYear",
    permission=actions.YEAR_READ,
    responsible=("branch_secretary",),
    lead="scoring.notice_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.notice_lead",
)
RECOMMENDATION = Due(
    name="scoring.recommendation",
    items=keeping.recommendations,
    subject="Organization",
    permission=actions.YEAR_READ,
    responsible=("branch_secretary",),
    lead="scoring.notice_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.secretary_may_record",
)
TERM = Due(
    name="scoring.recorder_term",
    items=keeping.terms,
    subject="Organization",
    permission=actions.YEAR_READ,
    responsible=("branch_secretary",),
    lead="scoring.publication_lead",
    escalation="scoring.escalation",
    pursued="scoring.pursued",
    basis="scoring.secretary_may_record",
    gone_is_done=False,
)
DUES = [PUBLICATION, CHECK, NOTICE, LATE_FACTS, RECOMMENDATION, TERM]
