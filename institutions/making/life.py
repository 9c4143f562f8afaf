"""A year of organization life of a few branches: what they held, and who came."""

from dataclasses import dataclass
from datetime import date
from random import Random

from making.education import HABITS
from making.people import Person
from making.plans import Plan, Unit
from making.rosters import Post

THEMES = (
    ("重温入党誓词", "集中学习、过组织生活"),
    ("学习党章党规", "集中学习"),
    ("社区志愿服务", "志愿服务"),
    ("集体过政治生日", "过政治生日、集中学习"),
    ("支部工作民主议事", "民主议事"),
)
COMMITTEE = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员", "委员")
SEATS = COMMITTEE[2:]


@dataclass(frozen=True)
class Meeting:
    """A meeting that was held, and who should have come."""

    code: str
    unit: Unit
    kind: str
    title: str
    held: date
    begins: str
    place: str
    contents: str
    lecturer: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Presence:
    """A line of the list of a meeting."""

    meeting: Meeting
    person: Person
    presence: str
    reason: str


def life_of(
    plan: Plan, people: list[Person], posts: list[Post], anchor: date
) -> tuple[list[Meeting], list[Presence]]:
    """Nothing, unless the plan names the unit whose branches are shown."""
    if "life" not in plan.given:
        return [], []
    rng = Random(f"life:{plan.given['code']}")
    meetings: list[Meeting] = []
    for branch in plan.find(plan.given["life"]).homes():
        meetings += _branch_year(rng, branch, people, posts, anchor)
    meetings.sort(key=lambda meeting: (meeting.held, meeting.code))
    chances = {id(person): rng.choices(HABITS, [h[0] for h in HABITS])[0][1] for person in people}
    lines = [
        _line(rng, meeting, person, chances[id(person)])
        for meeting in meetings
        for person in meeting.people
    ]
    return meetings, lines


def _branch_year(
    rng: Random, branch: Unit, people: list[Person], posts: list[Post], anchor: date
) -> list[Meeting]:
    own = [person for person in people if person.branch.code == branch.code]
    held = [post for post in posts if post.unit.code == branch.code]
    committee = {post.holder.identity for post in held if post.title in COMMITTEE}
    head = next((post.holder.name for post in held if post.title == "书记"), "支部书记")
    found: list[Meeting] = []

    def hold(unit: Unit, kind: str, day: int, title: str, who: list[Person], **more: str) -> None:
        held_on = date(anchor.year, month, day)
        there = tuple(
            person for person in who if person.joined <= held_on and person.admitted <= held_on
        )
        if held_on > anchor or not there:
            return
        found.append(
            Meeting(
                code=f"{anchor.year}-{unit.code}-{len(found) + 1:02}",
                unit=unit,
                kind=kind,
                title=title,
                held=held_on,
                begins=rng.choice(("09:00", "09:30", "14:30", "15:00")),
                place=rng.choice(("党员活动室", "会议室")),
                contents=more.get("contents", ""),
                lecturer=more.get("lecturer", ""),
                people=there,
            )
        )

    for month in range(1, anchor.month + 1):
        theme, contents = rng.choice(THEMES)
        if rng.random() < 0.95:  # now and then a month is missed, and falls due
            hold(branch, "主题党日", rng.randrange(5, 26), theme, own, contents=contents)
        if any(post.title in SEATS for post in held) and rng.random() < 0.9:
            seated = [person for person in own if person.identity in committee]
            hold(branch, "支部委员会会议", rng.randrange(2, 27), "研究支部工作", seated)
        for group in branch.below:
            members = [person for person in own if person.group and person.group == group]
            hold(group, "党小组会", rng.randrange(2, 27), "党小组学习讨论", members)
        if month % 3 == 2:
            hold(branch, "支部党员大会", rng.randrange(2, 27), "听取支委会工作报告", own)
            title = "党课：牢记宗旨、服务群众"
            hold(branch, "党课", rng.randrange(2, 27), title, own, lecturer=head)
        if month == 1:
            hold(branch, "组织生活会", rng.randrange(15, 28), "年度组织生活会", own)
    return found


def _line(rng: Random, meeting: Meeting, person: Person, chance: float) -> Presence:
    if rng.random() < chance:
        return Presence(meeting, person, "出席", "")
    if rng.random() < 0.75:
        return Presence(meeting, person, "请假", rng.choice(("出差", "生病", "工作任务")))
    return Presence(meeting, person, "缺席", "")
