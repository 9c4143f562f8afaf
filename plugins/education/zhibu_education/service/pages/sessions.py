"""The register of a session, to print: who was there, for how many hours, with room to sign."""

from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.rules.catalogues import Presence
from zhibu_education.service import catalogues
from zhibu_education.service.pages.frame import HIDDEN, register
from zhibu_education.store import printing as store
from zhibu_education.store import sessions as session_store

PRESENCES = {
    Presence.ENROLLED: "已报名",
    Presence.PRESENT: "出席",
    Presence.ON_LEAVE: "请假",
    Presence.ABSENT: "缺席",
}


async def attendance(act: Act, session_id: UUID) -> str:
    """Everybody who is marked at a session, in the order of branches and names (S2-30)."""
    session = await session_store.session_of(act.session, act.tenant_id, session_id)
    if session is None:
        raise NotFound()
    act.require(actions.PLAN_READ, session.path, seen_by=ORGANIZATION_READ)
    unit = await organization_of(act, session.organization_id)
    found = [
        row
        for row in await store.attendance(act.session, act.tenant_id, session_id)
        if act.may(actions.READ, row.path, row.member_id)
    ]
    rows = [
        (
            number,
            row.name,
            row.branch,
            PRESENCES[Presence(row.state)],
            _hours(row.hours, row.state, session.hours),
            row.reason,
            "",
        )
        for number, row in enumerate(found, 1)
    ]
    day, path = session.held_on, session.path
    form = catalogues.label(act, catalogues.FORMS, day, path, session.kind or session.form)
    topic = catalogues.label(act, catalogues.TOPICS, day, path, session.topic)
    present = sum(1 for row in found if row.state == Presence.PRESENT)
    shown = session.withdrawn_on is None
    teacher = f"授课人：{session.teacher_name}；" if shown and session.teacher_name else ""
    place = f"地点：{session.place}；" if shown and session.place else ""
    return register(
        act,
        unit,
        title=f"培训签到表：{HIDDEN if session.withdrawn_on else session.title}",
        period=f"{day.year}年{day.month}月{day.day}日（编号 {session.code}）",
        headings=("序号", "姓名", "所在党支部", "出勤情况", "学时", "说明", "　　签字　　"),
        rows=rows,
        wide=(2, 5),
        notes=[
            f"形式：{form}；主题：{topic}；{teacher}{place}学时：{session.hours.normalize():f}。",
            f"列入 {len(found)} 人，出席 {present} 人。",
        ],
        signers=("记录人", "党支部书记"),
        kind="培训签到表",
    )


def _hours(own: object, state: str, whole: object) -> object:
    if state != Presence.PRESENT:
        return None
    return whole if own is None else own
