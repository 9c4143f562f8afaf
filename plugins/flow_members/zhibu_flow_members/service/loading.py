"""A case, and what else is recorded of its member."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound
from zhibu_flow_members.rules.values import Case
from zhibu_flow_members.store import cases as store


async def case_of(act: Act, id: UUID) -> Case:
    """One case, held until the act is over. Raises `NotFound`."""
    found = await store.case(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    return found
