"""Record a member's class hours under an idempotency key, then have somebody else verify them.

    credit.py MEMBER_ID DATE HOURS VERIFIER_LOGIN VERIFIER_PASSWORD

Whoever records a credit may not verify it; without the last two, it stays pending.
"""

import os
import sys
from uuid import uuid4

from zhibu_client import Client

RECORD = """
mutation ($input: EducationCreditInput!) {
  educationCreditRecord(input: $input) {
    credit { id hours state }
    userErrors { code message path basis }
  }
}
"""
VERIFY = """
mutation ($input: EducationCreditVerifyInput!) {
  educationCreditVerify(input: $input) { count userErrors { code message path basis } }
}
"""


def main(member: str, day: str, hours: str, *verifier: str) -> None:
    recorder = Client.from_environment()
    given = {
        "member": member,
        "earnedOn": day,
        "hours": hours,
        "form": "CONCENTRATED",
        "topic": "political_theory",
        "title": "党的创新理论专题学习",
        "idempotencyKey": str(uuid4()),
    }
    first = recorder.change(RECORD, given)["credit"]
    again = recorder.change(RECORD, given)["credit"]  # the answer was lost, say
    assert first["id"] == again["id"]
    print(f"recorded {first['id']} {first['hours']} {first['state']}")
    if verifier:
        url, tenant = os.environ["ZHIBU_URL"], os.environ["ZHIBU_TENANT"]
        secretary = Client.signed_in(url, tenant, *verifier)
        print(f"verified {secretary.change(VERIFY, {'credits': [first['id']]})['count']}")


if __name__ == "__main__":
    main(*sys.argv[1:])
