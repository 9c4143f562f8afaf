"""What may be wrong with an election: its names, its ballots and its count."""

from zhibu.errors import Conflict, Invalid


class SeatsUnfit(Invalid):
    """An election fills one seat at least. Facts: `seats`."""

    code = "core.election_seats_unfit"


class NamedUnfit(Invalid):
    """Whoever is named is no member there that may elect and be elected, or is named twice."""

    code = "core.election_named_unfit"


class CandidatesTooFew(Invalid):
    """More candidates are needed than are named. Facts: `seats`, `needed`, `named`."""

    code = "core.election_candidates_too_few"


class AssemblyUnfit(Invalid):
    """Delegates elect only for many members or scattered ones. Facts: `members`, `minimum`."""

    code = "core.election_assembly_unfit"


class BallotTooLong(Invalid):
    """A ballot chooses no more names than there are seats. Facts: `seats`, `chosen`."""

    code = "core.election_ballot_too_long"


class BallotContradicts(Invalid):
    """A ballot is both for and against a name, or against one that does not stand."""

    code = "core.election_ballot_contradicts"


class ElectionOpen(Invalid):
    """Elections are by secret ballot."""

    code = "core.election_open"


class SittingElects(Conflict):
    """The meeting elects; a ballot names people."""

    code = "core.procedure_sitting_elects"


class SittingDecides(Conflict):
    """The meeting decides; votes are for or against."""

    code = "core.procedure_sitting_decides"


class NamesMiscounted(Invalid):
    """The count of the names does not add up to the ballots. Facts: `ballots`."""

    code = "core.election_names_miscounted"


class NobodyElected(Conflict):
    """There are no fewer seats where nobody was elected."""

    code = "core.election_nobody_elected"
