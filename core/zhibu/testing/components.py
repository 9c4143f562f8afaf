"""Writes what is built in (an SBOM, by CycloneDX) from the lock and from what is installed.

No host is named and nobody is asked. The same lock gives the same file.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution, entry_points
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "zhibu"
_PIN = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=(sha\d+):([0-9a-f]+)")


@dataclass(frozen=True, kw_only=True)
class Pin:
    """One line of the lock: any of the hashes is that of what may be installed."""

    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]


def pins(lock: str) -> list[Pin]:
    """Everything that the lock pins, with every hash. Raises `ValueError` for a pin without one."""
    found = []
    for line in lock.replace("\\\n", " ").splitlines():
        if pin := _PIN.match(line):
            name, version = canonicalize_name(pin[1]), pin[2]
            hashes = tuple((each[0], each[1]) for each in _HASH.findall(line))
            if not hashes:
                raise ValueError(f"{name} is pinned without a hash")
            found.append(Pin(name=name, version=version, hashes=hashes))
    return found


def needed(roots: Iterable[str]) -> dict[str, set[str]]:
    """Of each distribution that runs, which others it asks for; tests and tools are not reached."""
    found: dict[str, set[str]] = {}
    waiting = [(canonicalize_name(name), frozenset[str]()) for name in roots]
    seen = set()
    while waiting:
        name, extras = each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        asked = found.setdefault(name, set())
        try:
            lines = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another kind of machine
        for requirement in map(Requirement, lines):
            marker = requirement.marker
            if marker and not any(marker.evaluate({"extra": one}) for one in (extras or {""})):
                continue
            needs = canonicalize_name(requirement.name)
            asked.add(needs)
            waiting.append((needs, frozenset(requirement.extras)))
    return found


def bill(lock: str, roots: Iterable[str]) -> dict[str, Any]:
    """The file as it is written. What is pinned for tests and tools alone is `excluded`."""
    running = needed(roots)
    pinned = {pin.name: pin for pin in pins(lock)}
    parts = [_part(pin, running) for _, pin in sorted(pinned.items())]
    own = [_own(name) for name in sorted({*roots})]
    refs = {part["purl"]: part["name"] for part in (*own, *parts)}
    known = {name: purl for purl, name in refs.items()}
    links = [
        {
            "ref": known[name],
            "dependsOn": sorted(known[each] for each in asked if each in known),
        }
        for name, asked in sorted(running.items())
        if name in known
    ]
    serial = uuid5(NAMESPACE_OID, json.dumps([own, parts], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": next(each for each in own if each["name"] == OURS)},
        "components": [*(each for each in own if each["name"] != OURS), *parts],
        "dependencies": links,
    }


def _part(pin: Pin, running: Mapping[str, set[str]]) -> dict[str, Any]:
    purl = f"pkg:pypi/{pin.name}@{pin.version}"
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": pin.name,
        "version": pin.version,
        "scope": "required" if pin.name in running else "excluded",
        "purl": purl,
        "hashes": [
            {"alg": algorithm.replace("sha", "SHA-"), "content": content}
            for algorithm, content in pin.hashes
        ],
    }
    return {**part, **_licences(pin.name)}


def _own(name: str) -> dict[str, Any]:
    version = distribution(name).version
    purl = f"pkg:generic/{name}@{version}"
    kind = "application" if name == OURS else "library"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _licences(name: str) -> dict[str, Any]:
    """What it says of itself, where it is installed here."""
    try:
        said: PackageMetadata = distribution(name).metadata
    except PackageNotFoundError:
        return {}
    for expression in said.get_all("License-Expression") or []:
        return {"licenses": [{"expression": expression}]}
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or []
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    return {"licenses": [{"license": {"name": each}} for each in classified]} if classified else {}


def installed() -> list[str]:
    """The core and every plugin that is here."""
    plugins = {point.dist.name for point in entry_points(group="zhibu") if point.dist is not None}
    return [OURS, *sorted(canonicalize_name(name) for name in plugins)]


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m zhibu.testing.components", description=__doc__)
    asked.add_argument("lock", type=Path, help="pinned by hash")
    asked.add_argument("out", type=Path, help="where it is written")
    given = asked.parse_args()
    made = bill(given.lock.read_text("utf-8"), installed())
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{given.out}: {len(made['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main())
