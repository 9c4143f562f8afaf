"""Hand in a workbook of members and take it in as a job; prints the findings by row and column.

    import_members.py FILE.xlsx ORGANIZATION_ID [--write]

Without `--write` it is only checked. The faulty workbook comes back beside the file.
"""

import sys
import time
from pathlib import Path

from zhibu_client import Client

START = """
mutation ($input: ImportStartInput!) {
  importStart(input: $input) { job { id } userErrors { code message path } }
}
"""
JOB = """
query ($id: ID!) {
  job(id: $id) {
    state done address reference
    refusals { message }
    report { rows good written created updated unchanged faults { row column message } }
  }
}
"""
ENDED = ("SUCCEEDED", "REFUSED", "FAILED", "INTERRUPTED")


def main(file: Path, organization: str, *, write: bool) -> bool:
    client = Client.from_environment()
    handed_in = client.hand_in(file.read_bytes(), file.name, organization)
    asked = {"kind": "members", "file": handed_in, "dryRun": not write}
    id = client.change(START, asked)["job"]["id"]
    job = client.ask(JOB, id=id)["job"]
    while job["state"] not in ENDED:
        time.sleep(0.2)
        job = client.ask(JOB, id=id)["job"]
    for refusal in job["refusals"]:
        print(refusal["message"])
    report = job["report"]
    if report:
        for fault in report["faults"]:
            print(f"{fault['row']}\t{fault['column']}\t{fault['message']}")
        print(f"{report['rows']} rows, {report['good']} good, {report['created']} new")
    if job["address"]:
        returned = file.with_name(f"faults-{file.name}")
        returned.write_bytes(client.download(job["address"]))
        print(returned)
    return bool(job["state"] == "SUCCEEDED")


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if each != "--write"]
    done = main(Path(arguments[0]), arguments[1], write="--write" in sys.argv)
    sys.exit(0 if done else 1)
