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
FOLLOWED_UP = "discipline.followed_up"
FOLLOW_UP_WITHDRAWN = "discipline.follow_up_withdrawn"
# About what was handed over to the discipline body, never what it is about.
REFERRED = "discipline.referred"
PASSED_ON = "discipline.passed_on"
# Facts: `punishment`, a code of the catalogue, `on`, and `until` where its influence ends.
PUNISHED = "discipline.punished"
UNPUNISHED = "discipline.unpunished"
REFERRAL_CORRECTED = "discipline.referral_corrected"
REFERRAL_WITHDRAWN = "discipline.referral_withdrawn"
BODY_NOTIFIED = "discipline.body_notified"
CLOSED = "discipline.closed"
# About a member's file. Facts: `on`, and how many documents lack or are doubted.
FILE_CHECKED = "discipline.file_checked"
FILE_CORRECTED = "discipline.file_corrected"
FILE_REPAIRED = "discipline.file_repaired"
FILE_KEPT = "discipline.file_kept"
FILE_CHECK_WITHDRAWN = "discipline.file_check_withdrawn"
# Facts: `page`, its title, and `purpose`.
PAGE_PRINTED = "discipline.page_printed"
