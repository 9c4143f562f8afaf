"""What falls due of members away: talk, verification, contact, reports, reviews, the return."""

from zhibu.contributions import Due
from zhibu_flow_members import actions
from zhibu_flow_members.rules.summaries import YEARLY
from zhibu_flow_members.rules.values import TAKING
from zhibu_flow_members.store import deadlines

TALKS = Due(
    name="flow_members.talk_due",
    items=deadlines.talks,
    subject="FlowMembersCase",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="flow_members.talk_lead",
    escalation="flow_members.talk_escalation",
    basis="flow_members.talk_escalation",
)
RETURNS = Due(
    name="flow_members.return_due",
    items=deadlines.returns,
    subject="FlowMembersCase",
    permission=actions.READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="flow_members.return_lead",
    escalation="flow_members.return_escalation",
    basis="flow_members.return_lead",
)
VERIFICATIONS = Due(
    name="flow_members.verify_due",
    items=deadlines.verifications,
    subject="FlowMembersArrival",
    permission=actions.ARRIVAL_READ,
    responsible=("branch_secretary",),
    lead="flow_members.verify_lead",
    escalation="flow_members.verify_escalation",
    basis="flow_members.verify_days",
)
FILINGS = Due(
    name="flow_members.file_due",
    items=deadlines.filings,
    subject="FlowMembersArrival",
    permission=actions.ARRIVAL_READ,
    responsible=("general_branch_secretary", "committee_officer"),
    lead="flow_members.verify_lead",
    escalation="flow_members.verify_escalation",
    basis="flow_members.file_days",
)
GUEST_ANSWERS = Due(
    name="flow_members.guest_due",
    items=deadlines.guest_answers,
    subject="FlowMembersGuest",
    permission=actions.ARRIVAL_READ,
    responsible=("branch_secretary", "committee_officer"),
    lead="flow_members.verify_lead",
    escalation="flow_members.verify_escalation",
    basis="flow_members.answer_days",
)
GUEST_VERIFICATIONS = Due(
    name="flow_members.guest_verify_due",
    items=deadlines.guest_verifications,
    subject="FlowMembersGuest",
    permission=actions.ARRIVAL_READ,
    responsible=("branch_secretary",),
    lead="flow_members.verify_lead",
    escalation="flow_members.verify_escalation",
    basis="flow_members.verify_days",
)
GUEST_FILINGS = Due(
    name="flow_members.guest_file_due",
    items=deadlines.guest_filings,
    subject="FlowMembersGuest",
    permission=actions.ARRIVAL_READ,
    responsible=("general_branch_secretary", "committee_officer"),
    lead="flow_members.verify_lead",
    escalation="flow_members.verify_escalation",
    basis="flow_members.file_days",
)
CONTACTS = Due(
    name="flow_members.contact_due",
    items=deadlines.contacts,
    subject="FlowMembersCase",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="flow_members.contact_lead",
    escalation="flow_members.contact_escalation",
    basis="flow_members.contact_months",
)
REPORTS = Due(
    name="flow_members.report_due",
    items=deadlines.reports,
    subject="FlowMembersCase",
    permission=actions.READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="flow_members.contact_lead",
    escalation="flow_members.contact_escalation",
    basis="flow_members.report_months",
)
REVIEWS = Due(
    name="flow_members.review_due",
    items=deadlines.reviews,
    subject="FlowMembersCard",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="flow_members.review_lead",
    escalation="flow_members.review_escalation",
    basis="flow_members.review_escalation",
)
HALVES = Due(
    name="flow_members.half_due",
    items=deadlines.summaries(TAKING, (1, 2)),
    subject="Organization",
    permission=actions.SUMMARY_READ,
    responsible=("branch_secretary",),
    lead="flow_members.summary_lead",
    escalation="flow_members.half_escalation",
    basis="flow_members.half_escalation",
)
YEARS = Due(
    name="flow_members.year_due",
    items=deadlines.summaries(YEARLY, (0,)),
    subject="Organization",
    permission=actions.SUMMARY_READ,
    responsible=("general_branch_secretary", "committee_officer"),
    lead="flow_members.summary_lead",
    escalation="flow_members.year_escalation",
    basis="flow_members.year_escalation",
)
DUES = [
    *(TALKS, RETURNS, VERIFICATIONS, FILINGS, CONTACTS, REPORTS, REVIEWS, HALVES, YEARS),
    *(GUEST_ANSWERS, GUEST_VERIFICATIONS, GUEST_FILINGS),
]
