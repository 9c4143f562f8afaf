"""For how long an approval of giving a form out holds."""

from datetime import date

from zhibu_audit_campaign.rules.releasing import decided_since


def test_an_approval_holds_its_days_and_the_day_it_was_given_at_least() -> None:
    today = date(2026, 6, 30)
    assert decided_since(today, 30) == date(2026, 5, 31)
    assert decided_since(today, 0) == decided_since(today, None) == today
