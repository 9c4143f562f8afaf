"""The two roles of a PostgreSQL database: one owns the tables, one works with the rows."""

from collections.abc import Sequence

from zhibu.storage.homes.patience import STATEMENT


def statements(database: str, *, owner: str = "zhibu_owner", app: str = "zhibu_app") -> list[str]:
    """What a server's administrator runs once, connected to `database`, before the first migration.

    Both roles are made without a password; give them one, or let the server know them otherwise.
    """
    return [
        *_create(owner),
        *_create(app),
        f"ALTER ROLE {_quoted(app)} SET timezone = 'UTC'",
        f"ALTER ROLE {_quoted(app)} SET statement_timeout = '{STATEMENT:.0f}s'",
        # Long statements over few rows look worth compiling: a quarter second for a millisecond.
        f"ALTER ROLE {_quoted(app)} SET jit = off",
        f"ALTER DATABASE {_quoted(database)} OWNER TO {_quoted(owner)}",
        f"REVOKE ALL ON DATABASE {_quoted(database)} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {_quoted(app)}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {_quoted(app)}",
    ]


def _create(role: str) -> Sequence[str]:
    attributes = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
    literal = role.replace("'", "''")
    return [
        f"DO $$ BEGIN IF to_regrole('{_quoted(literal)}') IS NULL THEN "
        f"CREATE ROLE {_quoted(role)}; END IF; END $$",
        f"ALTER ROLE {_quoted(role)} {attributes}",
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
