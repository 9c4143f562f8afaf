"""What falls due in organization life: meetings as often as the rules say, appraisals yearly."""

from zhibu.contributions import Due
from zhibu_organization_life import actions
from zhibu_organization_life.rules.catalogues import Kind
from zhibu_organization_life.store.deadlines.appraisals import appraisals
from zhibu_organization_life.store.deadlines.care import surveys
from zhibu_organization_life.store.deadlines.dual import joining
from zhibu_organization_life.store.deadlines.letters import letters
from zhibu_organization_life.store.deadlines.meetings import owed
from zhibu_organization_life.store.deadlines.talks import follow_ups, unreformed

MEETINGS = [
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

APPRAISALS = Due(
    name="organization_life.appraisal_due",
    items=appraisals,
    subject="Organization",
    permission=actions.READ,
    responsible=("branch_secretary",),
    lead="organization_life.appraisal_lead",
    escalation="organization_life.appraisal_escalation",
    pursued="organization_life.appraisal_pursued",
    basis="organization_life.appraisal_grace_months",
    gone_is_done=False,
)

LETTERS = Due(
    name="organization_life.letter_due",
    items=letters,
    subject="Member",
    permission=actions.REGISTER_READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="organization_life.letter_lead",
    escalation="organization_life.letter_escalation",
    pursued="organization_life.letter_pursued",
    basis="organization_life.letters_owed",
    by_last_day=True,
)

FOLLOW_UPS = Due(
    name="organization_life.talk_due",
    items=follow_ups,
    subject="OrganizationLifeTalk",
    permission=actions.TALK_READ,
    responsible=("branch_secretary",),
    lead="organization_life.talk_lead",
    escalation="organization_life.talk_escalation",
    basis="organization_life.talk_escalation",
)

UNREFORMED = Due(
    name="organization_life.unreformed_due",
    items=unreformed,
    subject="OrganizationLifeTalk",
    permission=actions.TALK_READ,
    responsible=("branch_secretary",),
    lead="organization_life.talk_lead",
    escalation="organization_life.talk_escalation",
    basis="organization_life.unreformed_days",
)

DUAL = Due(
    name="organization_life.dual_due",
    items=joining,
    subject="Member",
    permission=actions.ATTENDANCE_READ,
    responsible=("branch_secretary",),
    tells_member=True,
    lead="organization_life.meeting_lead",
    escalation="organization_life.meeting_escalation",
    pursued="organization_life.meeting_pursued",
    basis="organization_life.dual_months",
    by_last_day=True,
)

SURVEYS = Due(
    name="organization_life.survey_due",
    items=surveys,
    subject="Member",
    permission=actions.CARE_READ,
    responsible=("branch_secretary",),
    lead="organization_life.survey_lead",
    escalation="organization_life.survey_escalation",
    pursued="organization_life.survey_pursued",
    basis="organization_life.surveys_owed",
    by_last_day=True,
)

DUES = [*MEETINGS, APPRAISALS, LETTERS, FOLLOW_UPS, UNREFORMED, DUAL, SURVEYS]
