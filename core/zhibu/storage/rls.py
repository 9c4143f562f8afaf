"""Row-level security: the wall between tenants on PostgreSQL, for migrations and for checks."""

from collections.abc import Sequence
from typing import Any

from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, Operations
from sqlalchemy import Connection, text

POLICY = "tenant_isolation"

# A plain expression: distributed servers refuse sub-selects here. After a SET LOCAL has ended the
# variable reads '', not NULL, hence nullif.
PREDICATE = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid"

_ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")


def secure(op: Operations | Any, *tables: str, may: Sequence[str] = _ALL) -> None:
    """Wall in tenant-owned tables and let the application do `may` with them.

    For migrations, right after `create_table`. Does nothing on SQLite, where each tenant has a
    file. A table that is only ever added to is given `may=("SELECT", "INSERT")`.
    """
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        op.execute(
            f'CREATE POLICY {POLICY} ON "{table}" USING ({PREDICATE}) WITH CHECK ({PREDICATE})'
        )
    share(op, *tables, may=may)


def share(op: Operations | Any, *tables: str, may: Sequence[str] = _ALL) -> None:
    """Let the application use tables that belong to no tenant: control and reference tables."""
    if op.get_bind().dialect.name != "postgresql":
        return
    role = op.get_context().opts["app_role"]
    for table in tables:
        op.execute(f'GRANT {", ".join(may)} ON "{table}" TO "{role}"')


class GrantTable(MigrateOperation):
    """What autogenerate writes after a new table: `secure`, or `share` where there is no tenant."""

    def __init__(self, table: str, *, owned: bool) -> None:
        self.call = f"rls.{'secure' if owned else 'share'}(op, {table!r})"


@renderers.dispatch_for(GrantTable)
def _render(context: Any, operation: GrantTable) -> str:
    return operation.call


# Everything that could let one tenant see another's rows. Must be empty.
GAPS = text(r"""
SELECT format('%s: tenant_id without forced row-level security', c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'p')
   AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
UNION ALL
SELECT format('%s: no policy of exactly the tenant', c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'p')
   AND (SELECT count(*) FROM pg_policies p
         WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.cmd = 'ALL'
           AND p.permissive = 'PERMISSIVE' AND p.roles = '{public}' AND p.qual = p.with_check
           AND p.qual = '(tenant_id = (NULLIF('
             || 'current_setting(''app.tenant_id''::text, true), ''''::text))::uuid)'
       ) <> 1
UNION ALL
SELECT format('%s: more than one policy', tablename) FROM pg_policies
 GROUP BY schemaname, tablename HAVING count(*) > 1
UNION ALL
SELECT format('%s: a view reads with the rights of its owner', c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.relkind IN ('v', 'm')
   AND NOT (c.relkind = 'v' AND 'security_invoker=true' = ANY (coalesce(c.reloptions, '{}')))
UNION ALL
SELECT format('%s: a function runs with the rights of its owner', p.proname)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosecdef
UNION ALL
SELECT format('%s: the application owns it', c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
   AND c.relowner = to_regrole(:app_role)
UNION ALL
SELECT format('%s: the application may lift row-level security', rolname) FROM pg_roles
 WHERE rolname = :app_role AND (rolsuper OR rolbypassrls)
UNION ALL
SELECT format('%s: the application may truncate or refer to it', table_name)
  FROM information_schema.role_table_grants
 WHERE grantee IN (:app_role, 'PUBLIC') AND privilege_type IN ('TRUNCATE', 'TRIGGER')
   AND table_schema NOT IN ('pg_catalog', 'information_schema')
UNION ALL
SELECT format('%s: a sequence counts for every tenant', c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(:app_role, c.oid, 'USAGE, SELECT') END
UNION ALL
SELECT format('%s: what it makes later is given away unseen', d.defaclrole::regrole)
  FROM pg_default_acl d
 WHERE EXISTS (SELECT FROM aclexplode(d.defaclacl) a
                WHERE a.grantee IN (0, to_regrole(:app_role)))
 ORDER BY 1
""")


def gaps(connection: Connection, *, app_role: str = "zhibu_app") -> list[str]:
    """What in this PostgreSQL database could let a tenant see another's rows; none in health."""
    return list(connection.scalars(GAPS, {"app_role": app_role}))
