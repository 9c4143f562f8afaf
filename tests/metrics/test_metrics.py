"""What monitoring reads, where, and who may."""

import re
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from zhibu.events.works import VERIFY
from zhibu.graph.admission import Door
from zhibu.jobs.running import Runner
from zhibu.jobs.service import enqueue
from zhibu.jobs.work import Work
from zhibu.logs.about import About
from zhibu.metrics import PATH, Meters, Page
from zhibu.metrics import page as pages
from zhibu.plugins import Plugins
from zhibu.policy.paths import ROOT
from zhibu.settings import Settings
from zhibu.testing.house import House, Institution, running

DESCRIBED = Path("docs/operations.md").read_text("utf-8")
TOKEN = "scrape-" + "7f3a" * 8


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "EVERY", 0.0)


@pytest.fixture
async def metered(
    settings: Settings, installed_plugins: Plugins, house: House
) -> AsyncIterator[House]:
    """The same installation, served by a process that counts."""
    counting = replace(settings, metrics_token=TOKEN, metrics_tenants=1)
    async with running(counting, installed_plugins) as found:
        found.ready = dict(house.ready)
        yield found


async def read(house: House, **headers: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and the values of its labels."""
    answer = await house.client.get(PATH, headers={"authorization": f"Bearer {TOKEN}", **headers})
    assert answer.status_code == 200
    return samples(answer.text)


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_numbers_are_nowhere_unless_the_settings_say_where(house: House) -> None:
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Bearer None"}):
        assert (await house.client.get(PATH, headers=headers)).status_code == 404


async def test_without_the_token_nobody_reads_them(metered: House) -> None:
    institution = await metered.found()
    for given in ("", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}",
                  f"Bearer {institution.credentials['municipal']}"):  # fmt: skip
        answer = await metered.client.get(PATH, headers={"authorization": given})
        assert (answer.status_code, answer.content) == (401, b"")


async def test_requests_are_counted_by_kind_and_by_what_came_of_them(metered: House) -> None:
    institution = await metered.found()
    await institution.ask("officer", "{ viewer { name } }")
    await institution.ask("officer", "{ nothing }")
    await metered.ask("{ viewer { name } }")
    refused = {"input": {"tenant": "nowhere", "login": "x", "password": "y"}}
    await metered.ask(
        "mutation ($input: SignInInput!) { signIn(input: $input) { token } }", refused
    )
    found = await read(metered)
    counted = {key[1:]: n for key, n in found.items() if key[0] == "zhibu_requests_total"}
    assert counted["query", "OK"] == 1
    assert counted["other", "BAD_USER_INPUT"] == 1
    assert counted["query", "UNAUTHENTICATED"] == 1
    assert sum(n for (kind, _), n in counted.items() if kind == "mutation") == 1
    assert found["zhibu_request_seconds_count", "query"] == 2
    assert found["zhibu_request_seconds_bucket", "query", "+Inf"] == 2
    assert found["zhibu_tenant_requests_total", institution.tenant.code] == 2
    assert "process_open_fds" in {key[0] for key in found}
    again = {key[1:]: n for key, n in (await read(metered)).items()
             if key[0] == "zhibu_requests_total"}  # fmt: skip
    assert again == counted  # whoever watches is not counted


async def test_every_number_is_described(metered: House) -> None:
    institution = await metered.found()
    await institution.ask("officer", "{ viewer { name } }")
    ours = {key[0] for key in await read(metered) if key[0].startswith("zhibu_")}
    assert len(ours) > 10
    for name in ours:
        assert f"`{re.sub(r'_(bucket|count|sum)$', '', name)}`" in DESCRIBED, name


async def test_no_label_holds_more_than_the_settings_allow(metered: House) -> None:
    meters = Meters(tenants=2)
    for code in ("a", "b", "c", "a", "d"):
        about = About("x", tenant=code)
        about.status = 200
        meters(about)
    assert meters.tenants == {"a": 2, "b": 1, "other": 2}
    unnamed = Meters()
    about.tenant = "a"
    unnamed(about)
    assert not unnamed.tenants


async def test_what_is_sent_away_is_counted(metered: House) -> None:
    institution = await metered.found()
    before = await read(metered)
    rates = metered.platform.rates
    now = rates.clock()
    rates.clock = lambda: now
    rates._accounts._levels.clear()
    rates._accounts.rate, rates._accounts.capacity = 1, 3
    for _ in range(2):  # each of them costs two
        await institution.ask("officer", "{ viewer { name } }")
    crowd = metered.app.endpoint.crowd  # type: ignore[attr-defined]
    crowd._most = 0
    assert (await metered.client.post("/graphql")).status_code == 503
    after = await read(metered)  # whoever watches is let in
    crowd._most = 500
    for name, label in (("zhibu_rate_refused_total", "account"),
                        ("zhibu_admission_refused_total", "arrival")):  # fmt: skip
        assert after[name, label] - before.get((name, label), 0) == 1
    door = Door(0)
    door._pace = 1.0
    with pytest.raises(Exception, match="overloaded"):
        await door.enter()
    assert door.refused == 1


async def test_what_waits_and_what_was_verified_is_told(metered: House) -> None:
    institution = await metered.found()
    work = Work(kind="test.wait", run=_nothing, retries=0)
    async with institution.operator() as act:
        await enqueue(act, work, {}, ROOT, as_system=True)
    metered.now += timedelta(seconds=90)
    found = await read(metered)
    assert found["zhibu_jobs", "test.wait", "waiting"] == 1
    assert found["zhibu_job_due_seconds",] == 90
    assert found["zhibu_tenants",] == 1
    assert found["zhibu_tenants_away",] == 0
    assert found["zhibu_sessions",] >= len(institution.credentials)
    assert found["zhibu_outbox_waiting",] == 0
    assert found["zhibu_ledger_unverified",] == 1
    worker = Runner(metered.platform, [], [VERIFY])
    await worker.tick()
    assert await worker.run_waiting() == 1
    found = await read(metered)
    assert found["zhibu_ledger_unverified",] == 0
    assert found["zhibu_ledger_verified_timestamp_seconds",] == metered.now.timestamp()


async def test_a_port_of_its_own_is_on_the_loopback_address_alone(
    institution: Institution,
) -> None:
    page = Page.of(institution.house.platform)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with page.served(port), httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}{PATH}")
        assert samples(answer.text)["zhibu_tenants",] == 1
        assert (await client.get(f"http://127.0.0.1:{port}/graphql")).status_code == 404
        with pytest.raises(OSError, match="in use"):
            async with page.served(port):
                pass
    with pytest.raises(httpx.ConnectError):
        await httpx.AsyncClient().get(f"http://127.0.0.1:{port}{PATH}")


async def _nothing(task: Any) -> None:
    return None
