"""What can be wrong with checking a member, and with searching one."""

from zhibu.errors import Conflict, Invalid


class Completed(Conflict):
    """The sheet is complete; it is reopened first."""

    code = "audit_campaign.completed"


class NotCompleted(Conflict):
    """The sheet is not complete."""

    code = "audit_campaign.not_completed"


class ChecksMissing(Invalid):
    """Some checks of the plan were left out. Facts: `checks`."""

    code = "audit_campaign.checks_missing"


class ChecksUnknown(Invalid):
    """Some checks are none of the plan, or stand twice. Facts: `checks`."""

    code = "audit_campaign.checks_unknown"


class ChecksUnexplained(Invalid):
    """An issue, and what is not known, is explained. Facts: `checks`."""

    code = "audit_campaign.checks_unexplained"


class EvidenceMissing(Invalid):
    """What is reported rests on evidence (S3A-45)."""

    code = "audit_campaign.evidence_missing"


class LabelUnknown(Invalid):
    """The plan has no such label, or has it turned off. Facts: `label`."""

    code = "audit_campaign.label_unknown"


class LabelKnown(Conflict):
    """The member has this label already. Facts: `label`."""

    code = "audit_campaign.label_known"


class JudgedSo(Conflict):
    """That was decided already."""

    code = "audit_campaign.judged_so"


class SearchOpen(Conflict):
    """There is a file of this search already."""

    code = "audit_campaign.search_open"


class NotLost(Conflict):
    """Nobody confirmed that the member is lost."""

    code = "audit_campaign.not_lost"


class LimitMissing(Invalid):
    """A search has a day by which it is done (S3C-07)."""

    code = "audit_campaign.limit_missing"


class Concluded(Conflict):
    """The search is concluded; it is reopened first."""

    code = "audit_campaign.concluded"


class NotConcluded(Conflict):
    """The search goes on."""

    code = "audit_campaign.not_concluded"


class OutcomeMissing(Invalid):
    """A search is concluded as found or as not found."""

    code = "audit_campaign.outcome_missing"


class NotClear(Invalid):
    """Since when, in what circumstances and why: none of it stays blank (S3B-07)."""

    code = "audit_campaign.not_clear"


class EntriesMissing(Conflict):
    """Nothing of the search is recorded."""

    code = "audit_campaign.entries_missing"


class MethodsFew(Conflict):
    """Somebody was searched in too few ways to be called lost. Facts: `count`, `least`."""

    code = "audit_campaign.methods_few"


class NobodySeen(Conflict):
    """Whoever is found was seen, heard, or on video; a document alone does not do (S3B-25)."""

    code = "audit_campaign.nobody_seen"


class OwnSearch(Invalid):
    """Whoever is lost does not search for himself."""

    code = "audit_campaign.own_search"


class SearchDecides(Conflict):
    """Whoever a search did not find stays lost until the search is opened again."""

    code = "audit_campaign.search_decides"
