"""What falls due in discipline: corrections, answers, deliveries, filings, files."""

from zhibu.contributions import Due
from zhibu_discipline import actions
from zhibu_discipline.store import deadlines as store

CORRECTION = Due(
    name="discipline.correction",
    items=store.corrections,
    subject="DisciplineCase",
    permission=actions.EVALUATE,
    responsible=("branch_secretary",),
    lead="discipline.correction_lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.correction_months",
)
ANSWER = Due(
    name="discipline.answer",
    items=store.answers,
    subject="DisciplineCase",
    permission=actions.DELIVER,
    responsible=("branch_secretary",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.answer_days",
)
DELIVERY = Due(
    name="discipline.delivery",
    items=store.deliveries,
    subject="DisciplineCase",
    permission=actions.DELIVER,
    responsible=("branch_secretary",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.delivery_days",
)
FILING = Due(
    name="discipline.filing",
    items=store.filings,
    subject="DisciplineCase",
    permission=actions.FILE,
    responsible=("district_organization_officer", "municipal_organization_officer"),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.filing_days",
)
HELP = Due(
    name="discipline.help",
    items=store.helps,
    subject="DisciplineCase",
    permission=actions.DELIVER,
    responsible=("branch_secretary",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.help_days",
)
PASSING = Due(
    name="discipline.passing",
    items=store.passings,
    subject="DisciplineReferral",
    permission=actions.PASS_ON,
    responsible=("district_organization_officer",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.passing_days",
)
REPLY = Due(
    name="discipline.reply",
    items=store.replies,
    subject="DisciplineReferral",
    permission=actions.ANSWER_REFERRAL,
    responsible=("committee_officer", "discipline_inspection_officer"),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.discipline_days",
)
NOTICE = Due(
    name="discipline.notice_of_removal",
    items=store.notices,
    subject="DisciplineReferral",
    permission=actions.REFER,
    responsible=("committee_officer",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.notice_days",
)
INFLUENCE = Due(
    name="discipline.influence",
    items=store.influences,
    subject="DisciplineReferral",
    permission=actions.ANSWER_REFERRAL,
    responsible=("committee_officer",),
    lead="discipline.correction_lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.punishments",
)
FILES = Due(
    name="discipline.files",
    items=store.files,
    subject="DisciplineFileCheck",
    permission=actions.FILE_CHECK,
    responsible=("branch_secretary",),
    lead="discipline.lead",
    escalation="discipline.escalation",
    pursued="discipline.pursued",
    basis="discipline.file_repair_months",
)
DUES = [CORRECTION, ANSWER, DELIVERY, FILING, HELP, PASSING, REPLY, NOTICE, INFLUENCE, FILES]
