"""What a procedure consists of: its steps, who takes them where, and where each may lead.

A definition is data: a mapping as it stands in `procedures/*.yaml` or in an override. Every number
in it is the name of a parameter, so that it is dated, cited and overridden like any other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class By(StrEnum):
    """How a step is decided: by one person, by a vote, or by nobody's objecting to a notice."""

    PERSON = "person"
    VOTE = "vote"
    NOTICE = "notice"


class Body(StrEnum):
    """Who votes: the members of the organization, or those who hold its posts."""

    MEMBERS = "members"
    COMMITTEE = "committee"


HOME = "home"
APPROVER = "approver"
SUPERIOR = "superior"
# Levels that are no kind of organization: the subject's own one, the nearest that may approve
# probationary members, and the one right above.
RELATIVE = (HOME, APPROVER, SUPERIOR)
END = "end"
# What the parameters of a vote are called, after its profile.
PROFILE = ("present", "yes", "yes_of", "exclusions", "written")
# What a procedure can be besides being at a step.
RESERVED = frozenset({"open", "returned", "approved", "refused", "withdrawn", END})

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


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Who decides what concerns the holder of one of these posts there (S4-28)."""

    posts: tuple[str, ...]
    action: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `level` names the organizations that may take it, the first that is found.

    `limit` and `superior` name parameters: how long it may take, and whether somebody from above
    may or must be there; `profile` begins the names of the parameters of a vote. `separate` keeps
    whoever proposed it, or whom it is about, from deciding. `refused` is where a refusal leads: a
    step, or the end.
    """

    code: str
    zh: str
    en: str
    action: str
    level: tuple[str, ...]
    by: By = By.PERSON
    documents: tuple[str, ...] = ()
    limit: str | None = None
    superior: str | None = None
    profile: str | None = None
    body: Body = Body.MEMBERS
    own: Instead | None = None
    separate: bool = True
    refused: str = END
    document: str | None = None
    article: str | None = None
    clause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """A kind of document that steps ask for."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Objecting:
    """The member's answer to a decision: until when, who replies, and where an upheld one leads."""

    limit: str
    action: str
    level: tuple[str, ...]
    answer_limit: str | None = None
    upheld: str = END


@dataclass(frozen=True, kw_only=True)
class Overriding:
    """Who may decide in a special case without the steps: two people with this action there."""

    action: str
    level: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A procedure as it holds somewhere from some day on.

    `single` lets only one be under way about the same subject. `restricted` hides it from whoever
    may read procedures in general: it needs a permission of its own.
    """

    name: str
    steps: tuple[Step, ...]
    documents: tuple[Document, ...] = ()
    objection: Objecting | None = None
    override: Overriding | None = None
    restricted: bool = False
    single: bool = True

    def step(self, code: str) -> Step:
        return next(step for step in self.steps if step.code == code)

    def after(self, code: str) -> Step | None:
        """The step that follows an approval, or None at the end."""
        place = [step.code for step in self.steps].index(code)
        return self.steps[place + 1] if place + 1 < len(self.steps) else None

    def actions(self) -> frozenset[str]:
        """Every word that the policy is asked about in it."""
        said = {step.action for step in self.steps}
        said |= {step.own.action for step in self.steps if step.own}
        said |= {part.action for part in (self.objection, self.override) if part}
        return frozenset(said)

    def parameters(self) -> frozenset[str]:
        """Every parameter that it names."""
        said = {name for step in self.steps for name in (step.limit, step.superior) if name}
        profiles = {step.profile for step in self.steps if step.profile}
        said |= {f"{profile}_{part}" for profile in profiles for part in PROFILE}
        if self.objection:
            said |= {self.objection.limit}
            said |= {self.objection.answer_limit} if self.objection.answer_limit else set()
        return frozenset(said)


def definition_of(name: str, value: Mapping[str, Any]) -> Definition:
    """The definition behind a value without `faults`."""
    objection, override = value.get("objection"), value.get("override")
    return Definition(
        name=name,
        steps=tuple(_step(each) for each in value["steps"]),
        documents=tuple(Document(**each) for each in value.get("documents", ())),
        objection=Objecting(**{**objection, "level": _level(objection)}) if objection else None,
        override=Overriding(**{**override, "level": _level(override)}) if override else None,
        restricted=value.get("restricted", False),
        single=value.get("single", True),
    )


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


def _step(given: Mapping[str, Any]) -> Step:
    own = given.get("own")
    return Step(
        **{
            **given,
            "by": By(given.get("by", By.PERSON)),
            "body": Body(given.get("body", Body.MEMBERS)),
            "level": _level(given),
            "documents": tuple(given.get("documents", ())),
            "own": Instead(posts=tuple(own["posts"]), action=own["action"]) if own else None,
        }
    )


def _level(given: Mapping[str, Any]) -> tuple[str, ...]:
    level = given["level"]
    return (level,) if isinstance(level, str) else tuple(level)


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
    if (by == By.VOTE) != bool(_PARAMETER.fullmatch(str(step.get("profile")))):
        yield "has a profile if and only if it is a vote"
    if step.get("body", Body.MEMBERS) not in [*Body]:
        yield f"is voted on by an unknown body {step['body']}"
    if by == By.NOTICE and "limit" not in step:
        yield "is a notice without a limit"
    yield from _where(step, kinds)
    for key in ("limit", "superior"):
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
