"""What siblings may know of scoring: its events.

An event of an entry is about the entry, of the member; its facts are `item` (what the scheme calls
it), `points` (below nothing where they are taken off), `year`, and what was written as `reason`.
"""

ENTRY_DECLARED = "scoring.entry_declared"
ENTRY_APPROVED = "scoring.entry_approved"
ENTRY_REFUSED = "scoring.entry_refused"
ENTRY_WITHDRAWN = "scoring.entry_withdrawn"
REVERSAL_DECLARED = "scoring.reversal_declared"
# What records of siblings, or recorded facts, propose; and what goes when they are put right.
ENTRY_PROPOSED = "scoring.entry_proposed"
PROPOSAL_WITHDRAWN = "scoring.proposal_withdrawn"
REVERSAL_PROPOSED = "scoring.reversal_proposed"
# Of the member, with the facts `kind`, `title`, `document` and `on`.
FACT_RECORDED = "scoring.fact_recorded"
FACT_VOIDED = "scoring.fact_voided"
EXEMPTED = "scoring.exempted"
EXEMPTION_ENDED = "scoring.exemption_ended"
