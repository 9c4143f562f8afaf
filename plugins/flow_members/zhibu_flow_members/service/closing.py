"""What holds only while somebody is away: his card, and who keeps contact with him."""

from datetime import date

from zhibu.act import Act
from zhibu_flow_members.rules.values import Case
from zhibu_flow_members.service.cards import card_of, take_off
from zhibu_flow_members.store import cards, liaisons


async def close(act: Act, case: Case, on: date, reason: str) -> None:
    """He is no longer away: the card holds no more, and nobody has to keep contact."""
    ended = await cards.close(act.session, act.tenant_id, case.id, on, reason)
    if ended is not None:
        await take_off(act, await card_of(act, ended), reason)
    await liaisons.close(act.session, act.tenant_id, case.id, on)


async def reopen(act: Act, case: Case) -> None:
    """That was a slip: both hold again. A photograph is put on the card anew."""
    await cards.reopen(act.session, act.tenant_id, case.id)
    await liaisons.reopen(act.session, act.tenant_id, case.id)
