"""What mutations of dues answer."""

import strawberry

from zhibu.graph import Payload, written
from zhibu.members.graph import MemberType
from zhibu.reading import public
from zhibu_dues.graph import types

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="基数变更的结果。 What became of a base.")
class DuesBasePayload(Payload):
    base: types.DuesBase | None = written(types.DuesBase)


@public(OWN)
@strawberry.type(description="基数核定的结果。 What became of several bases.")
class DuesBasesPayload(Payload):
    count: int = strawberry.field(default=0, description="核定项数。 How many were confirmed.")


@public(OWN)
@strawberry.type(description="党费登记的结果。 What became of a payment.")
class DuesPaymentPayload(Payload):
    payment: types.DuesPayment | None = written(types.DuesPayment)


@public(OWN)
@strawberry.type(description="党员党费变更的结果。 The member whose dues changed.")
class DuesMemberPayload(Payload):
    member: MemberType | None = written(MemberType)


@public(OWN)
@strawberry.type(description="按季度交纳的结果。 The consent.")
class DuesQuarterlyPayload(Payload):
    quarterly: types.DuesQuarterly | None = written(types.DuesQuarterly)


@public(OWN)
@strawberry.type(description="核实的结果。 The arrears that were answered.")
class DuesArrearsPayload(Payload):
    arrears: types.DuesArrears | None = written(types.DuesArrears)


@public(OWN)
@strawberry.type(description="上缴的结果。 What became of a hand-over.")
class DuesHandoverPayload(Payload):
    handover: types.DuesHandover | None = written(types.DuesHandover)


@public(OWN)
@strawberry.type(description="公布的结果。 What became of a publication.")
class DuesPublicationPayload(Payload):
    publication: types.DuesPublication | None = written(types.DuesPublication)
