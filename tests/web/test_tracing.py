"""Spans: what a request was made of, told to OpenTelemetry where the settings want it."""

import subprocess
import sys
from collections.abc import Mapping

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from zhibu.identifiers import global_id
from zhibu.settings import SettingInvalid, Settings
from zhibu.testing.house import House, Institution
from zhibu.tracing import Tracing

COMPILED = "query Card($m: ID!) { member(id: $m) { name } members(first: 1) { totalCount } }"
RESOLVED = "query Card($m: ID!) { member(id: $m) { name } viewer { name } }"
CORRECT = """mutation ($input: MemberCorrectInput!) {
  memberCorrect(input: $input) { member { note } userErrors { code } }
}"""
TRACE, CALLER = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


@pytest.fixture
def exported(house: House) -> InMemorySpanExporter:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    endpoint = house.app.endpoint  # type: ignore[attr-defined]
    endpoint.observers, endpoint.traced = [Tracing(provider)], True
    return exporter


def within(spans: Mapping[str, ReadableSpan], inner: str, outer: str) -> None:
    one, other = spans[inner], spans[outer]
    assert one.parent is not None
    assert other.context is not None
    assert one.parent.span_id == other.context.span_id
    assert one.start_time is not None
    assert one.end_time is not None
    assert other.start_time is not None
    assert other.end_time is not None
    assert other.start_time <= one.start_time <= one.end_time <= other.end_time


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


@pytest.mark.parametrize(
    ("document", "inner"),
    [(COMPILED, ("read", "field member", "field members")),
     (RESOLVED, ("field member", "field viewer"))],
)  # fmt: skip
async def test_a_query_is_a_span_with_its_reading_and_its_fields_in_the_trace_it_came_with(
    exported: InMemorySpanExporter, institution: Institution, document: str, inner: tuple[str, ...]
) -> None:
    member = await institution.member()
    exported.clear()
    trace = f"00-{TRACE}-{CALLER}-01"
    asked = {"m": global_id("Member", member.id)}
    await institution.ask("officer", document, asked, traceparent=trace)
    spans = by_name(exported)
    whole = spans["query Card"]
    assert whole.context is not None
    assert whole.parent is not None
    assert (f"{whole.context.trace_id:032x}", f"{whole.parent.span_id:016x}") == (TRACE, CALLER)
    for name in inner:
        within(spans, name, "query Card")
    assert "read" in spans
    assert whole.attributes is not None
    assert whole.attributes["zhibu.request"] == TRACE
    assert whole.attributes["zhibu.tenant"] == institution.tenant.code
    assert whole.attributes["http.response.status_code"] == 200
    assert member.name not in repr([(span.name, span.attributes) for span in spans.values()])


async def test_a_mutation_is_a_span_around_its_act(
    exported: InMemorySpanExporter, institution: Institution
) -> None:
    member = await institution.member()
    exported.clear()
    input = {"member": global_id("Member", member.id), "note": "核对", "reason": "核对"}
    answer = await institution.ask("officer", CORRECT, {"input": input}, traceparent="nonsense")
    assert answer["data"]["memberCorrect"]["userErrors"] == []
    spans = by_name(exported)
    assert spans["mutation memberCorrect"].parent is None
    within(spans, "field memberCorrect", "mutation memberCorrect")
    within(spans, "act", "field memberCorrect")


async def test_nothing_is_timed_where_nobody_traces(house: House) -> None:
    institution = await house.found()
    seen: list[object] = []
    endpoint = house.app.endpoint  # type: ignore[attr-defined]
    endpoint.observers = [lambda about: seen.append(about.spans)]
    await institution.ask("officer", "{ viewer { name } }")
    assert seen == [None]


def test_without_the_library_the_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Tracing.of(Settings()) is None
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SettingInvalid, match=r"zhibu\[otel\]"):
        Tracing.of(Settings(tracing=True))


def test_nothing_of_it_is_imported_unless_the_settings_ask() -> None:
    program = (
        "import sys; from zhibu.app import create_app; from zhibu.settings import Settings;"
        "create_app(Settings()); print([m for m in sys.modules if m.startswith('opentelemetry')])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "[]\n"
