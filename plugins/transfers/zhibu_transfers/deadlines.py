"""What falls due: letters, answers, refusals, the next step, receipts, stops, stays abroad."""

from zhibu.contributions import Due
from zhibu_transfers import actions
from zhibu_transfers.store import deadlines as store

LETTER = Due(
    name="transfers.letter",
    items=store.letters,
    subject="TransfersCase",
    permission=actions.READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="transfers.letter_lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.valid_days_city",
)
ANSWER = Due(
    name="transfers.answer",
    items=store.answers,
    subject="TransfersCase",
    permission=actions.READ,
    responsible=("branch_secretary", "committee_officer", "municipal_organization_officer"),
    lead="transfers.lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.answer_days",
)
REFUSAL = Due(
    name="transfers.refusal",
    items=store.refusals,
    subject="TransfersCase",
    permission=actions.READ,
    responsible=("committee_officer", "district_organization_officer"),
    lead="transfers.lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.causes",
)
SETTLE = Due(
    name="transfers.settle",
    items=store.settles,
    subject="TransfersCase",
    permission=actions.READ,
    responsible=("branch_secretary", "committee_officer"),
    lead="transfers.lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.settle_days",
)
RECEIPT = Due(
    name="transfers.receipt",
    items=store.receipts,
    subject="TransfersCase",
    permission=actions.READ,
    responsible=("committee_officer",),
    lead="transfers.lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.receipt_months",
)
STOP = Due(
    name="transfers.stop",
    items=store.stops,
    subject="TransfersMembership",
    permission=actions.READ,
    responsible=("branch_secretary", "committee_officer"),
    lead="transfers.give_up_lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.give_up_years",
)
CONTACT = Due(
    name="transfers.contact",
    items=store.contacts,
    subject="TransfersMembership",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="transfers.abroad_lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.contact_months",
)
RETURN = Due(
    name="transfers.return",
    items=store.returns,
    subject="TransfersMembership",
    permission=actions.READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="transfers.abroad_lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.retain_written",
)
ABROAD = Due(
    name="transfers.abroad",
    items=store.stays,
    subject="TransfersMembership",
    permission=actions.READ,
    responsible=("branch_secretary", "committee_officer"),
    lead="transfers.abroad_lead",
    escalation="transfers.escalation",
    pursued="transfers.pursued",
    basis="transfers.abroad_years",
)
DUES = [LETTER, ANSWER, REFUSAL, SETTLE, RECEIPT, STOP, CONTACT, RETURN, ABROAD]
