"""Topics, forms and channels: what no catalogue has is refused, and records keep their words."""

from typing import Any

import pytest

RECORD = "topic topicName form formName kind channel channelName mode"
HISTORY = {"topic": "party_history", "title": "党史学习"}


@pytest.fixture
async def head(education: Any) -> Any:
    """Who may change the catalogues of the committee and below: its secretary."""
    await education.at.account("head", "committee_secretary", "committee")
    return education


async def amend(education: Any, name: str, **changes: Any) -> None:
    given = {
        "organization": education.at.id("committee"),
        "name": f"education.{name}",
        "since": "2026-06-01",
        "reason": "本单位安排",
        **changes,
    }
    await education.done("head", "catalogueAmend", given, "override")


async def credit(education: Any, **changes: Any) -> dict[str, Any]:
    given = education.hours(**changes)
    payload = await education.done("me", "educationCreditClaim", given, f"credit {{ id {RECORD} }}")
    found: dict[str, Any] = payload["credit"]
    return found


@pytest.mark.parametrize("word", ["topic", "channel", "kind"])
async def test_a_word_in_no_catalogue_is_refused(education: Any, word: str) -> None:
    claimed = education.hours(**{word: "astrology"})
    held = education.session(**{word: "astrology"})
    assert await education.refused("me", "educationCreditClaim", claimed) == [
        "education.word_unknown"
    ]
    for act in ("educationSessionHold", "educationSessionPlan"):
        assert "education.word_unknown" in await education.refused("secretary", act, held)


@pytest.mark.clause("S2-01")
async def test_each_of_the_four_histories_is_recorded_and_shown_by_name(education: Any) -> None:
    names = {
        "party_history": "党史",
        "prc_history": "新中国史",
        "reform_history": "改革开放史",
        "socialism_history": "社会主义发展史",
    }
    for day, code in enumerate(names, 1):
        await education.claim(topic=code, earnedOn=f"2026-06-0{day}", hours="1")
    page = await education.read(
        "me",
        "query ($m: ID!) { educationArchivePage(member: $m, year: 2026) }",
        m=education.id(education.me),
    )
    assert all(
        f'<td class="text">{name}</td>' in page["data"]["educationArchivePage"]
        for name in names.values()
    )


@pytest.mark.clause("S0-03", "S2-01")
async def test_a_retired_topic_takes_no_new_record_and_stays_on_the_old_ones(head: Any) -> None:
    word = {"code": "hometown", "zh": "家乡革命史", "en": "Local history"}
    await amend(head, "topics", add=[word])
    old = await credit(head, topic="hometown", earnedOn="2026-06-05")
    assert (old["topic"], old["topicName"]) == ("hometown", "Local history")
    await amend(head, "topics", retire=["hometown"], since="2026-06-10")
    new = head.hours(topic="hometown", title="另一门", hours="1")
    assert await head.refused("me", "educationCreditClaim", new) == ["education.word_unknown"]
    await credit(head, topic="hometown", earnedOn="2026-06-06", title="另一门")
    found = await head.read(
        "me", f"query ($id: ID!) {{ educationCredit(id: $id) {{ {RECORD} }} }}", id=old["id"]
    )
    assert found["data"]["educationCredit"]["topicName"] == "Local history"


@pytest.mark.clause("S2-02")
async def test_study_names_its_channel_and_an_institution_adds_its_own(head: Any) -> None:
    school = await credit(head, channel="party_school", form="CONCENTRATED", earnedOn="2026-06-02")
    assert (school["channelName"], school["mode"]) == ("Party school", "COLLECTIVE")
    platform = {"code": "cloud", "zh": "党建云平台", "en": "Cloud platform", "online": True}
    assert await head.refused("me", "educationCreditClaim", head.hours(channel="cloud")) == [
        "education.word_unknown"
    ]
    await amend(head, "channels", add=[platform])
    own = await credit(head, channel="cloud", form="SEMINAR", earnedOn="2026-06-03")
    assert (own["channelName"], own["mode"]) == ("Cloud platform", "ONLINE")


@pytest.mark.clause("S0-02", "S2-03")
async def test_a_record_says_whether_it_was_together_on_line_or_alone(education: Any) -> None:
    modes = {
        "CONCENTRATED": "COLLECTIVE",
        "PARTY_LECTURE": "COLLECTIVE",
        "REPORT_MEETING": "COLLECTIVE",
        "SEMINAR": "COLLECTIVE",
        "ORGANIZATION_LIFE": "ORGANIZATION_LIFE",
        "ONLINE": "ONLINE",
        "SELF_STUDY": "SELF_STUDY",
    }
    for day, (form, mode) in enumerate(modes.items(), 1):
        found = await credit(education, form=form, earnedOn=f"2026-06-0{day}", title=form)
        assert (found["mode"], found["form"]) == (mode, form)
    lecture = education.session(channel="xuexi_qiangguo", title="线上党课")
    payload = await education.done(
        "secretary", "educationSessionHold", lecture, f"session {{ {RECORD} }}"
    )
    found = payload["session"]
    assert (found["mode"], found["formName"], found["channelName"]) == (
        "ONLINE",
        "Party lecture",
        "Xuexi Qiangguo",
    )


@pytest.mark.clause("S0-02", "S2-03")
async def test_an_institution_has_its_own_kinds_of_a_form_and_retires_forms(head: Any) -> None:
    kind = {"code": "on_site", "zh": "现场教学", "en": "Teaching on site", "form": "concentrated"}
    await amend(head, "forms", add=[kind], retire=["seminar"])
    found = await credit(head, form="CONCENTRATED", kind="on_site", earnedOn="2026-06-02")
    assert (found["form"], found["formName"]) == ("CONCENTRATED", "Teaching on site")
    await head.verify(found["id"])
    assert (await head.standing(head.me))["verified"] == "4"
    for changes in ({"form": "SEMINAR"}, {"form": "ONLINE", "kind": "on_site"}):
        given = head.hours(title="另一门", earnedOn="2026-06-03", **changes)
        assert await head.refused("me", "educationCreditClaim", given) == ["education.word_unknown"]
    before = head.hours(title="另一门", earnedOn="2026-05-03", form="SEMINAR")
    await head.done("me", "educationCreditClaim", before, "credit { id }")
