"""What scoring asks the policy about."""

from zhibu.actions import Action

READ = Action(name="scoring:record:read", summary="Read members' points and what they rest on.")
DECLARE = Action(name="scoring:entry:declare", summary="Declare points, or that some be reversed.")
DECIDE = Action(name="scoring:entry:decide", summary="Approve or refuse what was declared.")
EXEMPT = Action(name="scoring:exemption:grant", summary="Leave members out of the assessment.")
PROPOSE = Action(name="scoring:entry:propose", summary="Propose what records elsewhere speak of.")
FACT = Action(name="scoring:fact:record", summary="Record honours and punishments, and void them.")

ALL = [READ, DECLARE, DECIDE, EXEMPT, PROPOSE, FACT]
