"""The words of transfers as the schema shows them."""

import strawberry

from zhibu_transfers.rules.cases import Finding, Kind, Side, State
from zhibu_transfers.rules.letters import Fault, LetterState, Listed, Route, VoidCause
from zhibu_transfers.rules.matters import (
    Channel,
    Matter,
    Purpose,
    SearchMeans,
    Standing,
    StopGround,
)
from zhibu_transfers.rules.placement import Place, Situation
from zhibu_transfers.rules.receipts import FileCheck, Means

strawberry.enum(Kind, name="TransfersKind", description="转接类别。 Whence and whither.")
strawberry.enum(Side, name="TransfersSide", description="转接的一方。 A side of a transfer.")
strawberry.enum(State, name="TransfersState", description="转接状态。 Where a transfer stands.")
strawberry.enum(
    Situation, name="TransfersSituation", description="党员去向情形。 How a member lives and works."
)
strawberry.enum(
    Place, name="TransfersPlace", description="应接收的党组织类别。 Where a member belongs."
)
strawberry.enum(Route, name="TransfersRoute", description="转移范围。 How far a letter goes.")
strawberry.enum(
    LetterState, name="TransfersLetterState", description="介绍信状态。 State of a letter."
)
strawberry.enum(
    Listed, name="TransfersListed", description="登记表的范围。 Which letters a list is about."
)
strawberry.enum(
    VoidCause, name="TransfersVoidCause", description="作废原因。 Why a letter is void."
)
strawberry.enum(Fault, name="TransfersFault", description="责任。 Who is answerable for it.")
strawberry.enum(
    FileCheck, name="TransfersFileCheck", description="档案核对。 What the file showed on arrival."
)
strawberry.enum(Means, name="TransfersMeans", description="回执寄送方式。 How a receipt goes.")
strawberry.enum(
    Finding, name="TransfersFinding", description="核查结果。 What came out about a receipt."
)
strawberry.enum(
    Matter, name="TransfersMatter", description="党籍办理事项。 What is decided about a membership."
)
strawberry.enum(
    Standing, name="TransfersStanding", description="办理状态。 Where the matter stands."
)
strawberry.enum(
    StopGround,
    name="TransfersStopGround",
    description="停止党籍情形。 Why a membership is stopped.",
)
strawberry.enum(
    Purpose, name="TransfersPurpose", description="出国（境）事由。 What somebody is abroad for."
)
strawberry.enum(
    SearchMeans, name="TransfersSearchMeans", description="查找方式。 How a member is searched for."
)
strawberry.enum(
    Channel, name="TransfersChannel", description="联系方式。 How somebody abroad was reached."
)

__all__ = [
    "Channel",
    "Fault",
    "FileCheck",
    "Finding",
    "Kind",
    "LetterState",
    "Listed",
    "Matter",
    "Means",
    "Place",
    "Purpose",
    "Route",
    "SearchMeans",
    "Side",
    "Situation",
    "Standing",
    "State",
    "StopGround",
    "VoidCause",
]
