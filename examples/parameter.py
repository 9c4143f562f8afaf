"""Override a parameter at an organization from a day on, see what holds, and take it back.

parameter.py ORGANIZATION_ID NAME VALUE SINCE
"""

import json
import sys

from zhibu_client import Client

OVERRIDE = """
mutation ($input: ParameterOverrideInput!) {
  parameterOverride(input: $input) { override userErrors { code message path } }
}
"""
WITHDRAW = """
mutation ($input: ParameterWithdrawInput!) {
  parameterWithdraw(input: $input) { override userErrors { code message path } }
}
"""
PARAMETER = """
query ($name: String!, $organization: ID!, $on: Date!) {
  parameter(name: $name, organization: $organization, on: $on) { value unit source basis }
}
"""


def main(organization: str, name: str, value: str, since: str) -> None:
    client = Client.from_environment()
    asked = {"name": name, "organization": organization, "on": since}
    print("before", client.ask(PARAMETER, **asked)["parameter"]["basis"])
    given = {
        "organization": organization,
        "name": name,
        "value": json.loads(value),
        "since": since,
        "reason": "本单位学习计划要求更高",
        "document": "本单位年度学习计划",
        "article": "第二条",
    }
    override = client.change(OVERRIDE, given)["override"]
    print("now", client.ask(PARAMETER, **asked)["parameter"]["basis"])
    client.change(WITHDRAW, {"override": override, "reason": "示例结束"})
    print("after", client.ask(PARAMETER, **asked)["parameter"]["basis"])


if __name__ == "__main__":
    main(*sys.argv[1:])
