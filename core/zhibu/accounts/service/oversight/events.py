"""What ledgers say of doors."""

from zhibu.accounts.rules.oversight import (
    GIVEN,
    Door,
)
from zhibu.act import Event, TenantFacts


def words_of(door: Door, tenant: TenantFacts) -> str:
    """Who looks, in words: institution and name, the same in both ledgers."""
    institution = door.counterpart_name if door.side == GIVEN else tenant.name
    return f"{institution} / {door.overseer_name}"


def event_of(name: str, door: Door, words: str, **more: object) -> Event:
    return Event(
        name=name,
        subject=("oversight", door.id),
        path=door.path if door.side == GIVEN else None,
        facts={
            "overseer": words,
            "role": door.role,
            "organization": door.organization_name,
            "institution": door.counterpart_name,
            "since": door.since.isoformat(),
            "until": door.until.isoformat(),
            "reason": door.reason,
            **more,
        },
    )
