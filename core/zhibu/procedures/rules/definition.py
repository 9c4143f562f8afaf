"""What a procedure consists of: its steps, who takes them where, and where each may lead.

A definition is data: a mapping as it stands in `procedures/*.yaml` or in an override. Every number
in it is the name of a parameter, so that it is dated, cited and overridden like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class By(StrEnum):
    """How a step is decided: by one person, a vote, an election, or nobody's objecting."""

    PERSON = "person"
    VOTE = "vote"
    ELECTION = "election"
    NOTICE = "notice"


class Body(StrEnum):
    """Who votes: the members of the organization, those who hold its posts, or these and, where
    there is no committee, the members in its place (S3C-16)."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    COMMITTEE_OR_MEMBERS = "committee_or_members"


# What takes a meeting that a profile judges.
MEETINGS = frozenset({By.VOTE, By.ELECTION})
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


@dataclass(frozen=True, kw_only=True)
class Instead:
    """Who decides what concerns the holder of one of these posts there (S4-28)."""

    posts: tuple[str, ...]
    action: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `level` names the organizations that may take it, the first that is found.

    `limit` and `superior` name parameters: how long it may take, and whether somebody from above
    may or must be there; `profile` begins the names of the parameters of a vote, `surplus` names
    by how many candidates exceed the seats of an election. `separate` keeps whoever proposed it, or
    whom it is about, from deciding. `refused` is where a refusal leads: a step, or the end.
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
    surplus: str | None = None
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
        named = ((step.limit, step.superior, step.surplus) for step in self.steps)
        said = {name for names in named for name in names if name}
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
