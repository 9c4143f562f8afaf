"""What is found about members, as the schema shows it."""

from datetime import date

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.types import NAMES, of
from zhibu_audit_campaign.graph.words import Change, Evidence, Ground, Judged, Outcome, Result, Rule
from zhibu_audit_campaign.reads import sheets, work


@entity(work.CHECK, permission=actions.SHEET_READ, path=work.path_of_check)
@strawberry.type(description="一项核查的结果。 What one check came to.")
class AuditCampaignCheck(Node):
    code: str = column(description="核查项（方案中的代码）。 The check, by its code in the plan.")
    result: Result = column(description="结果。 What it came to.")
    note: str | None = column(description="说明。 What is to be said.")


@entity(work.ISSUE, permission=actions.SHEET_READ, path=path_of_organization, seen=work.issue_seen)
@strawberry.type(description="问题或标签。 An issue on a sheet: a label of the plan.")
class AuditCampaignIssue(Node):
    name: str = expression(sheets.name, description="党员姓名。 The member's name.")
    label: str = column(description="标签（方案中的代码）。 The label, by its code in the plan.")
    restricted: bool = column(description="是否限制查看。 Whether few may see it.")
    clause: str = column(description="条款。 The clause.")
    rule: Rule | None = column(description="由哪条规则提示。 Which rule raised it; null if none.")
    since: date | None = column(description="自何日起。 Since when it holds.")
    state: Judged = column(description="认定情况。 What a person made of it.")
    note: str | None = column(description="认定理由。 Why.")
    decided_on: date | None = column(description="认定日期。 When.")
    decided_by: str | None = expression(name_of("decided_by"), description="认定人。 Who.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="所在支部。 His branch."
    )


@entity(sheets.SHEET, permission=actions.SHEET_READ, path=path_of_organization)
@strawberry.type(description="排查表，一人一份。 A member on the list of an audit.")
class AuditCampaignSheet(Node):
    name: str = expression(sheets.name, description="党员姓名。 The member's name.")
    ground: Ground = column(description="列入原因。 Why he is on the list.")
    stage: str = column(description="基准日的党籍状态。 His stage on the day of the list.")
    change: Change | None = expression(
        sheets.change, description="名册后来的变化。 What became of him in the register since."
    )
    known_on: date | None = column(description="预填日期。 When it was filled in advance.")
    streak: int | None = column(description="连续未交党费月数。 Months without dues in a row.")
    expected: int | None = column(description="近期应到次数。 Meetings he was expected at.")
    attended_on: date | None = column(description="最近参加组织生活。 When he last attended.")
    heard_on: date | None = column(description="最近联系日期。 When he was last heard of.")
    away_since: date | None = column(description="外出日期。 Away since.")
    letter_until: date | None = column(description="逾期未用介绍信的止日。 A letter nobody used.")
    file_missing: int | None = column(
        description="档案缺少的材料数，未核查过的为空。 Documents that his file lacks; null if "
        "nobody checked it."
    )
    file_doubtful: int | None = column(
        description="档案存疑的材料数，未核查过的为空。 Documents that are doubted; null likewise."
    )
    evidence: Evidence | None = column(description="核查凭据。 By what evidence.")
    evidence_note: str | None = column(description="凭据说明。 What it is.")
    contacted_on: date | None = column(description="见面或联系日期。 When he was contacted.")
    note: str | None = column(description="备注。 A note.")
    completed_on: date | None = column(description="核查完成日期。 When it was completed.")
    completed_by: str | None = expression(name_of("completed_by"), description="核查人。 Who.")
    member: MemberType | None = to_one(of("member_id"), description="党员。 The member.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="基准日所在支部。 His branch."
    )
    checks: list[AuditCampaignCheck] = to_many(
        lambda row, target: target.c.sheet_id == row.c.id,
        order_by=lambda target: target.c.code,
        limit=30,
        description="各项核查结果。 What the checks came to.",
    )
    issues: list[AuditCampaignIssue] = to_many(
        lambda row, target: target.c.sheet_id == row.c.id,
        order_by=lambda target: target.c.label,
        limit=30,
        description="问题和标签。 Issues and labels.",
    )


@entity(work.SEARCH, permission=actions.SEARCH_READ, path=path_of_organization)
@strawberry.type(
    description="失联党员查找档案；内容另行查看并留痕。 A search; its file is looked into apart."
)
class AuditCampaignSearch(Node):
    name: str = expression(sheets.name, description="党员姓名。 The member's name.")
    outcome: Outcome = column(description="查找结果。 How it stands.")
    opened_on: date = column(description="立档日期。 When it was opened.")
    due_on: date = column(description="查找期限。 By when.")
    concluded_on: date | None = column(description="办结日期。 When it was concluded.")
    reviewed_on: date | None = column(description="上级审核日期。 When it was reviewed above.")
    review: str | None = column(description="审核意见。 What was said of it.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="负责查找的支部。 Who searches."
    )
    responsible: MemberType | None = to_one(
        of("responsible_id"), description="责任人。 Who answers for it."
    )


@entity(work.WORKER, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="排查工作组成员。 Somebody of a work group.")
class AuditCampaignWorker(Node):
    name: str = expression(sheets.name, description="姓名。 His name.")
    duty: str = column(description="分工。 What he does.")
    contact: str | None = column(
        permission=actions.SHEET_READ, description="联系方式。 How he is reached."
    )
    since: date = column(description="自何日起。 From when.")
    until: date | None = column(description="至何日止。 Until when.")


@entity(work.TRAINING, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="排查培训。 A training of a work group.")
class AuditCampaignTraining(Node):
    held_on: date = column(description="日期。 When.")
    topics: str = column(description="内容。 On what.")
    people: int = column(description="参加人数。 How many came.")
    voided_on: date | None = column(description="撤回日期。 When it was taken back.")
    void_reason: str | None = column(description="撤回理由。 Why.")
