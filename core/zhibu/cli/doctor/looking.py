"""What looks through what comes in: the scanner of files, and the list of stolen passwords."""

import asyncio
from collections.abc import Iterator

from zhibu.accounts.breaches import Breaches, BreachesUnreadable
from zhibu.cli.doctor.finding import Finding, fault, ok
from zhibu.settings import Settings
from zhibu.storage.attachments import Scanner, ScannerAway

COMMON = "password"  # no list of stolen ones lacks it


def examine_looking(settings: Settings) -> Iterator[Finding]:
    """Nothing of what is not configured."""
    if settings.scanner is not None:
        yield _scanner(settings.scanner)
    if settings.breached_passwords is not None:
        yield _breaches(settings)


def _scanner(address: str) -> Finding:
    try:
        return ok("scanner", address, asyncio.run(Scanner(address).version()))
    except ScannerAway as error:
        return fault("scanner", address, str(error.facts["fault"]))


def _breaches(settings: Settings) -> Finding:
    where = str(settings.breached_passwords)
    try:
        breaches = Breaches(settings.breached_passwords)
        breaches.examine()
        held = breaches.hold(COMMON)
    except BreachesUnreadable as error:
        return fault("breaches", where, str(error.facts["fault"]))
    told = "SHA-1 in hexadecimal, one a line, in order? The commonest of all is not found in it"
    return ok("breaches", where) if held else fault("breaches", where, told)
