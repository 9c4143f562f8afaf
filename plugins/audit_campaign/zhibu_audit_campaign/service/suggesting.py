"""What other records say of the members of a branch, and what that suggests (S3D-07)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import add_months
from zhibu.errors import refuse
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import SUGGESTED
from zhibu_audit_campaign.rules.campaigns import Ground
from zhibu_audit_campaign.rules.plans import Level, Line, Part
from zhibu_audit_campaign.rules.suggesting import Known, suggestions
from zhibu_audit_campaign.rules.work import Audited, working_refusals
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.loading import audited_for
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.store import campaigns, sheets, work
from zhibu_discipline.asking import files_of
from zhibu_dues.asking import standings_of
from zhibu_flow_members.asking import away_of
from zhibu_organization_life.asking import Attended, Presence, attendance_of
from zhibu_transfers.asking import file_doubted, pocketed


async def prefill(act: Act, id: UUID) -> int:
    """Write onto the open sheets of a branch what is known elsewhere, and suggest issues.

    Done again, it renews what nobody has decided. Answers how many suggestions there are.
    """
    known = await audited_for(act, id, actions.FILL)
    refuse(working_refusals(known, level=Level.BRANCH))
    session, tenant, branch = act.session, act.tenant_id, known.organization_id
    open_sheets = await sheets.sheets_of(session, tenant, known.campaign_id, branch)
    if not open_sheets:
        return 0
    missing = {row.member_id for row in open_sheets if row.ground == Ground.UNRECEIPTED}
    people = await members_by_id(act, [row.member_id for row in open_sheets])
    months = act.parameters.whole("audit_campaign.months", known.path, act.today) or 0
    here = [each for each in people.values() if each.organization_id == branch]
    facts = await _known(act, here, missing, add_months(act.today, -months))
    labels = await labels_of(act, known)
    # Of who is with another branch now, this one is told nothing that was recorded there.
    by_sheet = {
        row.id: facts.get(row.member_id)
        or Known(member_id=row.member_id, unreceipted=row.member_id in missing)
        for row in open_sheets
    }
    found = {
        sheet: [*suggestions(each, labels, on=act.today, months=months)]
        for sheet, each in by_sheet.items()
    }
    await sheets.keep_known(session, tenant, act.today, by_sheet)
    await sheets.suggest(session, tenant, known.campaign_id, branch, found)
    await work.recount(session, tenant, id)
    count = sum(map(len, found.values()))
    said(act, SUGGESTED, (AUDITED, id), known.path, rows=count)
    return count


async def labels_of(act: Act, known: Audited) -> Mapping[str, Line]:
    """The labels of the plan of an audit, by code."""
    campaign = await campaigns.campaign(act.session, act.tenant_id, known.campaign_id)
    assert campaign is not None
    plan = plan_copied(act, campaign, known.path)
    return {line.code: line for line in plan.of(Part.LABEL)}


async def _known(
    act: Act, members: Collection[MemberFacts], missing: Collection[UUID], since: date
) -> Mapping[UUID, Known]:
    """What dues, organization life since a day, stays, letters and files say of these members."""
    standings = await standings_of(act, members)
    marks: dict[UUID, list[Attended]] = defaultdict(list)
    for year in range(since.year, act.today.year + 1):
        for mark in await attendance_of(act, members, year):
            if mark.held_on >= since:
                marks[mark.member_id].append(mark)
    away = await away_of(act, members, act.today)
    letters = await pocketed(act, members, act.today)
    doubted = await file_doubted(act, members)
    files = await files_of(act, members)
    found = {}
    for member in members:
        stay, own = away.get(member.id), marks[member.id]
        standing, file = standings.get(member.id), files.get(member.id)
        found[member.id] = Known(
            member_id=member.id,
            streak=standing.streak if standing is not None else None,
            expected=sum(each.expected for each in own),
            attended_on=_last(own, Presence.PRESENT),
            excused_on=_last(own, Presence.ON_LEAVE),
            heard_on=stay.contacted_on if stay is not None else None,
            away_since=stay.since if stay is not None else None,
            fixed=stay is not None and stay.fixed,
            letter_until=letters.get(member.id),
            unreceipted=member.id in missing,
            file_doubted=file is None and member.id in doubted,
            file_missing=file.missing if file is not None else None,
            file_doubtful=file.doubtful if file is not None else None,
        )
    return found


def _last(marks: Collection[Attended], presence: Presence) -> date | None:
    return max((each.held_on for each in marks if each.presence is presence), default=None)
