"""Who of a branch is away and who is being transferred, as the branch keeps it."""

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
REQUIREMENTS = "按月参加所在地党组织活动，按规定交纳党费，每半年向支部汇报一次"
CONTACT = "支部联络员，每月电话联系一次"


def of_plan(
    plan: Plan, people: list[Person], leading: set[str], anchor: date
) -> dict[str, list[dict[str, Any]]]:
    """Cases of members away, transfers to elsewhere, who is abroad and who is stopped, and who is
    taken in from another institution; nothing where the plan names no branch.

    Nobody of them leads the branch: `leading` are the identity numbers of who holds a post.
    """
    if "hosts" in plan.given:
        return {"guests": [_guest(plan, anchor)]}
    cases: list[dict[str, Any]] = []
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
        asked = plan.given.get("guest", {})
        cases += [_case(*pair, asked, anchor) for pair in zip(gone, AWAY, strict=True)]
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
    lists = {"cases": cases, "transfers": transfers, "retained": retained, "stopped": stopped}
    return lists if cases else {}


def _guest(plan: Plan, anchor: date) -> dict[str, Any]:
    """What the host does with who comes from the institution of this code."""
    hosts = plan.given["hosts"]
    return {
        "guest": hosts["institution"],
        "organization": plan.find(hosts["at"]).code,
        "arrivedOn": (anchor - timedelta(days=48)).isoformat(),
        "kind": "life",
        "channel": "visit",
        "on": (anchor - timedelta(days=20)).isoformat(),
        "text": "参加软件工程系党支部主题党日",
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


def _case(
    person: Person, away: dict[str, Any], asked: dict[str, str], anchor: date
) -> dict[str, Any]:
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
        "institution": asked.get("institution") if away["guest"] else None,
        "organizationCode": asked.get("organization") if away["guest"] else None,
        "lateReason": SAID,
    }
