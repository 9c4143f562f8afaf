"""What siblings may know of discipline: its events."""

OPENED = "discipline.opened"
DROPPED = "discipline.dropped"
PROPOSED = "discipline.proposed"
# Facts: `kind`, `on`; `until` for a correction. The membership itself is changed by the core.
DECIDED = "discipline.decided"
NOT_DECIDED = "discipline.not_decided"
# Facts: `reason`; what was decided holds no more, as if it had never been.
REOPENED = "discipline.reopened"
DELIVERED = "discipline.delivered"
# Facts: `result`, one of `Result`.
ANSWERED = "discipline.answered"
EVALUATED = "discipline.evaluated"
FILED = "discipline.filed"
