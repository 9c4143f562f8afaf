"""What can be wrong with what follows a decision."""

from zhibu.errors import Conflict, Invalid


class Delivered(Conflict):
    """It was delivered already."""

    code = "discipline.delivered"


class OpinionMissing(Invalid):
    """Who signs has an opinion."""

    code = "discipline.opinion_missing"


class ExplanationMissing(Invalid):
    """Why there is no signature."""

    code = "discipline.explanation_missing"


class ResultUnfit(Invalid):
    """No result of a correction. Facts: `result`."""

    code = "discipline.result_unfit"


class NotOver(Conflict):
    """The time of the correction is not over. Facts: `until`."""

    code = "discipline.not_over"


class EvaluationMissing(Invalid):
    """What the evaluation rests on."""

    code = "discipline.evaluation_missing"


class Filed(Conflict):
    """It was filed already."""

    code = "discipline.filed"


class NumberMissing(Invalid):
    """A filing has a number."""

    code = "discipline.number_missing"


class Overtaken(Conflict):
    """The membership changed after the decision. Facts: `name`."""

    code = "discipline.overtaken"
