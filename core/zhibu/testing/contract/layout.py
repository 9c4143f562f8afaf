"""What a plugin is made of: its files, who may import whom, and which file may know what machine.

Read `MAY_IMPORT` upwards: nothing imports what is below it.
"""

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "actions": set(),
    "public": {"errors"},
    "rules": {"errors", "public"},
    "tables": {"public", "rules"},
    "reads": {"public", "rules", "tables"},
    "store": {"errors", "public", "rules", "tables"},
    "service": {"actions", "errors", "public", "rules", "store"},
    "deadlines": {"actions", "public", "rules", "store"},
    "sheets": {"actions", "errors", "public", "rules", "service", "store"},
    "asking": {"errors", "public", "rules", "service"},
    "graph": {"actions", "errors", "public", "rules", "reads", "service"},
}
# The table of contents may name them all.
MAY_IMPORT["plugin"] = set(MAY_IMPORT)

# What siblings may know: what it says, and what it answers.
TO_SIBLINGS = {"public", "asking"}

# Machines that not every file may know; a file not named here knows none of them.
MACHINES = {
    "alembic",
    "casbin",
    "graphql",
    "pluggy",
    "sqlalchemy",
    "starlette",
    "strawberry",
    "uvicorn",
}
MAY_USE: dict[str, set[str]] = {
    "tables": {"sqlalchemy"},
    "reads": {"sqlalchemy"},
    "store": {"sqlalchemy"},
    "service": {"sqlalchemy"},
    "graph": {"strawberry"},
}
# A service speaks of the session it was handed, and of nothing else of the database.
OF_SQLALCHEMY_IN_SERVICE = {("sqlalchemy.ext.asyncio", "AsyncSession")}

# Rules are values in, values out. Of the core they know only what is as pure as they are.
PURE_CORE = {"zhibu.errors", "zhibu.basis", "zhibu.calendar", "zhibu.identifiers", "zhibu.lots"}
IMPURE = {
    "asyncio",
    "importlib",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "urllib",
}
CLOCKS = {"now", "today", "utcnow"}

# The core's own machinery: whoever runs the platform imports these, a plugin never does.
CLOSED_CORE = (
    "zhibu.app",
    "zhibu.cli",
    "zhibu.core",
    "zhibu.graph.answering",
    "zhibu.graph.compose",
    "zhibu.graph.endpoint",
    "zhibu.platform",
    "zhibu.rounds",
    "zhibu.plugins",
    "zhibu.settings",
    "zhibu.storage.homes",
    "zhibu.storage.migrate",
    "zhibu.testing",
)
# How the core runs statements: for whoever may write them.
STATING_CORE = {"zhibu.storage.fixed", "zhibu.storage.among"}
STATEMENTS = {"delete", "exists", "insert", "select", "text", "union", "update"}
MAY_STATE = {"reads", "store"}
SESSION_ENDS = {"commit", "rollback", "close", "invalidate"}
SESSION_MAKERS = {
    "AsyncSession",
    "Session",
    "async_sessionmaker",
    "create_async_engine",
    "create_engine",
    "sessionmaker",
}
SESSION_ASKED = {"add", "add_all", "execute", "merge", "scalar", "scalars", "stream"}

MIGRATION_MAY_KNOW = {"alembic", "sqlalchemy"}
MIGRATION_CORE = {"zhibu.storage.rls", "zhibu.storage"}
