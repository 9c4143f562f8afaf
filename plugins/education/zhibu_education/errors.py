"""What can be wrong in education."""

from zhibu.errors import Conflict, Invalid


class HoursNotPositive(Invalid):
    """Class hours must be more than nothing. Facts: `hours`."""

    code = "education.hours_not_positive"


class DayOverfull(Invalid):
    """More hours on one day than a day may hold. Facts: `on`, `recorded`, `hours`, `limit`."""

    code = "education.day_overfull"


class CreditInTheFuture(Invalid):
    """Hours cannot be credited for a day to come. Facts: `on`, `today`."""

    code = "education.credit_in_the_future"


class CreditBeforeAdmission(Invalid):
    """The day lies before the person became a member. Facts: `on`, `admitted_on`."""

    code = "education.credit_before_admission"


class EvidenceMissing(Invalid):
    """A claim needs evidence: a file, or words that say where it can be seen."""

    code = "education.evidence_missing"


class OwnClaim(Conflict):
    """Hours are verified by somebody who neither claimed, recorded nor earned them."""

    code = "education.own_claim"


class CreditSettled(Conflict):
    """The credit was decided already. Facts: `state`."""

    code = "education.credit_settled"


class SessionHeldInFuture(Invalid):
    """A session cannot have been held on a day to come. Facts: `on`, `today`."""

    code = "education.session_held_in_future"


class LateReasonMissing(Invalid):
    """A session entered late says why. Facts: `on`, `days`."""

    code = "education.late_reason_missing"


class AttendanceBeforeSession(Conflict):
    """Nobody was present at a session still to come. Facts: `on`, `today`."""

    code = "education.attendance_before_session"


class SessionSettled(Conflict):
    """The session was cancelled. Facts: `state`."""

    code = "education.session_settled"


class SessionNotPlanned(Conflict):
    """One enrols in sessions that are planned and still to come. Facts: `state`, `on`."""

    code = "education.session_not_planned"


class SessionCodeTaken(Conflict):
    """Another session has this code. Facts: `code`."""

    code = "education.session_code_taken"


class WordUnknown(Invalid):
    """The word is not in the catalogue in force. Facts: `word`, `allowed`."""

    code = "education.word_unknown"


class MemberElsewhere(Conflict):
    """The member is not at or below the organization. Facts: `name`."""

    code = "education.member_elsewhere"


class ReasonMissing(Invalid):
    """Returning, correcting or voiding needs a reason."""

    code = "education.reason_missing"


class ChangedMeanwhile(Conflict):
    """Somebody changed it since it was read. Facts: `version`."""

    code = "education.changed_meanwhile"


class PlanExists(Conflict):
    """The organization has a plan for this year. Facts: `year`."""

    code = "education.plan_exists"


class PlanEmpty(Conflict):
    """A plan without any session is not published."""

    code = "education.plan_empty"


class DatesReversed(Invalid):
    """The end lies before the beginning. Facts: `since`, `until`."""

    code = "education.dates_reversed"


class ConsentMissing(Invalid):
    """An exemption needs the consent it rests on, in words (EM-23)."""

    code = "education.consent_missing"


class AlreadyExempt(Conflict):
    """The member is exempt from this year already. Facts: `year`."""

    code = "education.already_exempt"


class HoursNotReached(Conflict):
    """A certificate is issued when the hours are verified. Facts: `required`, `verified`."""

    code = "education.hours_not_reached"


class CertificateIssued(Conflict):
    """A valid certificate of this year exists. Facts: `serial`."""

    code = "education.certificate_issued"


class CertificateVoid(Conflict):
    """The certificate is void already."""

    code = "education.certificate_void"


class AmountNotPositive(Invalid):
    """An amount of money must be more than nothing."""

    code = "education.amount_not_positive"


class BudgetExceeded(Conflict):
    """More would be spent than was earmarked (S2-31). Facts: `budget`, `spent`, `amount`."""

    code = "education.budget_exceeded"
