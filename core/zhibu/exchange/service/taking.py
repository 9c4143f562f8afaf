"""What the other institution's home does with a message: it decides once."""

from dataclasses import replace

from zhibu.act import Act
from zhibu.contributions import Exchange
from zhibu.exchange import sealing, store
from zhibu.exchange.errors import CounterpartAway, MessageTooEarly
from zhibu.exchange.rules import Side, State, Told
from zhibu.exchange.words import RECEIVED, TURNED_AWAY, event_of
from zhibu.organizations.public import organizations_above
from zhibu.policy.paths import ROOT


async def take(act: Act, told: Told, exchange: Exchange | None) -> State:
    """Take a message, or turn it away where nobody is there who does what it asks.

    What was decided about it before holds. Within a matter that this side takes part in nothing is
    turned away for want of somebody: it waits, and so does what comes before there is a top of the
    tree. What `received` refuses is for `turn_away`, in an act of its own. Raises
    `MessageTooEarly`, `CounterpartAway`.
    """
    told, before = await _placed(act, told)
    if before is not None:
        return before
    if exchange is not None and not await organizations_above(act, ROOT):
        raise CounterpartAway()
    if exchange is None or not act.switches.anywhere(exchange.plugin):
        if await store.known(act.session, act.tenant_id, told.counterpart, told.about):
            raise CounterpartAway()
        return await _turned(act, told)
    if not await _note(act, told, State.RECEIVED):
        return await _decided(act, told)
    await exchange.received(act, told)
    act.record(event_of(RECEIVED, told))
    return State.RECEIVED


async def turn_away(act: Act, told: Told) -> State:
    """Note that a message was not taken, and keep nothing of what it says."""
    told, before = await _placed(act, told)
    return before or await _turned(act, told)


async def _turned(act: Act, told: Told) -> State:
    if not await _note(act, told, State.TURNED_AWAY):
        return await _decided(act, told)
    act.record(event_of(TURNED_AWAY, told))
    return State.TURNED_AWAY


async def _placed(act: Act, told: Told) -> tuple[Told, State | None]:
    """The message with its number here, and what was decided about it already.

    A home that goes on from an older backup gives numbers again that it gave before: what it says
    then comes after whatever it has forgotten. Raises `MessageTooEarly` where one is missing.
    """
    row = await store.find(act.session, act.tenant_id, told.id)
    if row is not None:
        return told, row.state
    counterpart, about = told.counterpart, told.about
    last = await store.last(act.session, act.tenant_id, Side.IN, counterpart, about)
    if told.number > last + 1:
        raise MessageTooEarly(last=last)
    return replace(told, number=last + 1), None


async def _decided(act: Act, told: Told) -> State:
    """What another worker decided in this very moment. Raises `MessageTooEarly` where it was about
    another message of the matter."""
    row = await store.find(act.session, act.tenant_id, told.id)
    if row is None:
        raise MessageTooEarly(last=told.number)
    return row.state


async def _note(act: Act, told: Told, state: State) -> bool:
    """Write the message down; whether nobody had."""
    taken = state is State.RECEIVED
    row = store.Row(
        id=told.id,
        side=Side.IN,
        kind=told.kind,
        counterpart_code=told.counterpart,
        counterpart_name=told.counterpart_name,
        about=told.about,
        number=told.number,
        path=told.path,
        state=state,
        body_sealed=sealing.seal(act, told.id, sealing.plain(told.body)) if taken else b"",
        created_at=told.sent_at,
        ended_at=act.now,
    )
    return await store.add(act.session, act.tenant_id, row)
