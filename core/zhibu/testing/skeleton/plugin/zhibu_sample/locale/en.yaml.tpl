errors:
  sample.title_missing: A record without a title cannot be told from another. Give it a title.
  sample.not_yet_happened: The day {on} is after today ({today}), and what has not happened cannot be recorded. Give the day it happened.
  sample.late_reason_missing: It happened more than {days} days ago, and what is entered or changed so late says why. Give the reason.
  sample.reason_missing: Taking a record back needs a reason, which the member can see. Give it.
  sample.already_recorded: “{title}” of {on} is recorded already. There is nothing to do; correct the record if it is wrong.
  sample.member_unknown: Nobody of whom you may record something has this identity number. Check the number, or ask the member's own branch.
  sample.name_differs: The name is not the one registered with this identity number. Check both.

actions:
  sample:record:read: See what is recorded of a member
  sample:record:write: Record something of a member

events:
  sample.recorded: Recorded “{title}” of {on}
  sample.changed: Changed what is recorded as “{title}” of {on}
  sample.taken_back: "Took back what was recorded as “{title}” of {on}: {reason}"
