"""What a plugin may know of messages: it sends by `send`, and hears by its hook `exchanges`.

Both homes keep the message, sealed, under one id; each side's part of it is one transaction of its
own. The other side's home decides once whether it takes a message. Who was never there, who does
not use the plugin and who refuses are one answer.
"""

from zhibu.exchange.rules import Message, Told
from zhibu.exchange.service.sending import send
from zhibu.exchange.words import DELIVERED, RECEIVED, SENT, TURNED_AWAY, UNDELIVERABLE

__all__ = [
    "DELIVERED",
    "RECEIVED",
    "SENT",
    "TURNED_AWAY",
    "UNDELIVERABLE",
    "Message",
    "Told",
    "send",
]
