"""What can be wrong with talks."""

from zhibu.errors import Conflict, Invalid


class OwnTalk(Invalid):
    """Nobody talks with himself, nor records a talk that was had with him."""

    code = "organization_life.own_talk"


class TalkerUnknown(Invalid):
    """Whoever talked is no member that the caller sees."""

    code = "organization_life.talker_unknown"


class TalkGroundElsewhere(Invalid):
    """This gives rise to another kind of talk. Facts: `kind`, `ground`."""

    code = "organization_life.talk_ground_elsewhere"


class DimensionMissing(Invalid):
    """Reminders and criticism say what they are about."""

    code = "organization_life.dimension_missing"


class TalkUnsaid(Invalid):
    """A talk says why, and what was said."""

    code = "organization_life.talk_unsaid"


class TalkNotFailed(Conflict):
    """Only where a talk is recorded as without improvement something is decided."""

    code = "organization_life.talk_not_failed"


class TalkVoid(Conflict):
    """The talk was voided. Facts: `on`."""

    code = "organization_life.talk_void"
