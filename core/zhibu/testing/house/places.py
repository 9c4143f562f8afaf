"""Where everything is in the institution of a test, who signs in, and when."""

from datetime import UTC, date, datetime
from typing import Any

from zhibu.organizations.rules import Kind

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
PASSWORD = "清风 明月 松间 石上 7"
FOUNDED = date(2000, 1, 1)
RULED = date(2020, 1, 1)
OPERATOR = (
    "system_administrator",
    "security_administrator",
    "committee_secretary",
    "committee_officer",
)
# Tests ask much, and their machine may be slow: what holds back is tested where it is the matter.
UNLIMITED: dict[str, Any] = {
    "account_rate": 0,
    "tenant_rate": 0,
    "address_rate": 0,
    "visitor_rate": 0,
    "answer_within": 120.0,
}
TREE = (
    ("district", "root", Kind.DISTRICT_DEPARTMENT),
    ("committee", "district", Kind.PARTY_COMMITTEE),
    ("general", "committee", Kind.GENERAL_BRANCH),
    ("branch", "general", Kind.BRANCH),
    ("group", "branch", Kind.PARTY_GROUP),
    ("other", "general", Kind.BRANCH),
    ("rival", "district", Kind.PARTY_COMMITTEE),
    ("far", "rival", Kind.BRANCH),
)
ACCOUNTS = (
    ("municipal", "municipal_organization_officer", "root"),
    ("district", "district_organization_officer", "district"),
    ("officer", "committee_officer", "committee"),
    ("rival", "committee_officer", "rival"),
    ("secretary", "branch_secretary", "branch"),
    ("recorder", "recorder", "branch"),
)
