"""Every kind of message, with who hears it, and who hears that nobody took it."""

from zhibu.contributions import Exchange
from zhibu_transfers.service.between.answers import accepted, refused, released, undeliverable
from zhibu_transfers.service.between.incoming import answer_lost, offered, recalled
from zhibu_transfers.service.between.messages import Told

EXCHANGES = [
    Exchange(kind=Told.OFFERED, received=offered, undeliverable=undeliverable),
    Exchange(kind=Told.RECALLED, received=recalled, undeliverable=undeliverable),
    Exchange(kind=Told.ACCEPTED, received=accepted, undeliverable=answer_lost),
    Exchange(kind=Told.REFUSED, received=refused, undeliverable=answer_lost),
    Exchange(kind=Told.RELEASED, received=released, undeliverable=answer_lost),
]
