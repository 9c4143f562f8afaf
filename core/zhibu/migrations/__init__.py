"""The core's own history, and every table it is about."""

from pathlib import Path

from zhibu.accounts import tables as accounts
from zhibu.contributions import Migrations
from zhibu.due import tables as due
from zhibu.events import tables as events
from zhibu.figures import tables as figures
from zhibu.jobs import tables as jobs
from zhibu.members import tables as members
from zhibu.organizations import tables as organizations
from zhibu.parameters import tables as parameters
from zhibu.procedures import tables as procedures
from zhibu.storage.tables import Base
from zhibu.tenants import tables as tenants

TABLES = (
    tenants,
    organizations,
    members,
    accounts,
    events,
    parameters,
    figures,
    jobs,
    procedures,
    due,
)

CORE = Migrations(folder=Path(__file__).parent, metadata=Base.metadata)
