"""Saying something to another institution, within the act that it belongs to."""

from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.exchange import sealing, store
from zhibu.exchange.delivering import deliver_soon
from zhibu.exchange.rules import Daily, Message, Side, State, refusals
from zhibu.exchange.words import SENT, event_of
from zhibu.identifiers import new_id
from zhibu.policy.paths import ROOT


async def send(act: Act, message: Message) -> UUID:
    """Say it once this act is committed; the message's id. It is forgotten with the act.

    Whoever sends has asked whether the caller may. The institution of that code need not exist:
    what cannot be delivered comes back through `undeliverable` of the kind's `Exchange`. Raises
    `Refused`.
    """
    session, tenant_id = act.session, act.tenant_id
    text = sealing.plain(message.body)
    to = message.to.strip().casefold()
    known = await store.known(session, tenant_id, to, message.about)
    daily = act.parameters.value("core.exchange_daily", path=ROOT, on=act.today)
    midnight = datetime.combine(act.today, time(), act.tenant.zone)
    refuse(
        refusals(
            replace(message, to=to),
            own=act.tenant.code,
            size=len(text.encode()),
            opened=0 if known else await store.opened(session, tenant_id, midnight),
            known=known,
            daily=Daily(most=daily.value, basis=daily.basis),
        )
    )
    id = new_id()
    row = store.Row(
        id=id,
        side=Side.OUT,
        kind=message.kind,
        counterpart_code=to,
        counterpart_name=None,
        about=message.about,
        number=0,
        path=message.path,
        state=State.WAITING,
        body_sealed=sealing.seal(act, id, text),
        created_at=act.now,
        ended_at=None,
    )
    row = await store.append(session, tenant_id, row)
    act.record(event_of(SENT, sealing.told(act, row)))
    await deliver_soon(act, id, message.path)
    return id
