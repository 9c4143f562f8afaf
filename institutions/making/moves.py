"""Who of a branch is away and who is being transferred, as the branch keeps it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from making.people import Person
from making.plans import Plan

SAID = "示例数据，按登记表补录"
AWAY: tuple[dict[str, Any], ...] = (
    {
        "ground": "labour",
        "place": "南岭省海州市，随工程项目流动",
        "unit": "海州路桥工程项目部",
        "certainty": "uncertain",
        "untransferred": "项目地点不固定",
        "ago": 130,
        "lasts": None,
        "guest": False,
    },
    {
        "ground": "study",
        "place": "云岭理工大学干部进修班",
        "unit": "云岭理工大学",
        "certainty": "fixed",
        "untransferred": None,
        "ago": 50,
        "lasts": 90,
        "guest": True,
    },
)
RETAINED: dict[str, Any] = {
    "purpose": "study",
    "place": "新加坡",
    "ago": 100,
    "lasts": 700,
    "reason": "公派攻读硕士学位",
}
STOPPED: dict[str, Any] = {
    "ground": "settled",
    "place": "澳门",
    "ago": 900,
    "reason": "已取得永久居留权，本人已书面说明",
}
# What the host notes of who came, by day before the anchor.
NOTED: tuple[dict[str, Any], ...] = (
    {"kind": "life", "ago": 20, "text": "参加软件工程系党支部主题党日", "grade": None},
    {"kind": "dues", "ago": 12, "text": "代收十月份党费并出具收据", "grade": None},
    {
        "kind": "evaluation",
        "ago": 5,
        "text": "按时参加组织生活，学习认真，群众反映好",
        "grade": "excellent",
    },
)
REQUIREMENTS = "按月参加所在地党组织活动，按规定交纳党费，每半年向支部汇报一次"
CONTACT = "支部联络员，每月电话联系一次"


def of_plan(
    plan: Plan, people: list[Person], leading: set[str], anchor: date
) -> dict[str, list[dict[str, Any]]]:
    """Cases of members away, who of them is offered to another institution, transfers to elsewhere,
    who is abroad and who is stopped; where the plan takes somebody in, that, and what is noted of
    him; nothing where the plan names no branch.

    Nobody of them leads the branch: `leading` are the identity numbers of who holds a post.
    """
    if "hosts" in plan.given:
        return {"guests": [_guest(plan, anchor)], "guestNotes": [*_noted(plan, anchor)]}
    cases: list[dict[str, Any]] = []
    offers: list[dict[str, Any]] = []
    transfers: list[dict[str, Any]] = []
    retained: list[dict[str, Any]] = []
    stopped: list[dict[str, Any]] = []
    for label in plan.given.get("away", ()):
        branch = plan.find(label).code
        here = [
            person
            for person in people
            if person.branch.code == branch
            and person.kind == "在职"
            and person.is_full
            and person.identity not in leading
            and person.joined < anchor - timedelta(days=200)
        ]
        gone = here[-len(AWAY) :]
        cases += [_case(*pair, anchor) for pair in zip(gone, AWAY, strict=True)]
        offers += [_offer(away, plan.given["guest"]) for away in AWAY if away["guest"]]
        transfers.append(
            {
                "member": here[0].identity,
                "kind": "out",
                "reason": "work",
                "elsewhere": "中共云阳市岭东区委组织部",
                "address": "云阳市岭东区政务中心",
            }
        )
        retained.append(_retained(here[1], anchor))
        stopped.append(_stopped(here[2], anchor))
    lists = {"cases": cases, "offers": offers, "transfers": transfers}
    lists |= {"retained": retained, "stopped": stopped}
    return lists if cases else {}


def _guest(plan: Plan, anchor: date) -> dict[str, Any]:
    """What the host does with who comes from the institution of this code."""
    hosts = plan.given["hosts"]
    return {
        "guest": hosts["institution"],
        "organization": plan.find(hosts["at"]).code,
        "arrivedOn": (anchor - timedelta(days=48)).isoformat(),
    }


def _noted(plan: Plan, anchor: date) -> Iterator[dict[str, Any]]:
    for each in NOTED:
        yield {
            "guest": plan.given["hosts"]["institution"],
            "kind": each["kind"],
            "channel": "visit",
            "on": (anchor - timedelta(days=each["ago"])).isoformat(),
            "text": each["text"],
            "grade": each["grade"],
            "reason": SAID,
        }


def _offer(away: dict[str, Any], asked: dict[str, str]) -> dict[str, Any]:
    """Another institution is asked to take in who went to this place."""
    return {
        "case": away["place"],
        "institution": asked["institution"],
        "organizationCode": asked["organization"],
    }


def _retained(person: Person, anchor: date) -> dict[str, Any]:
    since = anchor - timedelta(days=RETAINED["ago"])
    return {
        "member": person.identity,
        **{name: RETAINED[name] for name in ("purpose", "place", "reason")},
        "since": since.isoformat(),
        "until": (since + timedelta(days=RETAINED["lasts"])).isoformat(),
        "appliedOn": (since - timedelta(days=20)).isoformat(),
    }


def _stopped(person: Person, anchor: date) -> dict[str, Any]:
    return {
        "member": person.identity,
        **{name: STOPPED[name] for name in ("ground", "place", "reason")},
        "since": (anchor - timedelta(days=STOPPED["ago"])).isoformat(),
    }


def _case(person: Person, away: dict[str, Any], anchor: date) -> dict[str, Any]:
    since = anchor - timedelta(days=away["ago"])
    until = None if away["lasts"] is None else since + timedelta(days=away["lasts"])
    told = since - timedelta(days=3)
    kept = ("ground", "place", "unit", "certainty", "untransferred")
    return {
        "member": person.identity,
        **{name: away[name] for name in kept},
        "since": since.isoformat(),
        "until": until and until.isoformat(),
        "talk": {"on": told.isoformat(), "requirements": REQUIREMENTS, "contact": CONTACT},
        "lateReason": SAID,
    }
