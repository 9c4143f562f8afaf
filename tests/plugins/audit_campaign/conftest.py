"""An audit in a committee and above: shortcuts for what its tests do all the time."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from zhibu.calendar import add_months
from zhibu.identifiers import global_id
from zhibu.members.rules import Person
from zhibu.parameters import service as parameters
from zhibu.testing.house import Institution

DAYS = {
    "EDUCATION": (
        *("kick_off", "self_check", "verification", "review", "regularizing", "disposing"),
        *("spot_check", "district_check", "closing"),
    ),
    "DISTRICT": (
        *("deployment_district", "deployment_committee", "plans", "survey", "search"),
        *("registering", "managing", "inspection", "disposing", "summing_up"),
    ),
    "CITY": (
        *("mobilizing", "searching", "registers", "lost_summary", "disposing", "summing_up"),
        "analysis",
    ),
}
INPUTS = {
    "End": "AuditCampaignReasonInput",
    "Resume": "AuditCampaignReasonInput",
    "Cancel": "AuditCampaignReasonInput",
}
SHEETS = "nodes { id name ground stage change organization { name } member { id } }"


def month(later: int, day: int) -> str:
    """A day of June 2026, or of a month later."""
    return add_months(date(2026, 6, day), later).isoformat()


@dataclass(kw_only=True)
class Audit:
    """Shortcuts; `me` and `peer` belong to the branch, `far` to a branch of the rival committee."""

    at: Institution
    me: Person = field(init=False)
    peer: Person = field(init=False)
    far: Person = field(init=False)

    def id(self, who: Person) -> str:
        return global_id("Member", who.id)

    def opening(self, at: str = "district", **changes: Any) -> dict[str, Any]:
        """Input: plan one, its list as of today, each stage within this month."""
        plan = changes.get("planKind", "EDUCATION")
        given = {
            "organization": self.at.id(at),
            "planKind": plan,
            "title": "组织关系集中排查",
            "asOf": self.today,
            "stages": [
                {"stage": code, "since": month(place, 1), "until": month(place, 20)}
                for place, code in enumerate(DAYS[plan])
            ]
            if plan in DAYS
            else [],
        }
        return {**given, **changes}

    async def opened(self, at: str = "district", by: str = "district", **changes: Any) -> str:
        given = self.opening(at, **changes)
        made = await self.done(by, "Open", given, "campaign { id state }")
        return str(made["campaign"]["id"])

    async def set(self, name: str, value: Any, at: str = "root") -> None:
        """Let a parameter of audits have another value from the beginning of the year."""
        async with self.at.operator() as act:
            unit = self.at.units[at].id
            name = f"audit_campaign.{name}"
            await parameters.override(act, unit, name, date(2026, 1, 1), value, "本单位规定")

    async def listed(
        self, login: str, campaign: str, at: str = "district", **filters: Any
    ) -> list[dict[str, Any]]:
        """The sheets that this account sees."""
        document = f"""query ($c: ID!, $o: ID!, $f: AuditCampaignSheetFilter) {{
          auditCampaignSheets(campaign: $c, organization: $o, first: 100, filter: $f) {{ {SHEETS} }}
        }}"""
        given = {"c": campaign, "o": self.at.id(at), "f": filters or None}
        answer = await self.at.ask(login, document, given)
        assert "errors" not in answer, answer
        found: list[dict[str, Any]] = answer["data"]["auditCampaignSheets"]["nodes"]
        return found

    async def audited(self, campaign: str, at: str = "branch", by: str = "secretary") -> str:
        """The id of an organization in an audit."""
        document = """query ($c: ID!, $o: ID!) { auditCampaignAudited(campaign: $c,
          organization: $o, first: 50) { nodes { id organization { code } } } }"""
        found = await self.asked(by, document, c=campaign, o=self.at.id(at))
        nodes = found["auditCampaignAudited"]["nodes"]
        code = self.at.units[at].code
        return str(next(each["id"] for each in nodes if each["organization"]["code"] == code))

    def plan(self, audited: str, **changes: Any) -> dict[str, Any]:
        """Input: what a branch checks, how and when."""
        given = {"audited": audited, "content": "组织关系、党费、组织生活", "focus": "流动党员"}
        given |= {"method": "逐人见面", "timetable": "两周内完成"}
        return {**given, "responsible": self.id(self.peer), **changes}

    async def prepared(
        self, audited: str, by: str = "secretary", who: Person | None = None
    ) -> None:
        """A plan, somebody in the work group, and a training."""
        worker = self.id(who or self.peer)
        await self.done(by, "PlanWrite", self.plan(audited, responsible=worker))
        given = {"audited": audited, "member": worker, "duty": "核对台账"}
        await self.done(by, "WorkerAdd", given)
        given = {"audited": audited, "on": self.today, "topics": "党章和转接规定", "people": 3}
        await self.done(by, "TrainingRecord", given)

    def filling(self, sheet: str, **changes: Any) -> dict[str, Any]:
        """Input: everything in order, and seen."""
        codes = ("roster", "dues", "life", "transfer")
        checks = [{"check": code, "result": "IN_ORDER"} for code in codes]
        given = {"sheet": sheet, "checks": checks, "evidence": "SEEN", "evidenceNote": "当面核对"}
        return {**given, "contactedOn": self.today, **changes}

    async def completed(self, sheet: str, by: str = "secretary") -> None:
        await self.done(by, "SheetComplete", self.filling(sheet))

    async def submitted(
        self,
        campaign: str,
        audited: str,
        by: str = "secretary",
        at: str = "branch",
        who: Person | None = None,
    ) -> None:
        """Results of a branch where everything is in order, handed up."""
        await self.prepared(audited, by, who)
        for each in await self.listed(by, campaign, at):
            await self.completed(each["id"], by)
        await self.done(by, "Submit", {"audited": audited})

    def verification(self, audited: str, **numbers: int) -> dict[str, Any]:
        """Input: everything in order, with as many of each kind as are said."""
        codes = ("basics", "continuity", "relationship")
        checks = [{"check": code, "result": "IN_ORDER"} for code in codes]
        told = {"destination": "外地", "state": "务工", "contact": "电话"}
        told |= {"circumstances": "外出无音讯", "cause": "更换电话"}
        situations = [
            {"code": code, "number": numbers.get(code, 0), **told}
            for code in ("floating", "hanging", "lost")
        ]
        given = {"audited": audited, "checks": checks, "situations": situations}
        return {**given, "measures": "限期转接", "ways": "继续查找", "proposals": "按程序处置"}

    def report(self, audited: str, chair: str | None = None, **changes: Any) -> dict[str, Any]:
        """Input: the report of a committee, discussed at a meeting."""
        given = {"audited": audited, "content": "核查情况", "proposals": "处理意见"}
        return {**given, "chair": chair, "minutes": "专题会议纪要", **changes}

    async def away(self, who: Person, by: str = "secretary", **changes: Any) -> str:
        """Somebody is away since a month before today."""
        document = """mutation ($input: FlowMembersCaseRecordInput!) {
          flowMembersCaseRecord(input: $input) { case { id } userErrors { code message } } }"""
        given = {
            "member": self.id(who),
            "ground": "LABOUR",
            "place": "江州市",
            "unit": "江州建筑公司",
            "certainty": "FIXED",
            "since": "2026-05-15",
            "reach": {"phone": "13800001234", "address": "江州市一号", "relative": "父亲"},
            "lateReason": "外出时未报告",
            **changes,
        }
        made = (await self.asked(by, document, input=given))["flowMembersCaseRecord"]
        assert made["userErrors"] == []
        return str(made["case"]["id"])

    async def asked(self, login: str, document: str, **given: Any) -> Any:
        """The data that this account gets."""
        answer = await self.at.ask(login, document, given)
        assert "errors" not in answer, answer
        return answer["data"]

    async def answer(
        self, login: str | None, name: str, given: dict[str, Any], select: str = ""
    ) -> dict[str, Any]:
        kind = INPUTS.get(name, f"AuditCampaign{name}Input")
        document = (
            f"mutation ($input: {kind}!) {{ auditCampaign{name}(input: $input) "
            f"{{ {select} userErrors {{ code message path basis }} }} }}"
        )
        credential = self.at.credentials[login] if login else None
        return await self.at.house.ask(document, {"input": given}, credential=credential)

    async def done(self, login: str, name: str, given: dict[str, Any], select: str = "") -> Any:
        """What was selected of a mutation that must succeed."""
        answer = await self.answer(login, name, given, select)
        assert "errors" not in answer, answer["errors"]
        payload = answer["data"][f"auditCampaign{name}"]
        assert payload["userErrors"] == []
        return payload

    async def refused(self, login: str | None, name: str, given: dict[str, Any]) -> list[str]:
        """The codes with which a mutation is refused, in its payload or as an error."""
        answer = await self.answer(login, name, given)
        if "errors" in answer:
            return [error["extensions"]["code"] for error in answer["errors"]]
        errors = answer["data"][f"auditCampaign{name}"]["userErrors"]
        assert all(error["message"] and error["path"] for error in errors)
        return [error["code"].removeprefix("audit_campaign.") for error in errors]

    @property
    def today(self) -> str:
        return self.at.house.now.date().isoformat()


@pytest.fixture
async def audit(institution: Institution) -> Audit:
    """Two members of the branch, one of a branch far away; the secretaries of both."""
    made = Audit(at=institution)
    made.me, made.peer = await institution.member("branch"), await institution.member("branch")
    made.far = await institution.member("far")
    await institution.account("far_secretary", "branch_secretary", "far")
    await institution.account("other_secretary", "branch_secretary", "other")
    return made
