"""Asks pip-audit about every pinned dependency, and never calls clean what it could not look up."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_WITHIN = 25.0  # seconds for each of two runs
# What the last line says when the fault is in our own file. There are more ways for an index to be
# out of reach than can be listed: proxies, certificates, names, time.
_OURS = ("hash", "requirement", "No such file")


@dataclass(frozen=True)
class Ran:
    """How a run of pip-audit ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> list[dict[str, Any]] | None:
        try:
            dependencies: list[dict[str, Any]] = json.loads(self.out)["dependencies"]
        except (ValueError, KeyError, TypeError):
            return None
        return dependencies

    @property
    def away(self) -> bool:
        """Whether the data was out of reach."""
        return not any(words in _last(self.err) for words in _OURS)


@dataclass(frozen=True)
class Verdict:
    """The exit code and what is printed."""

    code: int
    text: str


Run = Callable[..., Ran]


def verdict(run: Run) -> Verdict:
    """What is known of the pinned dependencies. `run` calls pip-audit with some more options."""
    done = run("--strict")
    if done.report is None and done.away:
        # A strict run stops at the first gap: nothing that is known of the others may hide behind.
        done = run()
    report = done.report
    if report is None:
        said = _last(done.err)
        if done.away:
            return Verdict(0, f"vulnerabilities: not checked: {said}")
        return Verdict(1, f"vulnerabilities: pip-audit ended with {done.code}: {said}")
    bad = [f"  {_named(each, flaw)}" for each in report for flaw in each.get("vulns", ())]
    if bad:
        return Verdict(1, "\n".join(["vulnerabilities: known ones are pinned:", *bad]))
    gaps = [each["name"] for each in report if "skip_reason" in each]
    if gaps:
        more = f"{len(gaps)} of {len(report)} could not be looked up, {gaps[0]} the first of them"
        return Verdict(0, f"vulnerabilities: not checked: {more}")
    if done.code or not report:
        said = _last(done.err)
        return Verdict(1, f"vulnerabilities: pip-audit ended with {done.code}: {said}")
    return Verdict(0, f"vulnerabilities: none is known of {len(report)} pinned dependencies")


def _named(dependency: dict[str, Any], flaw: dict[str, Any]) -> str:
    fixed = ", ".join(flaw.get("fix_versions", ())) or "no release yet"
    return f"{dependency['name']} {dependency['version']}: {flaw['id']}, fixed in {fixed}"


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"


def _pip_audit(requirements: Path) -> Run:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"]
    pinned = ["--requirement", str(requirements), "--require-hashes", "--disable-pip"]

    def run(*options: str) -> Ran:
        try:
            done = subprocess.run(
                [*command, *pinned, "--timeout", "10", *options],
                capture_output=True,
                text=True,
                timeout=_WITHIN,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Ran(1, "", f"timed out after {_WITHIN:.0f} seconds")
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


def main() -> int:
    name = "python -m zhibu.testing.vulnerabilities"
    asked = argparse.ArgumentParser(prog=name, description=__doc__)
    asked.add_argument("requirements", type=Path, help="pinned by hash")
    found = verdict(_pip_audit(asked.parse_args().requirements))
    print(found.text, file=sys.stderr if found.code else sys.stdout)
    return found.code


if __name__ == "__main__":
    sys.exit(main())
