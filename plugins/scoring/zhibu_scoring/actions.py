"""What scoring asks the policy about."""

from zhibu.actions import Action

READ = Action(name="scoring:record:read", summary="Read members' points and what they rest on.")
DECLARE = Action(name="scoring:entry:declare", summary="Declare points, or that some be reversed.")
DECIDE = Action(name="scoring:entry:decide", summary="Approve or refuse what was declared.")
EXEMPT = Action(name="scoring:exemption:grant", summary="Leave members out of the assessment.")
PROPOSE = Action(name="scoring:entry:propose", summary="Propose what records elsewhere speak of.")
FACT = Action(name="scoring:fact:record", summary="Record honours and punishments, and void them.")
YEAR_READ = Action(name="scoring:year:read", summary="See where a branch's year stands.")
DRAW_UP = Action(name="scoring:year:draw_up", summary="Sum up what members' years come to.")
YEAR_DECIDE = Action(name="scoring:year:decide", summary="Record what the branch decided, post it.")
REVIEW = Action(name="scoring:year:review", summary="Review what a branch decided, or return it.")
INSPECT = Action(name="scoring:year:inspect", summary="Inspect a branch's year at random.")
OBJECT = Action(name="scoring:year:object", summary="Object to a result that is put up.")
PUBLISH = Action(
    name="scoring:points:publish", summary="Make points known; record half-year checks."
)
RECOMMEND = Action(
    name="scoring:recommendation:record",
    summary="Record that a branch recommended its recorder or supervisor.",
)
HELP = Action(name="scoring:help:record", summary="Plan help for members, and say what came of it.")

ALL = [
    READ,
    DECLARE,
    DECIDE,
    EXEMPT,
    PROPOSE,
    FACT,
    YEAR_READ,
    DRAW_UP,
    YEAR_DECIDE,
    REVIEW,
    INSPECT,
    OBJECT,
    PUBLISH,
    HELP,
    RECOMMEND,
]
