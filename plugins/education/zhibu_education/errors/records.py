"""What can be wrong with plans, teachers, exemptions, certificates and funds."""

from zhibu.errors import Conflict, Invalid


class PlanExists(Conflict):
    """The organization has a plan for this year. Facts: `year`."""

    code = "education.plan_exists"


class PlanEmpty(Conflict):
    """A plan without any session is not published."""

    code = "education.plan_empty"


class PlanPublished(Conflict):
    """What a published plan promised is not taken out of it. Facts: `on`."""

    code = "education.plan_published"


class PlanItemUsed(Conflict):
    """A session was entered for this item of the plan."""

    code = "education.plan_item_used"


class MonthInvalid(Invalid):
    """A year has the months 1 to 12. Facts: `month`."""

    code = "education.month_invalid"


class PageTooLong(Invalid):
    """More rows than one page takes. Facts: `most`."""

    code = "education.page_too_long"


class DatesReversed(Invalid):
    """The end lies before the beginning. Facts: `since`, `until`."""

    code = "education.dates_reversed"


class ConsentMissing(Invalid):
    """An exemption needs the consent it rests on, in words (EM-23)."""

    code = "education.consent_missing"


class AlreadyExempt(Conflict):
    """The member is exempt from this year already. Facts: `year`."""

    code = "education.already_exempt"


class OwnExemption(Conflict):
    """Nobody exempts himself."""

    code = "education.own_exemption"


class ExemptionEnded(Conflict):
    """The exemption was ended already. Facts: `on`."""

    code = "education.exemption_ended_already"


class HoursNotReached(Conflict):
    """A certificate is issued when the hours are verified. Facts: `required`, `verified`."""

    code = "education.hours_not_reached"


class CertificateIssued(Conflict):
    """A valid certificate of this year exists. Facts: `serial`."""

    code = "education.certificate_issued_already"


class CertificateVoid(Conflict):
    """The certificate is void."""

    code = "education.certificate_void"


class CertificateCovered(Conflict):
    """The hours of the certificate count, or it was kept already. Facts: `serial`."""

    code = "education.certificate_covered"


class AmountNotPositive(Invalid):
    """An amount of money must be more than nothing."""

    code = "education.amount_not_positive"


class SpentInFuture(Invalid):
    """Money was not spent on a day to come. Facts: `on`, `today`."""

    code = "education.spent_in_future"


class BudgetExceeded(Conflict):
    """More would be spent than was earmarked, in yuan. Facts: `budget`, `spent`, `amount`."""

    code = "education.budget_exceeded"


class FundPurposeUnknown(Invalid):
    """Funds are for the purposes of the catalogue alone (S2-31). Facts: `category`, `allowed`."""

    code = "education.fund_purpose_unknown"


class ExpenseVoid(Conflict):
    """The entry is void already. Facts: `on`."""

    code = "education.expense_void"


class BudgetSpent(Conflict):
    """What was earmarked has been spent since, in yuan. Facts: `spent`, `left`."""

    code = "education.budget_spent"


class ContentWithdrawn(Conflict):
    """The words were withdrawn from sight (S0-38). Facts: `on`."""

    code = "education.content_is_withdrawn"


class ContentOfSession(Conflict):
    """The words are those of a session that is withdrawn itself. Facts: `on`."""

    code = "education.content_of_session"


class OwnContentWithdrawn(Conflict):
    """What one entered and somebody else withdrew is shown again by another."""

    code = "education.own_content_withdrawn"


class ContentShown(Conflict):
    """Only what was withdrawn is shown again."""

    code = "education.content_shown"
