"""What events are made of."""

from typing import Any

from zhibu.act import Act, Event
from zhibu_flow_members.rules.notes import Note
from zhibu_flow_members.rules.values import Case, Terms

SUBJECT = "FlowMembersCase"
ARRIVAL = "FlowMembersArrival"
NOTE = "FlowMembersNote"


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they survive JSON, without those that are None."""
    return {
        key: value if isinstance(value, int) else str(value)
        for key, value in facts.items()
        if value is not None
    }


def say(act: Act, name: str, case: Case, /, terms: Terms | None = None, **facts: Any) -> None:
    """What happened to somebody away, at his branch."""
    of = terms or case.terms
    known = {"place": of.place, "host": of.host_id, **facts}
    _record(act, name, SUBJECT, case, case.path, known)


def say_at_host(act: Act, name: str, case: Case, host_path: str, /, **facts: Any) -> None:
    """What happened where he is taken in."""
    known = {"place": case.terms.place, "host": case.terms.host_id, **facts}
    _record(act, name, ARRIVAL, case, host_path, known)


def say_noted(act: Act, name: str, note: Note, path: str, **facts: Any) -> None:
    """What was noted of somebody away, or voided, at the side that did."""
    known = told({"kind": note.kind, "side": note.side, **facts})
    about = (NOTE, note.id)
    act.record(Event(name=name, subject=about, path=path, member_id=note.member_id, facts=known))


def _record(act: Act, name: str, kind: str, case: Case, path: str, facts: Any) -> None:
    about = (kind, case.id)
    act.record(
        Event(name=name, subject=about, path=path, member_id=case.member_id, facts=told(facts))
    )
