"""Every member one may see, page after page, as lines of JSON."""

import json

from zhibu_client import Client

MEMBERS = """
query ($after: String) {
  members(first: 100, after: $after, orderBy: BRANCH) {
    nodes { id name stage standing organization { name } }
    pageInfo { hasNextPage endCursor }
  }
}
"""

if __name__ == "__main__":
    for member in Client.from_environment().pages(MEMBERS):
        print(json.dumps(member, ensure_ascii=False))
