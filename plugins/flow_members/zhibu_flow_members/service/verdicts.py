"""What anybody who holds a card is told of it: whether it holds, its number, a masked name."""

from uuid import UUID

from zhibu.act import Act
from zhibu.verifying.public import Verdict
from zhibu_flow_members.rules.cards import ReviewResult, Standing, masked, standing_of
from zhibu_flow_members.store import cards as store

PLUGIN = "flow_members"
KIND = f"{PLUGIN}.card"


async def verdict(act: Act, id: UUID) -> Verdict | None:
    """Nothing of a card that was stamped and not handed out."""
    found = await store.shown(act.session, act.tenant_id, id)
    if found is None:
        return None
    card, name, away = found
    if card.issued_on is None or not act.switches.enabled(PLUGIN, card.path):
        return None
    reviews = await store.reviews_of(act.session, act.tenant_id, id)
    passed = [year for year, result, *_ in reviews if result == ReviewResult.PASSED]
    standing = standing_of(card, away=away, passed=passed, today=act.today)
    return Verdict(
        holds=standing is Standing.VALID,
        state=f"flow_members.standing.{standing}",
        facts=(
            ("flow_members.verified.serial", f"{card.serial:06d}"),
            ("flow_members.verified.name", masked(name)),
        ),
    )
