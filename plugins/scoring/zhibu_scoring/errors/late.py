"""What can be wrong with a fact that came late."""

from zhibu.errors import Conflict


class LateFactSettled(Conflict):
    """It waits no longer. Facts: `settlement`."""

    code = "scoring.late_fact_settled"


class LateFactOpen(Conflict):
    """It waits already."""

    code = "scoring.late_fact_open"


class OwnLateFact(Conflict):
    """Nobody decides about what came late of himself."""

    code = "scoring.own_late_fact"
