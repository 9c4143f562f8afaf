"""What may be refused about the tree of organizations."""

from zhibu.errors import Conflict, Invalid


class NameMissing(Invalid):
    """A code or a name is blank. Facts: `field`."""

    code = "core.name_missing"


class ReasonMissing(Invalid):
    """An act that changes history needs its reason."""

    code = "core.reason_missing"


class FutureDate(Invalid):
    """What has not happened yet cannot be recorded. Facts: `on`, `today`."""

    code = "core.future_date"


class DatesReversed(Invalid):
    """Something would end before it began. Facts: `since`, `until`."""

    code = "core.dates_reversed"


class NothingToSplit(Invalid):
    """A split names no new unit, or a new unit without members and sub-units."""

    code = "core.nothing_to_split"


class NamedTwice(Invalid):
    """The same member, unit or code stands in two parts of one split. Facts: `name`."""

    code = "core.named_twice"


class CodeTaken(Conflict):
    """Another organization of the institution has this code. Facts: `code`."""

    code = "core.code_taken"


class NameTaken(Conflict):
    """A sibling already bears this name. Facts: `name`."""

    code = "core.name_taken"


class RootExists(Conflict):
    """An institution has one organization without a parent."""

    code = "core.root_exists"


class KindNotAllowed(Conflict):
    """This kind does not belong below that one. Facts: `kind`, `parent_kind`."""

    code = "core.kind_not_allowed"


class KindNotForMembers(Conflict):
    """The unit has members and would become a kind that is no formal home. Facts: `kind`."""

    code = "core.kind_not_for_members"


class MayNotApprove(Conflict):
    """Branches and Party groups never approve probationary members (S3C-05). Facts: `kind`."""

    code = "core.may_not_approve"


class MoveUnderItself(Conflict):
    """A unit cannot stand below itself or below one of its own sub-units. Facts: `name`."""

    code = "core.move_under_itself"


class UnitEnded(Conflict):
    """The organization has ended. Facts: `name`, `ended_on`."""

    code = "core.unit_ended"


class UnitLives(Conflict):
    """The organization has not ended, so nothing can be reopened. Facts: `name`."""

    code = "core.unit_lives"


class EndedByMerger(Conflict):
    """A unit merged into another one cannot be reopened. Facts: `name`, `successor`."""

    code = "core.ended_by_merger"


class BeforeFounding(Conflict):
    """The date lies before the organization's records begin. Facts: `on`, `since`."""

    code = "core.before_founding"


class LaterChangeRecorded(Conflict):
    """A later change of the tree is on record; the late one would rewrite it. Facts: `since`."""

    code = "core.later_change_recorded"


class MergeDiffers(Conflict):
    """Only units of like kinds merge. Facts: `kind`, `into_kind`."""

    code = "core.merge_differs"


class UnitsRemain(Conflict):
    """Living members or sub-units remain. Facts: `members`, `units`."""

    code = "core.units_remain"


class UnitsRemained(Conflict):
    """Members or sub-units left only after the date. Facts: `on`, `members`, `units`, `until`."""

    code = "core.units_remained"


class ProceduresUnderWay(Conflict):
    """Something is under way there that nobody could decide any more. Facts: `count`."""

    code = "core.unit_procedures_under_way"


class GroupHasMembers(Conflict):
    """A Party group goes to another branch only with its members. Facts: `members`."""

    code = "core.group_has_members"


class NotOfUnit(Conflict):
    """A named member or sub-unit does not belong to the unit to be split. Facts: `name`."""

    code = "core.not_of_unit"


class MembersCameLater(Conflict):
    """Members joined the unit after the date. Facts: `count`, `on`."""

    code = "core.members_came_later"


class VersionStale(Conflict):
    """Somebody else changed it since it was read. Facts: `version`, `current`."""

    code = "core.version_stale"
