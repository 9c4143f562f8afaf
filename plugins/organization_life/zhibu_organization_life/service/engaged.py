"""What members took on in a year, for whoever reckons with it."""

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.members.public import MemberFacts
from zhibu_organization_life import actions
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.store import engagements as store


async def engaged_of(act: Act, member: MemberFacts, year: int) -> set[Engaged]:
    """The kinds of what a member had taken on in a year; none where organization life is off.

    The caller has authorised the act.
    """
    if not act.switches.enabled(actions.REGISTER_READ.plugin, member.path):
        return set()
    first, last = year_of(year)
    return await store.kinds_of(act.session, act.tenant_id, member.id, first, last)
