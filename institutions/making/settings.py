"""The YAML files of an institution: what it says besides its workbooks."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from making.dues import Income, Payment
from making.education import Exemption
from making.people import Person
from making.plans import Plan
from making.points import Declared, told
from making.rosters import Post

ADMINISTRATORS = (
    ("system", "系统管理员", "system_administrator"),
    ("security", "安全管理员", "security_administrator"),
    ("audit", "审计管理员", "audit_administrator"),
)
VERIFIER = ("education", "党员教育管理专干", "committee_officer")
OFFICES = {
    "committee_officer": "组织干事",
    "working_committee_officer": "组织科干事",
    "district_organization_officer": "组织科干部",
    "municipal_organization_officer": "组织处干部",
    "discipline_inspection_officer": "纪检干事",
}
CONSENTS = {
    "elderly": "本人年事已高，自愿不作集中学习硬性要求，由党小组送学上门",
    "ill": "本人长期患病，经本人同意，不作集中学习硬性要求",
}


def write_tenant(folder: Path, plan: Plan, people: list[Person], posts: list[Post]) -> None:
    given = plan.given
    switches = [{"plugin": "education", "organization": plan.root.code, "enabled": True}]
    if "life" in given:
        code = plan.find(given["life"]).code
        switches.append(
            {
                "plugin": "organization_life",
                "organization": code,
                "enabled": True,
                "reason": "先在几个支部试用",
            }
        )
    switches += [
        {
            "plugin": "dues",
            "organization": plan.find(label).code,
            "enabled": True,
            "reason": "先在两个支部试用",
        }
        for label in given.get("dues", ())
    ]
    switches += [
        {
            "plugin": "scoring",
            "organization": plan.find(label).code,
            "enabled": True,
            "reason": "先在一个支部试行积分制",
        }
        for label in given.get("points", ())
    ]
    switches += [
        {
            "plugin": plugin,
            "organization": plan.root.code,
            "enabled": True,
            "reason": "流动党员较多，先行试用",
        }
        for plugin in ("flow_members", "transfers")
        if "away" in given or (plugin == "flow_members" and "hosts" in given)
    ]
    for switch in given["switches"]:
        switches.append(
            {
                "plugin": switch["plugin"],
                "organization": plan.find(switch["at"]).code,
                "enabled": switch["enabled"],
                "reason": switch["reason"],
            }
        )
    tenant: dict[str, Any] = {
        "code": given["code"],
        "name": given["name"],
        "zone": "Asia/Shanghai",
        "locale": "zh-CN",
        "rule_pack": given["code"],
        "plugins": switches,
        "accounts": _accounts(plan, people, posts),
    }
    _write(folder / "tenant.yaml", "Made by institutions/generate.py.", tenant)


def write_education(folder: Path, exemptions: list[Exemption], anchor: date) -> None:
    listed = [
        {
            "member": exemption.person.identity,
            "name": exemption.person.name,
            "year": anchor.year,
            "ground": exemption.ground,
            "consent": CONSENTS[exemption.ground],
            "granted_on": exemption.consented,
        }
        for exemption in exemptions
    ]
    _write(folder / "education.yaml", "Made by institutions/generate.py.", {"exemptions": listed})


def write_dues(folder: Path, incomes: list[Income], payments: list[Payment], anchor: date) -> None:
    """In the words of the API: the steps of the demo take it in."""
    bases = [
        {
            "member": each.person.identity,
            "year": anchor.year,
            "income": each.kind,
            "baseFen": each.base,
        }
        for each in incomes
    ]
    paid = [
        {
            "member": each.person.identity,
            "firstMonth": each.month.isoformat(),
            "paidOn": each.paid.isoformat(),
            "fen": each.fen,
            "payer": "relative" if each.relative else "self",
            "payerName": each.relative,
            "lateReason": "出差在外，返回后补交" if each.late else None,
            "entryReason": "示例数据，按收据补录",
        }
        for each in payments
    ]
    until = (anchor.replace(day=1) - timedelta(days=1)).isoformat()
    units = sorted({each.person.branch.code for each in incomes})
    handed = [{"organization": code, "until": until} for code in units]
    listed = {"bases": bases, "payments": paid, "handovers": handed}
    _write(folder / "dues.yaml", "Made by institutions/generate.py.", listed)


def write_moves(folder: Path, moves: dict[str, list[dict[str, Any]]]) -> None:
    """In the words of the API: the steps of the demo take it in."""
    _write(folder / "moves.yaml", "Made by institutions/generate.py.", moves)


def write_life(folder: Path, shown: dict[str, list[dict[str, Any]]]) -> None:
    """In the words of the API: the steps of the demo take it in."""
    _write(folder / "life.yaml", "Made by institutions/generate.py.", shown)


def write_points(
    folder: Path,
    codes: list[str],
    declared: list[Declared],
    closed: dict[str, list[dict[str, Any]]],
    anchor: date,
) -> None:
    """In the words of the API: the steps of the demo take it in."""
    years = [{"organization": code, "year": anchor.year} for code in codes]
    quarter, place = (anchor.month - 1) // 3, "党务公开栏"
    put = [{**year, "quarter": quarter, "place": place} for year in years if quarter]
    before = [{**year, "year": anchor.year - 1} for year in years]
    put += [{**year, "quarter": each, "place": place} for year in before for each in (1, 2, 3, 4)]
    found = "记分依据齐全，未发现漏记"
    checks = [{**year, "half": 1, "findings": found} for year in years]
    checks += [{**year, "half": half, "findings": found} for year in before for half in (1, 2)]
    entries = [told(each) for each in declared]
    listed = {"years": years, "entries": entries, "publications": put, "checks": checks, **closed}
    _write(folder / "scoring.yaml", "Made by institutions/generate.py.", listed)


def _accounts(plan: Plan, people: list[Person], posts: list[Post]) -> list[dict[str, str]]:
    holders = {(post.unit.code, post.title): post.holder for post in posts}
    with_posts = {post.holder.identity for post in posts}
    accounts = []
    for wanted in plan.given["accounts"]:
        unit = plan.find(wanted["at"])
        account = {"login": wanted["login"], "role": wanted["role"], "organization": unit.code}
        person = None
        if "as" in wanted:
            person = holders[unit.code, wanted["as"]]
        elif wanted["role"] == "member":
            person = next(
                p for p in people if p.branch is unit and p.is_full and p.identity not in with_posts
            )
        if person:
            account |= {"name": person.name, "member": person.identity}
        else:
            account["name"] = unit.short + OFFICES[wanted["role"]]
        accounts.append({key: account[key] for key in ORDER if key in account})
    for login, name, role in (VERIFIER, *ADMINISTRATORS):
        accounts.append(
            {"login": login, "name": name, "role": role, "organization": plan.root.code}
        )
    return accounts


ORDER = ("login", "name", "role", "organization", "member")


def _write(path: Path, remark: str, value: dict[str, Any]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(f"# {remark}\n{text}", "utf-8", newline="\n")
