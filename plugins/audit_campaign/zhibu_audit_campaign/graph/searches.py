"""Searches: changing them, and looking into their files."""

from datetime import date
from typing import Annotated, Any

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.identifiers import global_id
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph import work_inputs as inputs
from zhibu_audit_campaign.graph.sheets import AuditCampaignSearch
from zhibu_audit_campaign.graph.words import Evidence, Method, Outcome
from zhibu_audit_campaign.service import searches

Info = strawberry.Info[Any]
LOOKED = "who looks has asked for it, and stands in the ledger"


@public("the answer to one's own mutation")
@strawberry.type(description="查找档案变更的结果。 What became of a search.")
class AuditCampaignSearchPayload(Payload):
    search: AuditCampaignSearch | None = written(AuditCampaignSearch)


@public(LOOKED)
@strawberry.type(description="查找记录。 A step of a search.")
class AuditCampaignSearchStep:
    id: strawberry.ID = strawberry.field(description="编号。 Its id.")
    on: date = strawberry.field(description="日期。 When.")
    method: Method = strawberry.field(description="方式。 By what way.")
    course: str = strawberry.field(description="经过。 How it went.")
    by: str = strawberry.field(description="经办人。 Who took it.")
    evidence: Evidence = strawberry.field(description="凭据。 By what evidence.")
    evidence_note: str = strawberry.field(description="凭据说明。 What it is.")
    void_reason: str | None = strawberry.field(description="撤回理由。 Why it was taken back.")


@public(LOOKED)
@strawberry.type(description="向有关部门的查询。 What another body was asked, and answered.")
class AuditCampaignSearchInquiry:
    id: strawberry.ID = strawberry.field(description="编号。 Its id.")
    body: str = strawberry.field(
        description="部门（方案中的代码）。 Whom, by its code in the plan."
    )
    text: str = strawberry.field(description="查询内容。 What was asked.")
    asked_on: date = strawberry.field(description="查询日期。 When.")
    asked_by: str | None = strawberry.field(description="查询人。 Who asked.")
    answer: str | None = strawberry.field(description="答复。 What it answered.")
    answered_on: date | None = strawberry.field(description="答复日期。 When it answered.")
    void_reason: str | None = strawberry.field(description="撤回理由。 Why it was taken back.")


@public(LOOKED)
@strawberry.type(description="失联党员查找档案，一人一档。 The file of who is lost.")
class AuditCampaignSearchFile:
    name: str = strawberry.field(description="党员姓名。 The member's name.")
    outcome: Outcome = strawberry.field(description="查找结果。 How it stands.")
    lost_since: date | None = strawberry.field(description="失联起始日期。 Since when.")
    circumstances: str | None = strawberry.field(description="失联情形。 In what circumstances.")
    cause: str | None = strawberry.field(description="失联原因。 Why.")
    conduct: str | None = strawberry.field(description="失联期间表现。 How he behaved.")
    steps: list[AuditCampaignSearchStep] = strawberry.field(
        description="查找全过程。 Every step, the earliest first."
    )
    inquiries: list[AuditCampaignSearchInquiry] = strawberry.field(
        description="向有关部门的查询和答复。 What other bodies were asked, the earliest first."
    )


@strawberry.type
class SearchQuery:
    @resolved(
        "失联党员查找档案；每次查看都记入台账。 The file; every look is kept.", actions.SEARCH_READ
    )
    async def audit_campaign_search_file(
        self,
        info: Info,
        search: Annotated[strawberry.ID, strawberry.argument(description="查找。 The search.")],
    ) -> AuditCampaignSearchFile:
        async with info.context.act() as act:
            id = row(search, "AuditCampaignSearch", "search")
            found, steps, asked = await searches.look(act, id)
            return AuditCampaignSearchFile(
                name=found.name,
                outcome=Outcome(found.outcome),
                lost_since=found.lost_since,
                circumstances=found.circumstances,
                cause=found.cause,
                conduct=found.conduct,
                steps=[_step(each) for each in steps],
                inquiries=[_inquiry(each) for each in asked],
            )


@strawberry.type
class SearchMutation:
    @mutation(permission=actions.FILL)
    async def audit_campaign_search_open(
        self, act: Act, input: inputs.AuditCampaignSearchOpenInput
    ) -> AuditCampaignSearchPayload:
        """为失联党员建立一人一档，限期查找。 Open the file of who is lost, with a day."""
        sheet = row(input.sheet, "AuditCampaignSheet", "sheet")
        responsible = row(input.responsible, "Member", "responsible")
        id = await searches.open(act, sheet, responsible_id=responsible, due_on=input.due_on)
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_search_entrust(
        self, act: Act, input: inputs.AuditCampaignSearchEntrustInput
    ) -> AuditCampaignSearchPayload:
        """变更查找责任人或期限。 Let somebody else answer for a search, or by another day."""
        id = row(input.search, "AuditCampaignSearch", "search")
        await searches.entrust(
            act,
            id,
            responsible_id=row(input.responsible, "Member", "responsible"),
            due_on=input.due_on,
            reason=input.reason,
            version=input.version,
        )
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_search_log(
        self, act: Act, input: inputs.AuditCampaignSearchLogInput
    ) -> AuditCampaignSearchPayload:
        """记录一次查找的时间、方式、经过、经办人和凭据。 Record a step of a search."""
        id = row(input.search, "AuditCampaignSearch", "search")
        await searches.log(act, id, input.entry())
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_search_entry_void(
        self, act: Act, input: inputs.AuditCampaignSearchEntryVoidInput
    ) -> AuditCampaignSearchPayload:
        """撤回误登的查找记录，仍可查看。 Take a step back that was recorded by mistake."""
        entry = row(input.search_entry, "AuditCampaignEntry", "search_entry")
        id = await searches.void_entry(act, entry, reason=input.reason)
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_search_conclude(
        self, act: Act, input: inputs.AuditCampaignSearchConcludeInput
    ) -> AuditCampaignSearchPayload:
        """登记已取得联系或无法取得联系；三个清楚不得空缺。 Say that he was found, or not."""
        id = row(input.search, "AuditCampaignSearch", "search")
        await searches.conclude(act, id, input.conclusion(), version=input.version)
        return AuditCampaignSearchPayload(row=id)

    @mutation(permission=actions.FILL)
    async def audit_campaign_search_reopen(
        self, act: Act, input: inputs.AuditCampaignSearchReopenInput
    ) -> AuditCampaignSearchPayload:
        """继续查找。 Go on searching."""
        id = row(input.search, "AuditCampaignSearch", "search")
        await searches.reopen(act, id, reason=input.reason, version=input.version)
        return AuditCampaignSearchPayload(row=id)


def _step(each: Any) -> AuditCampaignSearchStep:
    return AuditCampaignSearchStep(
        id=strawberry.ID(global_id("AuditCampaignEntry", each.id)),
        on=each.happened_on,
        method=Method(each.method),
        course=each.course,
        by=each.name,
        evidence=Evidence(each.evidence),
        evidence_note=each.evidence_note,
        void_reason=each.void_reason,
    )


def _inquiry(each: Any) -> AuditCampaignSearchInquiry:
    return AuditCampaignSearchInquiry(
        id=strawberry.ID(global_id("AuditCampaignInquiry", each.id)),
        body=each.body,
        text=each.text,
        asked_on=each.asked_on,
        asked_by=each.name,
        answer=each.answer,
        answered_on=each.answered_on,
        void_reason=each.void_reason,
    )
