"""What siblings may know of audits: their events.

Events about an audit are about no member. Their facts are `plan` and `title`.
"""

OPENED = "audit_campaign.opened"
# Facts: `sheets`, how many members are to be checked; `on`, as of which day.
FROZEN = "audit_campaign.frozen"
# Facts: `stage`, `since`, `until`, `reason`.
STAGE_MOVED = "audit_campaign.stage_moved"
ENDED = "audit_campaign.ended"
RESUMED = "audit_campaign.resumed"
CANCELLED = "audit_campaign.cancelled"
# About an organization in an audit; `suggested` has `rows`, `trained` has `on`.
PLANNED = "audit_campaign.planned"
# By the level above. Facts: `reason`, where something was remarked.
PLAN_ACCEPTED = "audit_campaign.plan_accepted"
PLAN_RETURNED = "audit_campaign.plan_returned"
WORKER_ADDED = "audit_campaign.worker_added"
WORKER_ENDED = "audit_campaign.worker_ended"
TRAINED = "audit_campaign.trained"
TRAINING_VOIDED = "audit_campaign.training_voided"
SUGGESTED = "audit_campaign.suggested"
SUBMITTED = "audit_campaign.submitted"
# By the level above, of a branch that is no more. Facts: `reason`.
SUBMITTED_IN_PLACE = "audit_campaign.submitted_in_place"
SUBMISSION_WITHDRAWN = "audit_campaign.submission_withdrawn"
# About a sheet, and of nobody's timeline. Facts: `label` unless it is sensitive, and `state`.
COMPLETED = "audit_campaign.completed"
REOPENED = "audit_campaign.reopened"
LABELLED = "audit_campaign.labelled"
JUDGED = "audit_campaign.judged"
# About the file of who is lost. Every look is one.
SEARCH_OPENED = "audit_campaign.search_opened"
# Facts: `due_on`, `reason`.
SEARCH_ENTRUSTED = "audit_campaign.search_entrusted"
SEARCH_LOGGED = "audit_campaign.search_logged"
ENTRY_VOIDED = "audit_campaign.entry_voided"
SEARCH_CONCLUDED = "audit_campaign.search_concluded"
SEARCH_REOPENED = "audit_campaign.search_reopened"
SEARCH_SEEN = "audit_campaign.search_seen"
# Another body was asked about who is lost. Facts: `body`, its code in the plan; `on`; `reason`.
INQUIRED = "audit_campaign.inquired"
INQUIRY_ANSWERED = "audit_campaign.inquiry_answered"
INQUIRY_VOIDED = "audit_campaign.inquiry_voided"
# About an organization in an audit, by the level above; `returned` has `reason`.
ACCEPTED = "audit_campaign.accepted"
RETURNED = "audit_campaign.returned"
DECISION_WITHDRAWN = "audit_campaign.decision_withdrawn"
REPORTED = "audit_campaign.reported"
REPORT_WITHDRAWN = "audit_campaign.report_withdrawn"
SEARCH_REVIEWED = "audit_campaign.search_reviewed"
# Facts: `seed`, `rows`.
DRAWN = "audit_campaign.drawn"
SAMPLED = "audit_campaign.sampled"
ASKED = "audit_campaign.asked"
QUESTION_WITHDRAWN = "audit_campaign.question_withdrawn"
ANSWERED = "audit_campaign.answered"
# About what becomes of a member. Facts: `course`, one of `Course`; `reason`.
SETTLED = "audit_campaign.settled"
SETTLEMENT_APPROVED = "audit_campaign.settlement_approved"
SETTLEMENT_CARRIED_OUT = "audit_campaign.settlement_carried_out"
SETTLEMENT_WITHDRAWN = "audit_campaign.settlement_withdrawn"
# About an organization in an audit. Facts: `report`, its code in the plan.
ANALYSED = "audit_campaign.analysed"
# About an organization in an audit. Facts: `form`, its title, `rows` and `purpose`.
FORM_PRINTED = "audit_campaign.form_printed"
# Of every branch at and below. Facts: `forms`, their titles, `branches`, `rows` and `purpose`.
FORMS_WRITTEN = "audit_campaign.forms_written"
# About a release of a form. Facts: `form`, its title, and `purpose`; `reason`.
RELEASE_ASKED = "audit_campaign.release_asked"
RELEASE_APPROVED = "audit_campaign.release_approved"
RELEASE_REFUSED = "audit_campaign.release_refused"
RELEASE_WITHDRAWN = "audit_campaign.release_withdrawn"
# About a circular on the work of an organization in an audit; `withdrawn` has `reason`.
CIRCULATED = "audit_campaign.circulated"
CIRCULAR_REPLIED = "audit_campaign.circular_replied"
CIRCULAR_WITHDRAWN = "audit_campaign.circular_withdrawn"
