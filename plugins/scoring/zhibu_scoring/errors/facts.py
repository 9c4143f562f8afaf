"""What can be wrong with facts and with what is proposed from them."""

from zhibu.errors import Conflict, Invalid


class FactTitleMissing(Invalid):
    """A fact says what was decided."""

    code = "scoring.fact_title_missing"


class FactDocumentMissing(Invalid):
    """A fact names the document of the decision."""

    code = "scoring.fact_document_missing"


class FactKnown(Conflict):
    """The same decision is recorded of this member already. Facts: `document`, `on`."""

    code = "scoring.fact_known"


class FactVoid(Conflict):
    """The fact was taken back already."""

    code = "scoring.fact_void"


class FactOfSibling(Conflict):
    """It was told from the case elsewhere, and is corrected there."""

    code = "scoring.fact_of_sibling"


class OwnFact(Conflict):
    """Nobody takes back what was recorded of himself."""

    code = "scoring.own_fact"


class ProposedFromSource(Conflict):
    """What was proposed from a record goes with that record."""

    code = "scoring.proposed_from_source"


class YearNotOpen(Invalid):
    """Points are proposed for the years that are being assessed. Facts: `year`, `first`, `last`."""

    code = "scoring.year_not_open"
