"""How somebody away is reached: sealed, and opened by an act of its own."""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.storage.encryption import Place
from zhibu_flow_members import actions
from zhibu_flow_members.errors import ReasonMissing
from zhibu_flow_members.public import CONTACT_OPENED
from zhibu_flow_members.service.events import say
from zhibu_flow_members.store import cases as store


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How somebody away is reached; nothing once it was erased."""

    phone: str | None = None
    address: str | None = None
    relative: str | None = None


async def read(act: Act, case_id: UUID, *, reason: str) -> Reach:
    """For whoever may open it; the member sees who did, and may himself."""
    known = await store.case(act.session, act.tenant_id, case_id)
    if known is None:
        raise NotFound()
    act.require(actions.OPEN, known.path, known.member_id, seen_by=actions.READ)
    require_proof(act, Use.OPEN, known.path)
    refuse([] if reason.strip() else [ReasonMissing(path=("reason",))])
    say(act, CONTACT_OPENED, known, reason=reason.strip())
    if not known.sealed:
        return Reach()
    return Reach(**json.loads(act.keyring.open(_place(act, case_id), known.sealed)))


def sealed(act: Act, case_id: UUID, reach: Reach | None) -> bytes | None:
    """What is kept of it; nothing where nothing is said."""
    said = {key: value.strip() for key, value in asdict(reach or Reach()).items() if value}
    return act.keyring.seal(_place(act, case_id), json.dumps(said)) if said else None


def _place(act: Act, case_id: UUID) -> Place:
    return Place(act.tenant_id, "flow_members_case", "sealed", case_id)
