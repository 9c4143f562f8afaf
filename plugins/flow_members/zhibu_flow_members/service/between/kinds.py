"""Every kind of message, with who hears it, and who hears that nobody took it."""

from zhibu.contributions import Exchange
from zhibu_flow_members.service.between.home import answered, noted, undeliverable
from zhibu_flow_members.service.between.host import answer_lost, stayed
from zhibu_flow_members.service.between.messages import Said

EXCHANGES = [
    Exchange(kind=Said.STAY, received=stayed, undeliverable=undeliverable),
    Exchange(kind=Said.ANSWER, received=answered, undeliverable=answer_lost),
    Exchange(kind=Said.NOTED, received=noted, undeliverable=answer_lost),
]
