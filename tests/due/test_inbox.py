"""One's own inbox: nobody else reads it, and what one does about an item stays with it."""

from datetime import date, timedelta
from typing import Any

import pytest

from zhibu.accounts import store
from zhibu.events.timeline import entries
from zhibu.identifiers import global_id, new_id
from zhibu.members import service as members
from zhibu.members.public import members_of
from zhibu.members.rules import Change
from zhibu.members.rules.stages import Step
from zhibu.testing.deadlines import INBOX, PAST, Deadlines
from zhibu.testing.house import House

ADMITTED, ENDS = date(2025, 9, 1), date(2026, 9, 1)
YEAR = date(2026, 12, 31)
MUTATIONS = {
    "inboxRead": {"items": True},
    "inboxAcknowledge": {"items": True},
    "inboxSnooze": {"items": True, "until": "2026-07-10"},
    "inboxFinish": {"item": True, "note": "已办"},
}


def given(mutation: str, item: str) -> dict[str, Any]:
    """The input of a mutation about this item."""
    values = {"items": [item], "item": item}
    return {key: values.get(key, value) for key, value in MUTATIONS[mutation].items()}


@pytest.fixture
async def item(deadlines: Deadlines) -> str:
    """The secretary's reminder of a probation that ends in sixty days."""
    await deadlines.probationary(ADMITTED)
    await deadlines.sweep(ENDS - timedelta(days=60))
    [found] = await deadlines.inbox("secretary")
    id: str = found["id"]
    return id


async def test_nobody_has_an_inbox_without_signing_in(deadlines: Deadlines, item: str) -> None:
    for document in (INBOX, PAST):
        answer = await deadlines.at.house.ask(document)
        assert {each["extensions"]["code"] for each in answer["errors"]} == {"UNAUTHENTICATED"}
    for mutation in MUTATIONS:
        kind = {"inboxRead": "InboxItems", "inboxAcknowledge": "InboxItems"}.get(
            mutation, mutation[0].upper() + mutation[1:]
        )
        document = f"""mutation ($input: {kind}Input!) {{
          {mutation}(input: $input) {{ userErrors {{ code }} }} }}"""
        answer = await deadlines.at.house.ask(document, {"input": given(mutation, item)})
        assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_another_s_item_is_like_none(deadlines: Deadlines, item: str) -> None:
    absent = global_id("InboxItem", new_id())
    for mutation in MUTATIONS:
        for login, id in (("officer", item), ("recorder", item), ("secretary", absent)):
            said = await deadlines.refused(login, mutation, **given(mutation, id))
            assert said == ["NOT_FOUND"]
    [found] = await deadlines.inbox("secretary")
    assert (found["readAt"], found["doneAt"], found["snoozedUntil"]) == (None, None, None)


async def test_an_item_of_another_institution_is_like_none(
    house: House, deadlines: Deadlines, item: str
) -> None:
    theirs = Deadlines(at=await house.found("qingshan", "青山市直机关"))
    for mutation in MUTATIONS:
        assert await theirs.refused("secretary", mutation, **given(mutation, item)) == ["NOT_FOUND"]
    assert await theirs.inbox("secretary") == []


async def test_an_item_is_seen_only_while_the_role_lets_one_see_its_subject(
    deadlines: Deadlines, item: str
) -> None:
    async with deadlines.at.operator() as act:
        account = deadlines.at.accounts["secretary"]
        [held] = await store.roles.held_by(act.session, act.tenant_id, account)
        await store.roles.end(act.session, act.tenant_id, held.id, act.today)
    deadlines.at.house.platform.changed(deadlines.at.tenant.id)
    assert await deadlines.inbox("secretary") == []
    assert await deadlines.refused("secretary", "inboxRead", items=[item]) == ["NOT_FOUND"]


async def test_an_overseer_and_a_stranger_to_every_role_have_empty_inboxes(
    deadlines: Deadlines, item: str
) -> None:
    await deadlines.at.account("nobody")
    assert await deadlines.inbox("nobody") == []
    assert await deadlines.counts("nobody") == {"waiting": 0, "unread": 0, "overdue": 0}


async def test_when_an_item_was_first_read_stays(deadlines: Deadlines, item: str) -> None:
    assert await deadlines.counts("secretary") == {"waiting": 1, "unread": 1, "overdue": 0}
    await deadlines.do("secretary", "inboxRead", items=[item])
    deadlines.on(ENDS - timedelta(days=50))
    answer = await deadlines.do("secretary", "inboxRead", items=[item])
    [found] = answer["data"]["inboxRead"]["items"]
    assert found["readAt"] == "2026-07-03T04:00:00Z"
    assert await deadlines.counts("secretary") == {"waiting": 1, "unread": 0, "overdue": 0}
    async with deadlines.at.operator() as act:
        read = await entries(act.session, act.tenant_id, event="due.read")
    assert len(read) == 1


async def test_items_are_acknowledged_once_and_some_at_a_time(
    deadlines: Deadlines, item: str
) -> None:
    for count in (0, 101):
        said = await deadlines.refused("secretary", "inboxAcknowledge", items=[item] * count)
        assert said == ["core.inbox_items_out_of_range"]
    await deadlines.do("secretary", "inboxAcknowledge", items=[item])
    deadlines.on(ENDS - timedelta(days=50))
    await deadlines.do("secretary", "inboxAcknowledge", items=[item])
    [found] = await deadlines.inbox("secretary")
    assert found["acknowledgedAt"] == found["readAt"] == "2026-07-03T04:00:00Z"


async def test_an_item_is_put_off_neither_into_the_past_nor_for_long(
    deadlines: Deadlines, item: str
) -> None:
    for until in ("2026-07-03", "2026-07-02", "2026-08-03"):
        answer = await deadlines.do("secretary", "inboxSnooze", items=[item], until=until)
        [error] = answer["data"]["inboxSnooze"]["userErrors"]
        assert (error["code"], error["path"]) == ("core.snooze_out_of_range", ["until"])
        assert error["basis"] == "《平台默认》推迟提醒 · 30 天"


async def test_what_was_put_off_comes_back_on_its_day_or_when_it_comes_nearer(
    deadlines: Deadlines, item: str
) -> None:
    await deadlines.do("secretary", "inboxSnooze", items=[item], until="2026-07-10")
    assert await deadlines.inbox("secretary") == []
    assert len(await deadlines.inbox("secretary", state="SNOOZED")) == 1
    assert (await deadlines.counts("secretary"))["waiting"] == 0
    deadlines.on(date(2026, 7, 10))
    assert len(await deadlines.inbox("secretary")) == 1
    deadlines.on(ENDS - timedelta(days=31))
    await deadlines.do("secretary", "inboxSnooze", items=[item], until="2026-08-30")
    assert await deadlines.inbox("secretary") == []
    await deadlines.sweep(ENDS - timedelta(days=30))
    assert len(await deadlines.inbox("secretary")) == 1


async def test_finishing_says_what_was_done_and_after_its_day_why_so_late(
    deadlines: Deadlines, item: str
) -> None:
    assert await deadlines.refused("secretary", "inboxFinish", item=item, note=" ") == [
        "core.due_note_missing"
    ]
    await deadlines.sweep(ENDS + timedelta(days=1))
    assert await deadlines.refused("secretary", "inboxFinish", item=item, note=" ") == [
        "core.due_note_missing",
        "core.due_late_reason_missing",
    ]
    told = {"note": "已召开支部大会", "lateReason": "支部大会改期"}
    answer = await deadlines.do("secretary", "inboxFinish", item=item, **told)
    [found] = answer["data"]["inboxFinish"]["items"]
    assert (found["note"], found["due"]["lateReason"]) == ("已召开支部大会", "支部大会改期")
    assert await deadlines.inbox("secretary") == []
    assert [each["id"] for each in await deadlines.inbox("secretary", state="DONE")] == [item]
    async with deadlines.at.operator() as act:
        [entry] = await entries(act.session, act.tenant_id, event="due.done")
    assert (entry.by, entry.facts["late_reason"]) == ("secretary", "支部大会改期")


async def test_saying_so_does_not_end_what_a_record_ends(deadlines: Deadlines, item: str) -> None:
    await deadlines.do("secretary", "inboxFinish", item=item, note="正在办")
    open_ones = await deadlines.items("secretary", "2026-09-30", kinds=["core.probation_ends"])
    assert len(open_ones) == 1
    subject = {"kind": "core.probation_ends", "subject": open_ones[0]["subject"]}
    told = {"dueOn": "2026-09-01", "note": "已办"}
    assert await deadlines.refused("secretary", "dueSettle", **subject, **told) == [
        "core.due_done_by_record"
    ]
    await deadlines.sweep(ENDS + timedelta(days=30))
    assert len(await deadlines.inbox("officer")) == 1


async def test_what_was_recorded_late_is_explained_afterwards(
    deadlines: Deadlines, item: str
) -> None:
    [open_one] = await deadlines.items("secretary", "2026-09-30", kinds=["core.probation_ends"])
    deadlines.on(ENDS + timedelta(days=9))
    on = ENDS + timedelta(days=8)
    made_full = Step(change=Change.MADE_FULL, on=on, decision="决议", decided_on=on)
    async with deadlines.at.operator() as act:
        [person] = [
            each
            for each in await members_of(act, deadlines.at.units["branch"].path, act.today)
            if global_id("Member", each.id) == open_one["member"]
        ]
        await members.change_stage(act, person.id, made_full)
    await deadlines.sweep()
    assert await deadlines.refused("secretary", "inboxFinish", item=item, note="已转正") == [
        "core.due_late_reason_missing"
    ]
    told = {"note": "已转正", "lateReason": "材料补正"}
    await deadlines.do("secretary", "inboxFinish", item=item, **told)
    [found] = await deadlines.past("officer", late=True)
    assert (found["outcome"], found["lateReason"]) == ("RECORDED", "材料补正")


async def test_a_branch_says_that_its_register_is_checked_and_that_ends_it_for_everybody(
    deadlines: Deadlines,
) -> None:
    branch = {"kind": "core.year_end", "subject": deadlines.at.id("branch")}
    told = {"dueOn": "2026-12-31", "note": "名册已逐人核对"}
    deadlines.on(date(2026, 11, 30))
    assert await deadlines.refused("secretary", "dueSettle", **branch, **told) == [
        "core.due_too_early"
    ]
    await deadlines.sweep(YEAR - timedelta(days=30))
    for login, code in (("recorder", "FORBIDDEN"), ("rival", "NOT_FOUND")):
        assert await deadlines.refused(login, "dueSettle", **branch, **told) == [code]
    [mine] = await deadlines.inbox("secretary")
    answer = await deadlines.do("secretary", "inboxFinish", item=mine["id"], note=told["note"])
    [found] = answer["data"]["inboxFinish"]["items"]
    assert (found["due"]["outcome"], found["due"]["doneOn"]) == ("SETTLED", "2026-12-01")
    kinds = ["core.year_end"]
    left = await deadlines.items("officer", "2026-12-31", kinds=kinds, **{"from": "2026-12-01"})
    assert [each["organizationName"][-5:] for each in left] == ["other"]
    await deadlines.sweep(YEAR + timedelta(days=20))
    assert [each["outcome"] for each in await deadlines.past("secretary")] == ["SETTLED"]
    assert await deadlines.refused("secretary", "dueSettle", **branch, **told) == ["NOT_FOUND"]


async def test_a_check_that_comes_late_says_why(deadlines: Deadlines) -> None:
    await deadlines.sweep(YEAR + timedelta(days=2))
    branch = {"kind": "core.year_end", "subject": deadlines.at.id("branch")}
    told = {"dueOn": "2026-12-31", "note": "名册已逐人核对"}
    assert await deadlines.refused("secretary", "dueSettle", **branch, **told) == [
        "core.due_late_reason_missing"
    ]
    await deadlines.do("secretary", "dueSettle", **branch, **told, lateReason="书记出差")
    [found] = await deadlines.past("secretary", late=True)
    assert (found["late"], found["lateReason"], found["note"]) == (
        True,
        "书记出差",
        "名册已逐人核对",
    )


async def test_pages_of_the_inbox_follow_each_other(deadlines: Deadlines) -> None:
    for number in range(5):
        await deadlines.probationary(ADMITTED + timedelta(days=number // 2), name=f"预备{number}")
    await deadlines.sweep(ENDS - timedelta(days=40))
    paged = """query ($after: String) { inbox(first: 2, after: $after) {
      nodes { due { memberName } } pageInfo { endCursor hasNextPage } } }"""
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = (await deadlines.ask("secretary", paged, {"after": after}))["data"]["inbox"]
        seen += [each["due"]["memberName"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert sorted(seen) == [f"预备{number}" for number in range(5)]
    assert not page["pageInfo"]["hasNextPage"]


async def test_what_is_opened_again_waits_for_whoever_had_said_it_is_done(
    deadlines: Deadlines,
) -> None:
    person = await deadlines.probationary(ADMITTED)
    await deadlines.sweep(ENDS - timedelta(days=30))
    [found] = await deadlines.inbox("secretary")
    await deadlines.do("secretary", "inboxFinish", item=found["id"], note="正在办")
    deadlines.on(ENDS + timedelta(days=1))
    full = Step(change=Change.MADE_FULL, on=ENDS, decision="决议", decided_on=ENDS)
    async with deadlines.at.operator() as act:
        await members.change_stage(act, person.id, full)
    await deadlines.sweep()
    undo = """mutation ($input: MemberUndoLastInput!) { memberUndoLast(input: $input) {
      userErrors { code } } }"""
    wish = {"member": global_id("Member", person.id), "what": "STAGE", "reason": "误录"}
    answer = await deadlines.ask("officer", undo, {"input": wish})
    assert answer["data"]["memberUndoLast"]["userErrors"] == []
    await deadlines.sweep(ENDS + timedelta(days=2))
    [again] = await deadlines.inbox("secretary", state="WAITING")
    assert (again["id"], again["note"]) == (found["id"], "正在办")
