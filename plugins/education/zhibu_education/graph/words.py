"""What the codes of a record are called, by the catalogues in force on its day and at its place."""

from collections.abc import Callable
from typing import Any

from zhibu.reading import computed
from zhibu_education.rules.catalogues import Mode, label_of, mode_of

Rows = list[dict[str, Any]]
Needs = dict[str, Any]


def needs(day: str, path: Callable[[Any], Any]) -> Needs:
    """What a record's words need: its codes, the column of its day, and the path of its place."""
    return {
        "topic": "topic",
        "form": "form",
        "kind": "kind",
        "channel": "channel",
        "day": day,
        "path": lambda row, env: path(row),
    }


def topic_name(of: Needs) -> Any:
    return computed(_labels("topics", "topic"), needs=of, description="主题。 The topic.")


def form_name(of: Needs) -> Any:
    return computed(
        _labels("forms", "kind", "form"),
        needs=of,
        description="形式名称，有具体形式的显示具体形式。 The form, or the kind of it.",
    )


def channel_name(of: Needs) -> Any:
    return computed(_labels("channels", "channel"), needs=of, description="渠道。 The channel.")


def mode(of: Needs) -> Any:
    return computed(
        _modes,
        needs=of,
        description="学习方式：集中、组织生活、线上或自学。 Together, on line or alone.",
    )


def _labels(catalogue: str, *codes: str) -> Callable[[Rows, Any], list[str | None]]:
    def labels(rows: Rows, env: Any) -> list[str | None]:
        language = "en" if env.locale == "en" else "zh"
        return [
            label_of(
                _words(row, env, catalogue),
                next((row[code] for code in codes if row[code] is not None), None),
                language,
            )
            for row in rows
        ]

    return labels


def _modes(rows: Rows, env: Any) -> list[Mode]:
    return [mode_of(row["form"], row["channel"], _words(row, env, "channels")) for row in rows]


def _words(row: dict[str, Any], env: Any, catalogue: str) -> list[dict[str, Any]]:
    return env.parameters.value(f"education.{catalogue}", row["path"], row["day"]).value or []
