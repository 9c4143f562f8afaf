"""What makes entries agree with the records that propose them, and leaves what people decided."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from zhibu_scoring.rules.entries import Recorded, State
from zhibu_scoring.rules.proposals import Proposal


@dataclass(kw_only=True)
class Steps:
    """What makes the entries agree with their sources."""

    propose: list[Proposal] = field(default_factory=list)
    withdraw: list[Recorded] = field(default_factory=list)
    reverse: list[Recorded] = field(default_factory=list)
    reword: list[tuple[Recorded, str | None]] = field(default_factory=list)


def steps(
    wanted: Iterable[Proposal],
    known: Sequence[Recorded],
    items: Callable[[str], bool] = lambda item: True,
) -> Steps:
    """What is to be done so that every source has its points, once, and no other source has any.

    Only `items` of the scheme are proposed. What was proposed by another one, where the member
    belonged before, stands while its record says the same.
    What the branch refused or reversed itself stays as the branch left it, while its record says
    the same. What counts already is never touched: a reversal is proposed, and waits like anything.
    A record that is worded otherwise now moves no points: its entries are told what it says.
    """
    made, by_source = Steps(), {each.source: each for each in wanted}
    reversals = {each.reverses: each for each in known if each.reverses is not None and each.live}
    answered = {each.reverses for each in known if each.state is State.REFUSED and each.source}
    kept = defaultdict(list)
    for each in known:
        if each.source is not None and each.reverses is None:
            kept[each.source].append(each)
    for source, entries in kept.items():
        proposal = by_source.get(source)
        settled = [e for e in entries if proposal is not None and _agrees(e, proposal)]
        for entry in entries:
            if entry not in settled and entry.id not in answered:
                _undo(entry, reversals.get(entry.id), made)
        if proposal is not None:
            made.reword += _reworded(settled, proposal)
            if not _stands(settled, reversals, made):
                made.propose.append(proposal)
    made.propose.extend(each for source, each in by_source.items() if source not in kept)
    made.propose = [each for each in made.propose if items(each.item)]
    return made


def _undo(entry: Recorded, reversal: Recorded | None, made: Steps) -> None:
    if entry.state is State.DECLARED:
        made.withdraw.append(entry)
    elif entry.state is State.APPROVED and reversal is None:
        made.reverse.append(entry)


def _stands(entries: Sequence[Recorded], reversals: Mapping[UUID, Recorded], made: Steps) -> bool:
    """Whether one of these says what the source says; its own reversal that waits is withdrawn."""
    for entry in entries:
        reversal = reversals.get(entry.id)
        if entry.state in (State.DECLARED, State.REFUSED):
            return True
        if entry.state is State.APPROVED:
            by_itself = reversal is not None and reversal.source is not None
            if reversal is not None and by_itself and reversal.state is State.DECLARED:
                made.withdraw.append(reversal)
                return True
            if not by_itself:
                return True
    return False


def _reworded(
    entries: Sequence[Recorded], proposal: Proposal
) -> Iterator[tuple[Recorded, str | None]]:
    """Entries whose record is worded otherwise than is known of it, with what it says now."""
    for each in entries:
        first = (each.entry.description, each.entry.material)
        now = None if first == (proposal.description, proposal.material) else proposal.said
        if each.state is not State.WITHDRAWN and each.source_says != now:
            yield each, now


def _agrees(entry: Recorded, proposal: Proposal) -> bool:
    return (entry.entry.item, entry.entry.happened_on) == (proposal.item, proposal.happened_on)
