"""Whether a value is a definition: every fault of what somebody wrote down, in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhibu.procedures.rules.definition import END, MEETINGS, RELATIVE, RESERVED, Body, By

_CODE = re.compile(r"[a-z][a-z_]*")
_ACTION = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
_PARAMETER = re.compile(r"[a-z_]+\.[a-z_]+")
_PARTS = {"steps", "documents", "objection", "override", "restricted", "single"}
_STEP_NEEDS = {"code", "zh", "en", "action", "level"}
_STEP = _STEP_NEEDS | {
    "by",
    "documents",
    "limit",
    "superior",
    "profile",
    "surplus",
    "body",
    "own",
    "separate",
    "refused",
    "document",
    "article",
    "clause",
}
_OBJECTION = {"limit", "answer_limit", "action", "level", "upheld"}
_OVERRIDE = {"action", "level"}


def faults(value: Any, kinds: frozenset[str], posts: frozenset[str]) -> Iterator[str]:
    """What is wrong with a value as a definition; `kinds` are those of organizations."""
    if not isinstance(value, Mapping) or not isinstance(value.get("steps"), list):
        yield "has no steps"
        return
    yield from (f"has an unknown part {key}" for key in sorted(set(value) - _PARTS))
    for key in ("restricted", "single"):
        if not isinstance(value.get(key, True), bool):
            yield f"{key} is neither true nor false"
    kept = [*_documents(value.get("documents", []))]
    codes = [each.get("code") for each in value["steps"] if isinstance(each, Mapping)]
    if not codes or len({*codes}) < len(value["steps"]):
        yield "has no steps, or two of one code"
    for each in value["steps"]:
        if not isinstance(each, Mapping):
            yield "has a step that is no mapping"
            continue
        found = _faults_of_step(each, {*codes}, {*kept}, kinds, posts)
        yield from (f"step {each.get('code')} {fault}" for fault in found)
    for part, known in (("objection", _OBJECTION), ("override", _OVERRIDE)):
        if part in value:
            found = _faults_of_part(value[part], known, {*codes}, kinds)
            yield from (f"{part} {fault}" for fault in found)


def _documents(given: Any) -> Iterator[str]:
    for each in given if isinstance(given, list) else ():
        if isinstance(each, Mapping) and all(isinstance(each.get(k), str) for k in ("zh", "en")):
            yield str(each.get("code"))


def _faults_of_step(
    step: Mapping[str, Any],
    codes: set[Any],
    documents: set[str],
    kinds: frozenset[str],
    posts: frozenset[str],
) -> Iterator[str]:
    yield from (f"lacks {key}" for key in sorted(_STEP_NEEDS - set(step)))
    yield from (f"has an unknown key {key}" for key in sorted(set(step) - _STEP))
    code = step.get("code")
    if not isinstance(code, str) or not _CODE.fullmatch(code) or code.split("_")[0] in RESERVED:
        yield "needs a code of small letters that is not a state's name"
    by = step.get("by", By.PERSON)
    if by not in [*By]:
        yield f"is decided in an unknown way {by}"
    if (by in MEETINGS) != bool(_PARAMETER.fullmatch(str(step.get("profile")))):
        yield "has a profile if and only if it is a vote or an election"
    if "surplus" in step and by != By.ELECTION:
        yield "has a surplus of candidates and is no election"
    if step.get("body", Body.MEMBERS) not in [*Body]:
        yield f"is voted on by an unknown body {step['body']}"
    if by == By.NOTICE and "limit" not in step:
        yield "is a notice without a limit"
    yield from _where(step, kinds)
    for key in ("limit", "superior", "surplus"):
        if key in step and not _PARAMETER.fullmatch(str(step[key])):
            yield f"{key} names no parameter"
    asked = step.get("documents", [])
    if not isinstance(asked, list) or not {*map(str, asked)} <= documents:
        yield "asks for documents that are not listed with zh and en"
    if step.get("refused", END) not in codes | {END}:
        yield f"leads to an unknown step {step.get('refused')}"
    own = step.get("own")
    if own is not None and not (
        isinstance(own, Mapping)
        and {*own} == {"posts", "action"}
        and isinstance(own["posts"], list)
        and {*map(str, own["posts"])} <= posts
        and _ACTION.fullmatch(str(own["action"]))
    ):
        yield "own has posts of the tree and an action"


def _faults_of_part(
    part: Any, known: set[str], codes: set[Any], kinds: frozenset[str]
) -> Iterator[str]:
    if not isinstance(part, Mapping):
        yield "is no mapping"
        return
    yield from (f"has an unknown key {key}" for key in sorted(set(part) - known))
    yield from _where(part, kinds)
    if "limit" in known and not _PARAMETER.fullmatch(str(part.get("limit"))):
        yield "limit names no parameter"
    if part.get("upheld", END) not in codes | {END}:
        yield f"leads to an unknown step {part.get('upheld')}"


def _where(given: Mapping[str, Any], kinds: frozenset[str]) -> Iterator[str]:
    if not _ACTION.fullmatch(str(given.get("action"))):
        yield "names no action"
    level = given.get("level")
    named = [level] if isinstance(level, str) else level
    if not isinstance(named, list) or not named or not {*map(str, named)} <= kinds | {*RELATIVE}:
        yield f"is taken at an unknown level {level}"
