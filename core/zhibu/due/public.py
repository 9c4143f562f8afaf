"""What the rest of the house may know of deadlines: the events that they record."""

SWEPT = "due.swept"
READ = "due.read"
ACKNOWLEDGED = "due.acknowledged"
SNOOZED = "due.snoozed"
DONE = "due.done"
SETTLED = "due.settled"
