"""Each plugin's tables have their own linear history, kept in their own version table.

The same revisions run on every database. A SQLite tenant's file therefore has the (empty) control
tables too, and the control file the (empty) tables of tenants: one history, one comparison.

Connections given to this module must not be in a transaction: each migration is one of its own.
"""

from zhibu.storage.migrate.histories import Histories
from zhibu.storage.migrate.running import NotInstalled, StillNeeded, downgrade, upgrade
from zhibu.storage.migrate.state import heads, orphans, pending, versions
from zhibu.storage.migrate.writing import drift, revision

__all__ = [
    "Histories",
    "NotInstalled",
    "StillNeeded",
    "downgrade",
    "drift",
    "heads",
    "orphans",
    "pending",
    "revision",
    "upgrade",
    "versions",
]
