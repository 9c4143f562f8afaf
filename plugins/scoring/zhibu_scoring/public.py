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
ENTRY_REWORDED = "scoring.entry_reworded"
PROPOSAL_WITHDRAWN = "scoring.proposal_withdrawn"
REVERSAL_PROPOSED = "scoring.reversal_proposed"
# Of the member, with the facts `kind`, `title`, `document` and `on`.
FACT_RECORDED = "scoring.fact_recorded"
FACT_VOIDED = "scoring.fact_voided"
# Of a fact whose points wait for a scheme that can be read: `item`, which cannot, `title`, `year`.
PROPOSAL_PUT_OFF = "scoring.proposal_put_off"
# Of what records came to say of a decided year: with `item`, `points`, `year`, and `reason`.
LATE_FACT_NOTED = "scoring.late_fact_noted"
LATE_FACT_SETTLED = "scoring.late_fact_settled"
LATE_FACT_LEFT = "scoring.late_fact_left"
# Of a branch's year, with the fact `year`.
YEAR_DRAWN_UP = "scoring.year_drawn_up"
YEAR_DECIDED = "scoring.year_decided"
YEAR_REVIEWED = "scoring.year_reviewed"
YEAR_RETURNED = "scoring.year_returned"
YEAR_NOTICED = "scoring.year_noticed"
YEAR_CONCLUDED = "scoring.year_concluded"
YEAR_INSPECTED = "scoring.year_inspected"
YEAR_REOPENED = "scoring.year_reopened"
# Of a member, with the facts `year` and `reason`.
OBJECTED = "scoring.objected"
OBJECTION_ENTERED = "scoring.objection_entered"
OBJECTION_ANSWERED = "scoring.objection_answered"
RESULT_CORRECTED = "scoring.result_corrected"
HELP_PLANNED = "scoring.help_planned"
HELP_ENDED = "scoring.help_ended"
# Of a branch.
PUBLISHED = "scoring.published"
PUBLICATION_WITHDRAWN = "scoring.publication_withdrawn"
CHECKED = "scoring.checked"
CHECK_WITHDRAWN = "scoring.check_withdrawn"
PRINTED = "scoring.printed"
EXPORTED = "scoring.exported"
# Of the holder of a post, with the facts `kind`, `since`, `on`, `in_favour` and `present`.
RECOMMENDED = "scoring.recommended"
RECOMMENDATION_WITHDRAWN = "scoring.recommendation_withdrawn"
EXEMPTED = "scoring.exempted"
EXEMPTION_ENDED = "scoring.exemption_ended"
