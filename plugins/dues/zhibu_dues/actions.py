"""What dues asks the policy about."""

from zhibu.actions import Action

READ = Action(name="dues:record:read", summary="Read members' dues.")
DECLARE = Action(name="dues:base:declare", summary="Declare the income that dues are reckoned by.")
CONFIRM = Action(name="dues:base:confirm", summary="Confirm or void a base of dues.")
COLLECT = Action(name="dues:payment:record", summary="Record dues that were paid.")
VOID = Action(name="dues:payment:void", summary="Void or correct a recorded payment.")
ASK = Action(name="dues:reduction:ask", summary="Ask for less dues, or none, in hardship.")
STUDY = Action(name="dues:reduction:study", summary="Study a request for less dues in the branch.")
APPROVE = Action(name="dues:reduction:approve", summary="Approve less dues, and end it.")
CONSENT = Action(
    name="dues:quarterly:consent", summary="Consent to dues being paid by the quarter."
)
ANSWER = Action(name="dues:arrears:answer", summary="Say what was found about long arrears.")
HAND_OVER = Action(name="dues:handover:make", summary="Hand collected dues over upward.")
RECEIVE = Action(name="dues:handover:receive", summary="Receive or return dues handed over.")
PUBLISH = Action(name="dues:publication:make", summary="Publish the dues of a year.")

ALL = [
    READ,
    DECLARE,
    CONFIRM,
    COLLECT,
    VOID,
    ASK,
    STUDY,
    APPROVE,
    CONSENT,
    ANSWER,
    HAND_OVER,
    RECEIVE,
    PUBLISH,
]
