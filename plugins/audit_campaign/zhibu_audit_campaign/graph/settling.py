"""What becomes of members who were checked: asking for it, and changing it."""

from datetime import date
from typing import Annotated, Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.fields import resolved
from zhibu.graph.inputs import key, row, told
from zhibu.identifiers import global_id
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import (
    Connection,
    Node,
    column,
    computed,
    connection,
    entity,
    expression,
    public,
    to_one,
)
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.plans import OF_A_RULE
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.types import NAMES, of
from zhibu_audit_campaign.graph.words import Body, Condition, Course, Settled
from zhibu_audit_campaign.graph.work_inputs import SHEET
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.reads import settling as reads
from zhibu_audit_campaign.reads import sheets
from zhibu_audit_campaign.rules.settled import Given
from zhibu_audit_campaign.rules.settling import Line
from zhibu_audit_campaign.service import settling

Info = strawberry.Info[Any]
KIND = "AuditCampaignSettlement"
OF = "处理。 The settlement."


@entity(reads.SETTLEMENT, permission=actions.SETTLEMENT_READ, path=path_of_organization)
@strawberry.type(description="排查后的处理，一人一项。 What becomes of a member who was checked.")
class AuditCampaignSettlement(Node):
    name: str = expression(sheets.name, description="党员姓名。 The member's name.")
    course: Course = column(description="处理。 What becomes of him.")
    proposed: str | None = column(description="建议所据的行。 The line that was proposed.")
    clause: str | None = column(description="条款；与建议不同的为空。 The clause, if there is one.")
    document: str | None = column(description="依据。 The document behind the table.")
    conditions: list[Condition] = computed(
        reads.conditions,
        needs={"conditions": "conditions"},
        description="当时的情形。 What held of him.",
    )
    reason: str | None = column(description="理由。 Why, if other than proposed.")
    body: Body = column(description="由谁提出。 Who proposed it.")
    met_on: date = column(description="会议日期。 When they met.")
    state: Settled = column(description="进展。 Where it stands.")
    proposed_on: date = column(description="提出日期。 When it was proposed.")
    proposed_by: str | None = expression(name_of("proposed_by"), description="经办人。 Who.")
    approved_on: date | None = column(description="批准日期。 When it was approved.")
    approved_by: str | None = expression(name_of("approved_by"), description="批准人。 Who.")
    remark: str | None = column(description="批准意见。 What was said of it.")
    carried_on: date | None = column(description="落实日期。 Since when it is carried out.")
    matter: strawberry.ID | None = computed(
        lambda rows, env: [_matter(row) for row in rows],
        needs={"matter": "matter", "matter_id": "matter_id"},
        description="据以落实的转接、停止党籍、流动或处置事项。 What carries it out, by its id.",
    )
    withdrawn_on: date | None = column(description="撤回日期。 When it was taken back.")
    withdraw_reason: str | None = column(description="撤回理由。 Why.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="所在支部。 His branch."
    )


@public(OF_A_RULE)
@strawberry.type(description="处理建议：符合的一行。 A line of the table that holds.")
class AuditCampaignProposal:
    course: Course = strawberry.field(description="处理。 What it comes to.")
    code: str = strawberry.field(description="代码。 Its code.")
    zh: str = strawberry.field(description="中文。 In Chinese.")
    en: str = strawberry.field(description="英文。 In English.")
    clause: str = strawberry.field(description="条款。 The clause.")
    basis: str | None = strawberry.field(description="依据。 The document behind it.")
    held: list[Condition] = strawberry.field(description="符合的条件。 The conditions that held.")


@public(OWN)
@strawberry.type(description="处理变更的结果。 What became of a settlement.")
class AuditCampaignSettlementPayload(Payload):
    settlement: AuditCampaignSettlement | None = written(AuditCampaignSettlement)


@strawberry.input(description="提出处理。 What shall become of a member.")
class AuditCampaignSettleInput:
    sheet: strawberry.ID = told(SHEET)
    course: Course = told("处理。 What becomes of him.")
    conditions: list[Condition] = told("经核查的情形。 What people found; records are added.")
    met_on: date = told("支委会（支部党员大会）日期。 When the branch met on it.")
    reason: str | None = told("与建议不同的理由。 Why, if other than proposed.", None)
    idempotency_key: str | None = key()

    def given(self) -> Given:
        return Given(
            course=self.course, told=self.conditions, met_on=self.met_on, reason=self.reason
        )


@strawberry.input(description="批准处理。 A settlement to be approved.")
class AuditCampaignSettlementApproveInput:
    settlement: strawberry.ID = told(OF)
    remark: str = told("意见。 What is said of it.")
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记处理的落实。 By what a settlement is carried out.")
class AuditCampaignSettlementCarryInput:
    settlement: strawberry.ID = told(OF)
    matter: strawberry.ID = told(
        "转接、停止党籍、流动、处置或移送事项。 The transfer, stop, stay, disposition or hand-over."
    )
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="撤回处理。 A settlement to be taken back.")
class AuditCampaignSettlementWithdrawInput:
    settlement: strawberry.ID = told(OF)
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="处理的筛选条件。 What the settlements must be.")
class AuditCampaignSettlementFilter:
    course: Course | None = told("只看这样处理的。 That come to this only.", None)
    state: Settled | None = told("只看这个进展的。 Standing so only.", None)


@strawberry.type
class SettlingQuery:
    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.organization_id, row.c.id],
        filters={
            "filter.course": lambda row, args, env: row.c.course == args.bind("filter.course"),
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
        },
    )
    def audit_campaign_settlements(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: AuditCampaignSettlementFilter | None = None,
    ) -> Connection[AuditCampaignSettlement]:
        """排查后的处理，逐人。 What becomes of members, here and below."""

    @resolved(
        "按规则对一名党员的处理建议，首行为建议。 What the table proposes, the first line first.",
        actions.SHEET_READ,
    )
    async def audit_campaign_proposals(
        self,
        info: Info,
        sheet: Annotated[strawberry.ID, strawberry.argument(description=SHEET)],
        conditions: Annotated[
            list[Condition],
            strawberry.argument(description="经核查的情形。 What people found of him."),
        ],
    ) -> list[AuditCampaignProposal]:
        async with info.context.act() as act:
            id = row(sheet, "AuditCampaignSheet", "sheet")
            known, lines = await settling.proposed(act, id, conditions)
            return [_proposal(line, str(known.basis) if known.basis else None) for line in lines]


@strawberry.type
class SettlingMutation:
    @mutation(permission=actions.FILL)
    async def audit_campaign_settle(
        self, act: Act, input: AuditCampaignSettleInput
    ) -> AuditCampaignSettlementPayload:
        """提出一名党员的处理，与建议不同的说明理由。 Propose what becomes of a member."""
        sheet = row(input.sheet, "AuditCampaignSheet", "sheet")
        return AuditCampaignSettlementPayload(row=await settling.settle(act, sheet, input.given()))

    @mutation(permission=actions.VERIFY)
    async def audit_campaign_settlement_approve(
        self, act: Act, input: AuditCampaignSettlementApproveInput
    ) -> AuditCampaignSettlementPayload:
        """批准下级提出的处理。 Approve a settlement from below."""
        id = row(input.settlement, KIND, "settlement")
        await settling.approve(act, id, remark=input.remark, version=input.version)
        return AuditCampaignSettlementPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_settlement_carry(
        self, act: Act, input: AuditCampaignSettlementCarryInput
    ) -> AuditCampaignSettlementPayload:
        """登记据以落实的事项，可改登。 Say by what it is carried out; it may be said anew."""
        id = row(input.settlement, KIND, "settlement")
        await settling.carry(act, id, input.matter, version=input.version)
        return AuditCampaignSettlementPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_settlement_withdraw(
        self, act: Act, input: AuditCampaignSettlementWithdrawInput
    ) -> AuditCampaignSettlementPayload:
        """撤回处理，须说明理由。 Take a settlement back, with a reason."""
        id = row(input.settlement, KIND, "settlement")
        await settling.withdraw(act, id, reason=input.reason, version=input.version)
        return AuditCampaignSettlementPayload(row=id)


def _proposal(line: Line, basis: str | None) -> AuditCampaignProposal:
    return AuditCampaignProposal(
        course=line.course,
        code=line.code,
        zh=line.zh,
        en=line.en,
        clause=line.clause,
        basis=basis,
        held=sorted(line.when),
    )


def _matter(row: dict[str, Any]) -> str | None:
    return global_id(row["matter"], row["matter_id"]) if row["matter"] else None
