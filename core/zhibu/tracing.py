"""Spans of OpenTelemetry, made of what was timed once a request has been answered.

The library is an extra, imported only where the settings ask for it; nothing of it is called while
a request is worked on.
"""

from importlib.metadata import version
from time import perf_counter, time_ns
from typing import TYPE_CHECKING, Any, Self

from zhibu.logs.about import About, Span
from zhibu.settings import SettingInvalid, Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider


class Tracing:
    """Tells a provider of each request: itself, its fields, its reading and its acts."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self._tracer = provider.get_tracer("zhibu", version("zhibu"))
        self._propagator = TraceContextTextMapPropagator()

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """None unless the settings want spans. Raises `SettingInvalid` without the library."""
        if not settings.tracing:
            return None
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            fault = "install zhibu[otel]"
            raise SettingInvalid(setting="tracing", value="true", fault=fault) from error
        provider = TracerProvider()
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        return cls(provider)

    def __call__(self, about: About) -> None:
        ended = perf_counter()
        shift = time_ns() - int(ended * 1e9)
        carrier = {"traceparent": about.parent.decode("latin-1")} if about.parent else {}
        within = self._propagator.extract(carrier)
        whole: Span = (
            f"{about.kind or 'request'} {about.operation or ''}".strip(),
            about.began,
            ended,
        )
        self._tell([whole, *sorted(about.spans or (), key=_outer_first)], shift, within, about)

    def _tell(self, spans: list[Span], shift: int, within: Any, about: About) -> None:
        """A span lies within the narrowest one around it."""
        from opentelemetry.trace import set_span_in_context

        opened: list[tuple[Span, Any]] = []
        for each in spans:
            name, began, ended = each
            while opened and opened[-1][0][2] < ended:
                _end(opened.pop(), shift)
            context = set_span_in_context(opened[-1][1]) if opened else within
            span = self._tracer.start_span(name, context, start_time=int(began * 1e9) + shift)
            if not opened:
                span.set_attributes(_attributes(about))
            opened.append((each, span))
        while opened:
            _end(opened.pop(), shift)


def _outer_first(span: Span) -> tuple[float, float]:
    return span[1], -span[2]


def _end(opened: tuple[Span, Any], shift: int) -> None:
    (_, _, ended), span = opened
    span.end(end_time=int(ended * 1e9) + shift)


def _attributes(about: About) -> dict[str, Any]:
    found = {
        "zhibu.request": about.request,
        "zhibu.tenant": about.tenant,
        "zhibu.account": str(about.account) if about.account else None,
        "zhibu.operation": about.operation,
        "zhibu.outcome": about.outcome or "OK",
        "zhibu.statements": about.statements,
        "http.response.status_code": about.status,
    }
    return {name: value for name, value in found.items() if value is not None}
