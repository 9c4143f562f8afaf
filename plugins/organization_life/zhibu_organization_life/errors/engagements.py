"""What can be wrong with what members take on."""

from zhibu.errors import Conflict, Invalid


class EngagementUntitled(Invalid):
    """It says what is taken on, or who is linked."""

    code = "organization_life.engagement_untitled"


class EngagementVoid(Conflict):
    """The record was voided. Facts: `on`."""

    code = "organization_life.engagement_void"


class NoMemberThen(Invalid):
    """Nobody takes anything on before or after being a member. Facts: `on`."""

    code = "organization_life.no_member_then"


class NotYetDone(Invalid):
    """What lies ahead has not happened. Facts: `on`, `today`."""

    code = "organization_life.not_yet_done"


class ServiceHoursInvalid(Invalid):
    """Volunteer service has hours, nothing else has. Facts: `limit`."""

    code = "organization_life.service_hours_invalid"


class OwnRecord(Invalid):
    """Hours, letters, care and results are recorded by somebody else."""

    code = "organization_life.own_record"


class LetterOfYear(Conflict):
    """The member has a responsibility letter of that year. Facts: `year`."""

    code = "organization_life.letter_of_year"


class LetterUnfulfilled(Invalid):
    """An example fulfilled a letter of the year or the one before. Facts: `year`."""

    code = "organization_life.letter_unfulfilled"


class ResultMissing(Invalid):
    """What came of it is told in words."""

    code = "organization_life.result_missing"


class ManagedOtherwise(Conflict):
    """Classes are for members in service, roles for the retired. Facts: `managed`, `kind`."""

    code = "organization_life.managed_otherwise"


class WordNotListed(Invalid):
    """The list in force has no such word. Facts: `words`."""

    code = "organization_life.word_not_listed"


class ClassHeld(Conflict):
    """The member is in another class, or has the role, in that time. Facts: `title`, `since`."""

    code = "organization_life.class_held"
