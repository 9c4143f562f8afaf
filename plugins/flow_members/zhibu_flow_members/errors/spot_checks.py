"""What can be wrong with spot checks."""

from zhibu.errors import Conflict, Invalid


class CountInvalid(Invalid):
    """At least one unit is drawn. Facts: `count`."""

    code = "flow_members.count_invalid"


class NobodyToDraw(Invalid):
    """No unit below has so many floating members. Facts: `least`."""

    code = "flow_members.nobody_to_draw"


class DrawnAlready(Conflict):
    """The year's units are drawn. Facts: `on`."""

    code = "flow_members.drawn_already"


class NotDrawn(Invalid):
    """Only what was drawn is checked."""

    code = "flow_members.not_drawn"
