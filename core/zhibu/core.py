"""The core's own contributions: what a plugin would say in its hooks, said by the core."""

from pathlib import Path

from zhibu.accounts.leaving import LEAVING
from zhibu.accounts.notices import NOTICE
from zhibu.contributions import Due, Figure, Graph, Locale, Parameters, Procedure, Procedures, Sheet
from zhibu.corrections.service import PROCEDURES as CORRECTIONS_OWNED
from zhibu.due.core import DUES
from zhibu.due.schedules import SCHEDULES as DUE_SCHEDULES
from zhibu.events.works import CHECKPOINT
from zhibu.events.works import MAIL as MAIL_CHECKPOINT
from zhibu.events.works import VERIFY as VERIFY_LEDGER
from zhibu.exchange.delivering import DELIVER, RESEND
from zhibu.figures.core import FIGURES
from zhibu.figures.works import REBUILD
from zhibu.figures.works import VERIFY as COMPARE
from zhibu.jobs.sweeping import SWEEP
from zhibu.jobs.work import Schedule, Work
from zhibu.jobs.workbooks import EXPORT, IMPORT
from zhibu.members.sheets import SHEETS as MEMBER_SHEETS
from zhibu.organizations.sheets import SHEETS as ORGANIZATION_SHEETS
from zhibu.procedures.deadlines import DUES as PROCEDURE_DUES
from zhibu.procedures.service.limiting import EXCLUSION, excluded
from zhibu.procedures.service.slates import ELECTION, slate_faults
from zhibu.sealing.works import RENEW

HERE = Path(__file__).parent
PROCEDURES_OWNED = (
    Procedure(name=EXCLUSION, about="Member", decided=excluded),
    Procedure(name=ELECTION, about="Organization", check=slate_faults),
    *CORRECTIONS_OWNED,
)


def graph() -> Graph:
    """The core's part of the schema."""
    from zhibu.graph.core import GRAPH  # no command waits for it

    return GRAPH


def figures() -> list[Figure]:
    """The numbers the core keeps per organization."""
    return list(FIGURES)


def due() -> list[Due]:
    """What falls due in the register and in procedures."""
    return [*DUES, *PROCEDURE_DUES]


def sheets() -> list[Sheet]:
    """The core's workbooks."""
    return [*ORGANIZATION_SHEETS, *MEMBER_SHEETS]


def works() -> list[Work]:
    """What is asked for and done beside requests."""
    return [IMPORT, EXPORT, REBUILD, NOTICE, LEAVING, DELIVER]


def schedules() -> list[Schedule]:
    """What the clock asks for."""
    return [
        SWEEP,
        COMPARE,
        CHECKPOINT,
        MAIL_CHECKPOINT,
        VERIFY_LEDGER,
        RENEW,
        RESEND,
        *DUE_SCHEDULES,
    ]


def locale() -> Locale:
    return Locale(folder=HERE / "locale")


def parameters() -> Parameters:
    return Parameters(folder=HERE / "parameters")


def procedures() -> Procedures:
    """The core's own acts that take several people."""
    return Procedures(folder=HERE / "procedures", owned=PROCEDURES_OWNED)
