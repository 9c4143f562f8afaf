"""What a client says about somebody away."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from zhibu.graph.inputs import key, row, told
from zhibu_flow_members.graph.words import Certainty, Ending, Ground, Paper
from zhibu_flow_members.rules.peers import Asked
from zhibu_flow_members.rules.values import Terms, Told
from zhibu_flow_members.service.contacts import Reach

CASE = "外出登记。 The record."
INSTITUTION = "平台内其他单位的代码。 Code of another institution here that takes him in."
THERE = "该单位接收党组织的代码。 Code of the organization there."


def case_row(id: str) -> UUID:
    return row(id, "FlowMembersCase", "case")


def asked(institution: str, organization: str | None) -> Asked:
    """Who is asked, by codes as they are kept."""
    there = (organization or "").strip() or None
    return Asked(institution=institution.strip().casefold(), organization=there)


@strawberry.input(description="外出期间的联系方式，加密保存。 How he is reached; it is sealed.")
class FlowMembersReachInput:
    phone: str | None = told("电话。 Telephone.", None)
    address: str | None = told("住址。 Address.", None)
    relative: str | None = told("家属及联系方式。 A relative, and how to reach him.", None)

    def reach(self) -> Reach:
        return Reach(phone=self.phone, address=self.address, relative=self.relative)


@strawberry.input(description="行前谈话。 The talk before somebody goes.")
class FlowMembersTalkInput:
    on: date = told("谈话日期。 When.")
    requirements: str = told("提出的要求。 What is required.")
    contact: str = told("告知的党组织联系方式。 How the branch is reached.")
    late_reason: str | None = told("外出后才谈话的原因。 Why only after leaving.", None)

    def told(self) -> Told:
        return Told(
            on=self.on,
            requirements=self.requirements,
            contact=self.contact,
            late_reason=self.late_reason,
        )


@strawberry.input(description="外出党员登记。 Somebody goes away.")
class FlowMembersCaseRecordInput:
    member: strawberry.ID = told("党员。 The member.")
    ground: Ground = told("外出原因。 Why.")
    place: str = told("外出地点。 Where.")
    since: date = told("外出日期。 From when on.")
    certainty: Certainty = told("地点和时间是否确定。 How sure that is.")
    unit: str | None = told("外出单位。 The unit there.", None)
    host: str | None = told(
        "流入地党组织代码（本单位内的）。 Code of the organization here that takes him in.", None
    )
    institution: str | None = told(INSTITUTION, None)
    organization_code: str | None = told(THERE, None)
    until: date | None = told("预计返回日期；不确定的不填。 Until when, if known.", None)
    untransferred: str | None = told("未转组织关系的原因。 Why it is not transferred.", None)
    by_wish: bool = told("本人希望组织关系留在原党组织。 He wishes to stay.", False)
    paper: Paper | None = told("所持证件；不填的按规定确定。 The paper; else by the rules.", None)
    paper_reason: str | None = told("不按规定证件办理的原因。 Why another paper.", None)
    reach: FlowMembersReachInput | None = told("联系方式。 How he is reached.", None)
    talk: FlowMembersTalkInput | None = told("行前谈话。 The talk before.", None)
    late_reason: str | None = told("补录原因。 Why it is entered so late.", None)
    idempotency_key: str | None = key()

    def asked(self) -> Asked | None:
        return None if self.institution is None else asked(self.institution, self.organization_code)

    def terms(self) -> Terms:
        return Terms(
            ground=self.ground,
            place=self.place,
            certainty=self.certainty,
            since=self.since,
            unit=self.unit,
            until=self.until,
            untransferred=self.untransferred,
            by_wish=self.by_wish,
            paper=self.paper,
            paper_reason=self.paper_reason,
        )


@strawberry.input(description="更正外出登记；未填的项目不变。 What of it is to differ.")
class FlowMembersCaseChangeInput:
    case: strawberry.ID = told(CASE)
    ground: Ground | None = told("外出原因。 Why.", UNSET)
    place: str | None = told("外出地点。 Where.", UNSET)
    since: date | None = told("外出日期。 From when on.", UNSET)
    certainty: Certainty | None = told("地点和时间是否确定。 How sure that is.", UNSET)
    unit: str | None = told("外出单位。 The unit there.", UNSET)
    host: str | None = told(
        "流入地党组织代码，空串为不在本单位内。 Code of the host; empty for none here.", None
    )
    until: date | None = told("预计返回日期。 Until when.", UNSET)
    untransferred: str | None = told("未转组织关系的原因。 Why it is not transferred.", UNSET)
    by_wish: bool | None = told("本人希望留在原党组织。 He wishes to stay.", UNSET)
    paper: Paper | None = told("所持证件；空为按规定确定。 The paper; null by the rules.", UNSET)
    paper_reason: str | None = told("不按规定证件办理的原因。 Why another paper.", UNSET)
    reach: FlowMembersReachInput | None = told("联系方式，整体替换。 How he is reached.", None)
    reason: str = told("更正原因。 Why.")
    version: int | None = told("读到的版本。 The version that was read.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> dict[str, Any]:
        """The terms that are given; what there must be stays where it is null."""
        names = ("unit", "until", "untransferred", "paper", "paper_reason")
        needed = ("ground", "place", "since", "certainty")
        given = {name: getattr(self, name) for name in names}
        given |= {name: getattr(self, name) or UNSET for name in needed}
        given["by_wish"] = UNSET if self.by_wish is None else self.by_wish
        return {name: value for name, value in given.items() if value is not UNSET}


@strawberry.input(description="补记或更正行前谈话。 What he was told, recorded after the case.")
class FlowMembersCaseTellInput:
    case: strawberry.ID = told(CASE)
    talk: FlowMembersTalkInput = told("行前谈话。 The talk.")
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="结束外出。 Somebody is no longer away.")
class FlowMembersCaseEndInput:
    case: strawberry.ID = told(CASE)
    on: date = told("返回或转移日期。 From when on.")
    ending: Ending = told("返回或转移情况。 How it ended.")
    note: str | None = told("说明。 What else is to be said.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="外出登记及原因。 A case, and why.")
class FlowMembersCaseReasonInput:
    case: strawberry.ID = told(CASE)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="查看联系方式。 Opening how somebody is reached.")
class FlowMembersContactOpenInput:
    case: strawberry.ID = told(CASE)
    reason: str = told("原因。 Why.")


@strawberry.input(description="请平台内其他单位接收。 Another institution is asked to take him in.")
class FlowMembersCaseOfferInput:
    case: strawberry.ID = told(CASE)
    institution: str = told(INSTITUTION)
    organization_code: str | None = told(THERE, None)
    idempotency_key: str | None = key()
