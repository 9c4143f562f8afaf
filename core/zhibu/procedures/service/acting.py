"""Who may decide here: by the policy, or standing in for somebody who may."""

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.procedures.rules.values import Actor, Case, Entry


async def actor_for(act: Act, case: Case, entry: Entry) -> Actor:
    """The caller, if this step is theirs to decide. Raises `Forbidden` and its kin."""
    caller = act.caller
    act.require(Action(name=entry.action, summary=""), entry.path, case.member_id)
    return Actor(account_id=caller.account_id, member_id=caller.member_id)
