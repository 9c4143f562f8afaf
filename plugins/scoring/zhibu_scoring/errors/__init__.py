"""What can be wrong: facts, as classes."""

from zhibu.errors import Conflict, Invalid


class SchemeMalformed(Conflict):
    """The scheme in force cannot be reckoned by. Facts: `item`."""

    code = "scoring.scheme_malformed"


class ItemUnknown(Invalid):
    """The scheme of the year has no such item to be entered. Facts: `item`, `year`."""

    code = "scoring.item_unknown"


class NotYetHappened(Invalid):
    """What has not happened yet earns nothing. Facts: `on`, `today`."""

    code = "scoring.not_yet_happened"


class NotAMember(Invalid):
    """Nobody is assessed for a day on which he was no member. Facts: `on`."""

    code = "scoring.not_a_member"


class DescriptionMissing(Invalid):
    """An entry says what happened."""

    code = "scoring.description_missing"


class EvidenceMissing(Invalid):
    """An entry rests on material or enough different witnesses. Facts: `least`."""

    code = "scoring.evidence_missing"


class OwnWitness(Invalid):
    """Nobody is a witness to his own entry. Facts: `name`."""

    code = "scoring.own_witness"


class MaterialMissing(Invalid):
    """A veto names the document of the appraisal that found it."""

    code = "scoring.material_missing"


class LateReasonMissing(Invalid):
    """What is declared late says why. Facts: `days`."""

    code = "scoring.late_reason_missing"


class AlreadyDeclared(Conflict):
    """The same item is declared of this member for this day in the same words. Facts: `on`."""

    code = "scoring.already_declared"


class CountedAlready(Conflict):
    """What a record proposes and what somebody declared of the same day counts once.

    Facts: `name`, `on`, `words` of the other one.
    """

    code = "scoring.counted_already"


class RecorderKeptByOthers(Conflict):
    """The points of whoever records are kept by those who decide."""

    code = "scoring.recorder_kept_by_others"


class OwnDecision(Conflict):
    """Nobody decides about himself, nor about what he declared."""

    code = "scoring.own_decision"


class EntrySettled(Conflict):
    """The entry waits for no decision. Facts: `state`."""

    code = "scoring.entry_settled"


class NotApproved(Conflict):
    """Only what counts can be reversed. Facts: `state`."""

    code = "scoring.not_approved"


class AlreadyReversed(Conflict):
    """The entry is reversed, or somebody asked for it."""

    code = "scoring.already_reversed"


class ReversalFinal(Conflict):
    """A reversal is not reversed: what was right after all is declared anew."""

    code = "scoring.reversal_final"


class NotDeclaredByYou(Conflict):
    """Whoever declared it withdraws it; others refuse it."""

    code = "scoring.not_declared_by_you"


class ReasonMissing(Invalid):
    """It says why."""

    code = "scoring.reason_missing"


class NothingChosen(Invalid):
    """There is at least one."""

    code = "scoring.nothing_chosen"


class Exempt(Conflict):
    """The member is left out of the assessment of the year. Facts: `year`."""

    code = "scoring.exempt"


class ConsentMissing(Invalid):
    """The member was asked first, and it says how."""

    code = "scoring.consent_missing"


class ConsentInFuture(Invalid):
    """Nobody consented on a day to come. Facts: `on`, `today`."""

    code = "scoring.consent_in_future"


class OwnExemption(Conflict):
    """Nobody leaves himself out."""

    code = "scoring.own_exemption"


class YearsReversed(Invalid):
    """The last year is not before the first."""

    code = "scoring.years_reversed"


class AlreadyExempt(Conflict):
    """An exemption holds in some of these years. Facts: `year`."""

    code = "scoring.already_exempt"


class ExemptionEnded(Conflict):
    """It ends by then already. Facts: `year`."""

    code = "scoring.exemption_ended"
