"""Messages between institutions in the schema: that there are any, never what they say."""

from datetime import datetime
from typing import Annotated

import strawberry

from zhibu.contributions import Graph
from zhibu.core_actions import EXCHANGE_READ
from zhibu.exchange import reads
from zhibu.exchange.rules import Side, State
from zhibu.reading import Connection, Node, column, connection, entity

strawberry.enum(
    Side, name="ExchangeSide", description="OUT 为发出，IN 为收到。 Whether it was sent or came."
)
strawberry.enum(
    State, name="ExchangeState", description="往来消息的状态。 What became of a message."
)


@entity(reads.MESSAGES, permission=EXCHANGE_READ, path=reads.top)
@strawberry.type(
    name="ExchangeMessage", description="机构间的往来消息。 A message between institutions."
)
class ExchangeMessageType(Node):
    side: Side = column(description="发出或收到。 Sent, or received.")
    kind: str = column(description="种类，以插件名开头。 What it is, in its plugin's words.")
    counterpart_code: str = column(description="对方机构代码。 The other institution's code.")
    counterpart_name: str | None = column(
        description="对方机构名称，仅收到的消息有。 Its name, where it was the one that sent."
    )
    number: int = column(description="同一事项中的序号。 Its number within its matter.")
    state: State = column(description="状态。 What became of it.")
    created_at: datetime = column(description="发出时间。 When it was sent.")
    ended_at: datetime | None = column(
        description="办结时间，等待中为空。 When that was known; null while it waits."
    )


@strawberry.type
class ExchangeQuery:
    @connection(
        order=lambda row: [row.c.created_at.desc(), row.c.id.desc()],
        filters={
            "side": lambda row, args, env: row.c.side == args.bind("side", str),
            "state": lambda row, args, env: row.c.state == args.bind("state", str),
        },
    )
    def exchange_messages(
        self,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        side: Annotated[
            Side | None, strawberry.argument(description="只列发出或收到的。 Of this side only.")
        ] = None,
        state: Annotated[
            State | None, strawberry.argument(description="只列此状态的。 In this state only.")
        ] = None,
    ) -> Connection[ExchangeMessageType]:
        """与其他机构的往来消息，最新在前。 Messages to and from others, the newest first."""


GRAPH = Graph(query=ExchangeQuery, types=(ExchangeMessageType,))
