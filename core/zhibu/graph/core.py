"""The core's part of the schema: what each of its modules brings."""

from zhibu.accounts.graph import GRAPH as ACCOUNTS
from zhibu.attachments.graph import GRAPH as ATTACHMENTS
from zhibu.corrections.graph import GRAPH as CORRECTIONS
from zhibu.due.graph import GRAPH as DEADLINES
from zhibu.events.graph import GRAPH as LEDGER
from zhibu.exchange.graph import GRAPH as EXCHANGE
from zhibu.figures.graph import GRAPH as ROLL_UPS
from zhibu.graph.compose import joined
from zhibu.graph.nodes import GRAPH as NODE
from zhibu.jobs.graph import GRAPH as JOBS
from zhibu.members.graph import GRAPH as MEMBERS
from zhibu.organizations.graph import GRAPH as ORGANIZATIONS
from zhibu.parameters.graph import GRAPH as PARAMETERS
from zhibu.procedures.graph import GRAPH as PROCEDURES
from zhibu.tenants.graph import GRAPH as TENANTS

GRAPH = joined(
    TENANTS,
    ORGANIZATIONS,
    MEMBERS,
    ACCOUNTS,
    PARAMETERS,
    PROCEDURES,
    CORRECTIONS,
    LEDGER,
    ATTACHMENTS,
    JOBS,
    EXCHANGE,
    ROLL_UPS,
    DEADLINES,
    NODE,
)
