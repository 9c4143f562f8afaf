"""Reading the ledger back."""

from uuid import UUID

from zhibu.act import Event
from zhibu.events.timeline import entries, follow, news, sentence
from zhibu.identifiers import new_id
from zhibu.storage.homes import Homes
from zhibu.texts import Texts


def at(path: str, name: str = "members.admitted", member: UUID | None = None) -> Event:
    return Event(name=name, subject=("Member", member), path=path, member_id=member)


async def test_a_unit_shows_itself_and_what_is_below_it_latest_first(
    homes: Homes, tenant_id: UUID, write
) -> None:
    await write(at("1.2."), at("1.2.a."), at("1.20."), at("1.3."), at("1."))
    async with homes.home(tenant_id).view(tenant_id) as session:
        found = await entries(session, tenant_id, path="1.2.")
    assert [entry.path for entry in found] == ["1.2.a.", "1.2."]


async def test_a_member_an_account_and_an_event_are_found(
    homes: Homes, tenant_id: UUID, write
) -> None:
    from_here, other = new_id(), new_id()
    await write(at("1.", member=from_here), at("1.", "members.left", from_here), at("1."))
    async with homes.home(tenant_id).view(tenant_id) as session:
        of_member = await entries(session, tenant_id, member_id=from_here)
        left = await entries(session, tenant_id, member_id=from_here, event="members.left")
        of_account = await entries(session, tenant_id, account_id=of_member[0].account_id)
        of_nobody = await entries(session, tenant_id, account_id=other)
    assert ([e.seq for e in of_member], [e.seq for e in left]) == ([2, 1], [2])
    assert ([e.seq for e in of_account], of_nobody) == ([3, 2, 1], [])


async def test_pages_follow_one_another_without_overlap(
    homes: Homes, tenant_id: UUID, write
) -> None:
    await write(*("a.b" for _ in range(7)))
    async with homes.home(tenant_id).view(tenant_id) as session:
        first = await entries(session, tenant_id, limit=4)
        second = await entries(session, tenant_id, limit=4, before=first[-1].seq)
    assert [e.seq for e in (*first, *second)] == [7, 6, 5, 4, 3, 2, 1]


async def test_a_consumer_goes_on_where_it_stopped(homes: Homes, tenant_id: UUID, write) -> None:
    await write("a.b", "a.c", "a.d")
    async with homes.home(tenant_id).view(tenant_id) as session:
        first = await follow(session, tenant_id, 0, limit=2)
        rest = await follow(session, tenant_id, first[-1].seq)
        after = await follow(session, tenant_id, rest[-1].seq)
    assert [e.event for e in (*first, *rest)] == ["a.b", "a.c", "a.d"]
    assert after == []


async def test_an_entry_reads_as_a_sentence_in_both_languages(
    homes: Homes, tenant_id: UUID, write
) -> None:
    texts = Texts(
        {
            "zh-CN": {"events": {"a.b": "{name} 于 {on} 补录"}},
            "en": {"events": {"a.b": "{name} entered on {on}"}},
        }
    )
    await write(Event(name="a.b", subject=("X", None), facts={"name": "张某", "on": "2026-03-01"}))
    async with homes.home(tenant_id).view(tenant_id) as session:
        (entry,) = await entries(session, tenant_id)
    assert sentence(texts, entry, "zh-CN") == "张某 于 2026年3月1日 补录"
    assert sentence(texts, entry, "en") == "张某 entered on 1 March 2026"


async def test_news_are_what_was_written_since_and_none_are_none(
    homes: Homes, tenant_id: UUID, write
) -> None:
    async def asked(after: int | None) -> tuple[int, list[str]]:
        async with homes.home(tenant_id).view(tenant_id) as session:
            return await news(session, tenant_id, after)

    assert await asked(None) == (0, [])
    await write("members.corrected", "members.corrected", "members.registered")
    assert await asked(None) == (3, [])
    assert await asked(3) == (3, [])
    latest, names = await asked(1)
    assert (latest, sorted(names)) == (3, ["members.corrected", "members.registered"])
