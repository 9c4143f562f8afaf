"""The closing report of an audit, beside the one before by the same plan (S3A-40)."""

from collections.abc import Sequence
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.rules.campaigns import State
from zhibu_audit_campaign.rules.closing import Closing
from zhibu_audit_campaign.store import closing as store


async def closings(act: Act, id: UUID) -> Sequence[Closing]:
    """What an audit came to, and what the one before did, for who reads audits where it is carried
    out. Raises `NotFound` after as many statements as where there is no such audit.
    """
    rows = await store.closings(act.session, act.tenant_id, id)
    if not rows or not act.may(actions.READ, rows[0].path):
        raise NotFound()
    courses = await store.courses(act.session, act.tenant_id, [row.id for row in rows])
    return [
        Closing(
            id=row.id,
            title=row.title,
            state=State(row.state),
            as_of=row.as_of,
            ended_on=row.ended_on,
            listed=row.listed,
            left=row.left,
            moved=row.moved,
            staged=row.staged,
            **{name: getattr(row, name) for name in store.NUMBERS},
            courses=courses.get(row.id, {}),
        )
        for row in rows
    ]
