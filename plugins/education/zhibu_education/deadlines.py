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
LECTURE = Due(
    name="education.lecture",
    items=store.lectures,
    subject="Member",
    permission=actions.READ,
    tells_member=True,
    lead="education.lecture_lead",
    escalation="education.hours_escalation",
    pursued="education.hours_pursued",
    basis="education.lectures_of_leaders",
    by_last_day=True,
    gone_is_done=False,
)
PLAN = Due(
    name="education.plan",
    items=store.plans,
    subject="Organization",
    permission=actions.PLAN_READ,
    responsible=("committee_officer",),
    lead="education.plan_lead",
    escalation="education.plan_escalation",
    pursued="education.plan_pursued",
    basis="education.planning_kinds",
    gone_is_done=False,
)
CERTIFICATE = Due(
    name="education.certificate",
    items=store.certificates,
    subject="EducationCertificate",
    permission=actions.READ,
    responsible=("committee_officer",),
    tells_member=True,
    lead="education.certificate_lead",
    escalation="education.certificate_escalation",
    basis="education.hours_required",
)
DUES = [HOURS_BEHIND, YEAR_END, LECTURE, PLAN, CERTIFICATE]
