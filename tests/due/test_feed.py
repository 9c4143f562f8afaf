"""The calendar at a secret address: days and numbers, until the address is renewed or revoked."""

from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from sqlalchemy import select

from zhibu.accounts.service import accounts
from zhibu.due.tables import ReminderFeed
from zhibu.identifiers import new_id
from zhibu.testing.deadlines import Deadlines
from zhibu.testing.house import House

ADMITTED, ENDS = date(2025, 9, 1), date(2026, 9, 1)
RENEW = "mutation { reminderFeedRenew(input: {}) { address userErrors { code } } }"
RENEW_ALL = """mutation {
  reminderFeedRenew(input: {}) { address calendar password userErrors { code } }
}"""
REVOKE = "mutation { reminderFeedRevoke(input: {}) { userErrors { code } settings { feedSince } } }"


async def address(deadlines: Deadlines, login: str = "secretary") -> str:
    answer = await deadlines.ask(login, RENEW)
    found: str = answer["data"]["reminderFeedRenew"]["address"]
    return found


@pytest.fixture
async def feed(deadlines: Deadlines) -> str:
    """The secretary's calendar, with two probations that end on one day and one on another."""
    for number, day in enumerate((0, 0, 1)):
        await deadlines.probationary(ADMITTED + timedelta(days=day), name=f"预备{number}")
    await deadlines.sweep(ENDS - timedelta(days=40))
    return await address(deadlines)


async def test_the_calendar_holds_days_and_numbers(house: House, feed: str) -> None:
    answer = await house.client.get(feed)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=3600"
    events = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    found = [(event["dtstart"].dt, str(event["summary"])) for event in events]
    assert found == [(ENDS, "党务提醒 2 条"), (ENDS + timedelta(days=1), "党务提醒 1 条")]
    assert "预备" not in answer.text
    assert len({str(event["uid"]) for event in events}) == 2


async def test_the_same_calendar_is_not_sent_twice(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    first = await house.client.get(feed)
    deadlines.on(ENDS - timedelta(days=39))
    again = await house.client.get(feed, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await deadlines.probationary(ADMITTED + timedelta(days=2), name="预备三")
    await deadlines.sweep()
    other = await house.client.get(feed, headers={"if-none-match": first.headers["etag"]})
    assert (other.status_code, other.headers["etag"] != first.headers["etag"]) == (200, True)


async def test_an_address_that_was_renewed_or_revoked_opens_nothing(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    other = await address(deadlines)
    assert (await house.client.get(feed)).status_code == 404
    assert (await house.client.get(other)).status_code == 200
    answer = await deadlines.ask("secretary", REVOKE)
    assert answer["data"]["reminderFeedRevoke"]["settings"] == {"feedSince": None}
    gone = await house.client.get(other)
    assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")
    answer = await deadlines.ask("secretary", REVOKE)
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_whatever_opens_nothing_is_answered_alike(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    name = feed.rpartition("/")[2].removesuffix(".ics")
    session = deadlines.at.credentials["secretary"]
    tried: list[Any] = [
        name[:-1] + ("a" if name[-1] != "a" else "b"),
        name.replace(deadlines.at.tenant.id.hex, new_id().hex),
        "zf_x_y",
        "%00",
        session,
        session.replace("zs_", "zf_"),
    ]
    answers = {(await house.client.get(f"/calendar/{each}.ics")).text for each in tried}
    assert answers == {"not found"}
    assert (await house.client.get(f"/graphql?{name}")).status_code != 200
    asked = await house.ask("{ viewer { name } }", credential=name)
    assert asked["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_only_the_digest_of_the_secret_is_kept(deadlines: Deadlines, feed: str) -> None:
    async with deadlines.at.operator() as act:
        rows = (await act.session.execute(select(ReminderFeed.__table__))).all()
    assert len(rows) == 1
    assert feed.rpartition("_")[2].removesuffix(".ics") not in repr(rows)


async def test_a_disabled_account_has_no_calendar(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    async with deadlines.at.operator() as act:
        await accounts.disable(act, deadlines.at.accounts["secretary"])
    assert (await house.client.get(feed)).status_code == 404


async def test_where_addresses_hold_no_secret_the_secret_is_a_password(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    answer = await deadlines.ask("secretary", RENEW_ALL)
    given = answer["data"]["reminderFeedRenew"]
    assert (await house.client.get(given["address"])).status_code == 200
    house.platform.settings = replace(house.platform.settings, calendar_addresses=False)
    assert (await house.client.get(given["address"])).status_code == 404

    answer = await deadlines.ask("secretary", RENEW_ALL)
    given = answer["data"]["reminderFeedRenew"]
    assert given["address"] is None
    opened = await house.client.get(given["calendar"], auth=("anybody", given["password"]))
    assert (opened.status_code, opened.headers["cache-control"]) == (200, "private, max-age=3600")
    assert given["password"] not in given["calendar"]


async def test_whatever_password_opens_nothing_is_refused_alike(
    house: House, deadlines: Deadlines, feed: str
) -> None:
    secret = feed.rpartition("/")[2].removesuffix(".ics")
    session = deadlines.at.credentials["secretary"]
    coded = b64encode(f"x:{secret}".encode()).decode()
    headers: list[dict[str, str]] = [
        {},
        {"authorization": f"Bearer {secret}"},
        {"authorization": f"Bearer {coded}"},
        {"authorization": "Basic"},
        {"authorization": "Basic %%%"},
        {"authorization": "Basic /w=="},
        {"authorization": f"Basic {b64encode(secret.encode()).decode()}"},
        {"authorization": f"Basic {b64encode(f'{secret}:x'.encode()).decode()}"},
        {"authorization": f"Basic {b64encode(f'x:{session}'.encode()).decode()}"},
    ]
    for each in headers:
        answer = await house.client.get("/calendar/own.ics", headers=each)
        assert (answer.status_code, answer.text) == (401, "unauthorized"), each
        assert answer.headers["www-authenticate"].startswith("Basic")
    assert (await house.client.get("/calendar/own.ics", auth=("x", secret))).status_code == 200
