"""What siblings may know of organization life: the events it records.

Whoever reckons with attendance follows these and asks nothing: an event of attendance is about the
meeting, of the member, and its facts are `title`, `kind`, `on`, `organization` (the host's id),
`presence`, and, where there are any, `hours` (the meeting is study) and `lecturer` (a member's id).
Of one mark there is one event; a mark that is put right says what it was `before`. Where the hours
of a meeting are put right, every mark is told anew as `attendance_corrected`, being what it was
before. A mark that is struck, and all marks of a meeting that is cancelled, count for nothing.
"""

MEETING_PLANNED = "organization_life.meeting_planned"
MEETING_HELD = "organization_life.meeting_held"
MEETING_CHANGED = "organization_life.meeting_changed"
MEETING_CANCELLED = "organization_life.meeting_cancelled"
PRESENCE_RECORDED = "organization_life.presence_recorded"
LEAVE_RECORDED = "organization_life.leave_recorded"
ABSENCE_RECORDED = "organization_life.absence_recorded"
ATTENDANCE_CORRECTED = "organization_life.attendance_corrected"
ATTENDANCE_STRUCK = "organization_life.attendance_struck"
LEAVE_ASKED = "organization_life.leave_asked"
LEAVE_WITHDRAWN = "organization_life.leave_withdrawn"
LEAVE_APPROVED = "organization_life.leave_approved"
LEAVE_REFUSED = "organization_life.leave_refused"
CHECK_IN_OPENED = "organization_life.check_in_opened"
MINUTES_WRITTEN = "organization_life.minutes_written"
MINUTES_AMENDED = "organization_life.minutes_amended"
ACCOMMODATED = "organization_life.accommodated"
ACCOMMODATION_ENDED = "organization_life.accommodation_ended"
BOOK_PRINTED = "organization_life.book_printed"
EXPORTED = "organization_life.exported"
APPRAISAL_OPENED = "organization_life.appraisal_opened"
SELF_APPRAISED = "organization_life.self_appraised"
REMARKED = "organization_life.remarked"
APPRAISAL_VOTED = "organization_life.appraisal_voted"
VOTES_COUNTED = "organization_life.votes_counted"
VOTES_VOIDED = "organization_life.votes_voided"
# Of nobody's timeline: what is decided is the member's once it is published.
GRADE_DECIDED = "organization_life.grade_decided"
# One of each member, with the facts `year`, `grade` (none if he has none), `ground` and `reason`.
APPRAISED = "organization_life.appraised"
APPRAISAL_CORRECTED = "organization_life.appraisal_corrected"
APPRAISAL_PUBLISHED = "organization_life.appraisal_published"
APPRAISAL_WITHDRAWN = "organization_life.appraisal_withdrawn"
APPRAISAL_CANCELLED = "organization_life.appraisal_cancelled"
APPRAISAL_PRINTED = "organization_life.appraisal_printed"
# Of the member, with the facts `kind`, `title`, `on` and, of service, `hours`.
ENGAGED = "organization_life.engaged"
ENGAGEMENT_CHANGED = "organization_life.engagement_changed"
ENGAGEMENT_FULFILLED = "organization_life.engagement_fulfilled"
ENGAGEMENT_VOIDED = "organization_life.engagement_voided"
# Of the member, with the facts `kind` and `on`; what was said is nowhere but sealed.
TALKED = "organization_life.talked"
TALK_FOLLOWED = "organization_life.talk_followed"
# `talk_followed` has `improved` where somebody said whether; what follows is decided by people.
TALK_HANDLED = "organization_life.talk_handled"
TALK_VOIDED = "organization_life.talk_voided"
TALK_OPENED = "organization_life.talk_opened"
# Of the unit, and of the member whom it is about; with the facts `kind`, `on` and, unless it is
# what a leader reported, `title`.
MATTER_RECORDED = "organization_life.matter_recorded"
MATTER_ANSWERED = "organization_life.matter_answered"
MATTER_VOIDED = "organization_life.matter_voided"
MATTER_OPENED = "organization_life.matter_opened"
# Of the member, with the fact `on`; how he lives is nowhere but sealed.
SURVEYED = "organization_life.surveyed"
SURVEY_OPENED = "organization_life.survey_opened"
SURVEY_VOIDED = "organization_life.survey_voided"
# Of the member, with the facts `on`, `fen` and `fund`.
RELIEF_PAID = "organization_life.relief_paid"
RELIEF_VOIDED = "organization_life.relief_voided"
MATTERS_PRINTED = "organization_life.matters_printed"
LETTER_PRINTED = "organization_life.letter_printed"
ATTENDANCE_MARKS = (PRESENCE_RECORDED, LEAVE_RECORDED, ABSENCE_RECORDED)
