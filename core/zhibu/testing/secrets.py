"""Finds what looks like a secret in the files that git keeps, but for what is known to be none."""

import argparse
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.plugins.base import BasePlugin, RegexBasedDetector
from detect_secrets.plugins.high_entropy_strings import HighEntropyStringsPlugin
from detect_secrets.plugins.keyword import DENYLIST, KeywordDetector
from detect_secrets.settings import default_settings, get_plugins, transient_settings

from zhibu import documents

WORDS = "Secret Keyword"  # `password: something`, which prose about passwords is full of


@dataclass(frozen=True)
class Finding:
    """A value that looks like a secret, by its fingerprint: the value itself is not repeated."""

    file: str
    line: int
    kind: str
    fingerprint: str


@dataclass(frozen=True)
class Known:
    """The table of what is no secret, each with its reason."""

    unread: dict[str, str]
    prose: dict[str, str]
    values: dict[str, dict[str, str]]

    def skips(self, file: str) -> bool:
        return any(fnmatch(file, pattern) for pattern in self.unread)

    def explains(self, found: Finding) -> bool:
        if found.kind == WORDS and any(fnmatch(found.file, pattern) for pattern in self.prose):
            return True
        return found.fingerprint in self.values.get(found.file, {})


def read(table: Path) -> Known:
    """The table of a file, where every entry must say its reason."""
    found = documents.loads(table.read_text("utf-8"))
    known = Known(found["unread"], found["prose"], found["values"])
    reasons = [known.unread, known.prose, *known.values.values()]
    if not all(isinstance(why, str) and why for each in reasons for why in each.values()):
        raise ValueError(f"{table}: an entry has no reason")
    return known


def tracked(folder: Path) -> list[str]:
    """The files that git keeps, or would if they were added now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return sorted({name for name in done.stdout.decode().split("\0") if name})


def findings(folder: Path, files: Sequence[str], *, processes: int = 1) -> list[Finding]:
    """What detect-secrets finds in some files. It asks nobody whether a secret is in use."""
    found = SecretsCollection(str(folder))
    for plugins, some in _asked(folder, files).items():
        if not plugins:
            continue
        with transient_settings({"plugins_used": [{"name": plugin} for plugin in plugins]}):
            if processes > 1:
                found.scan_files(*some, num_processors=processes)
            else:
                for file in some:
                    found.scan_file(file)
    each = (
        Finding(file, secret.line_number, secret.type, secret.secret_hash) for file, secret in found
    )
    return sorted(each, key=lambda finding: (finding.file, finding.line, finding.kind))


def _asked(folder: Path, files: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """The files by the plugins that may find something in them.

    A plugin is not asked about each line of a module in which there is nothing that it looks for:
    most of the time went into asking. Other files are read in ways of their own.
    """
    with default_settings():
        plugins = {type(each).__name__: _patterns(each) for each in get_plugins()}
    asked: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for file in files:
        text = (folder / file).read_text("utf-8") if file.endswith(".py") else None
        may = (
            name
            for name, patterns in plugins.items()
            if text is None or not patterns or any(each.search(text) for each in patterns)
        )
        asked[tuple(may)].append(file)
    return asked


def _patterns(plugin: BasePlugin) -> list[re.Pattern[str]]:
    """What must stand somewhere for a plugin to find anything; none where that is not known."""
    if isinstance(plugin, RegexBasedDetector):
        return [re.compile(each.pattern, each.flags | re.MULTILINE) for each in plugin.denylist]
    if isinstance(plugin, KeywordDetector):
        return [re.compile("|".join(DENYLIST), re.IGNORECASE)]
    if isinstance(plugin, HighEntropyStringsPlugin):  # of n different signs it is log2(n) at most
        longer = int(2**plugin.entropy_limit) + 1
        return [re.compile(rf"([\'\"])[{re.escape(plugin.charset)}]{{{longer},}}\1")]
    return []


def faults(known: Known, found: Iterable[Finding]) -> list[str]:
    """What is not explained, and what is explained and no longer there."""
    found = list(found)
    unexplained = [
        f"{each.file}:{each.line}: {each.kind} ({each.fingerprint})"
        for each in found
        if not known.explains(each)
    ]
    there = {(each.file, each.fingerprint) for each in found}
    gone = [
        f"{file}: {fingerprint} is no longer there; take it out of the table"
        for file, values in known.values.items()
        for fingerprint in values
        if (file, fingerprint) not in there
    ]
    return unexplained + gone


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m zhibu.testing.secrets", description=__doc__)
    asked.add_argument("table", type=Path, help="what is known to be no secret, with reasons")
    known = read(asked.parse_args().table)
    files = [file for file in tracked(Path.cwd()) if not known.skips(file)]
    wrong = faults(known, findings(Path.cwd(), files, processes=2))
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        print("A real secret: replace it everywhere. None: say why in the table.", file=sys.stderr)
        return 1
    print(f"secrets: none in {len(files)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
