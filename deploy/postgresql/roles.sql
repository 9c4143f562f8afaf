-- psql -v ON_ERROR_STOP=1 -d zhibu -f roles.sql, as a superuser, once, before `zhibu init`.
-- The program says the same; a test compares them. Passwords: \password zhibu_app, and so on.

DO $$ BEGIN IF to_regrole('"zhibu_owner"') IS NULL THEN CREATE ROLE "zhibu_owner"; END IF; END $$;
ALTER ROLE "zhibu_owner" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
DO $$ BEGIN IF to_regrole('"zhibu_app"') IS NULL THEN CREATE ROLE "zhibu_app"; END IF; END $$;
ALTER ROLE "zhibu_app" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE "zhibu_app" SET timezone = 'UTC';
ALTER ROLE "zhibu_app" SET statement_timeout = '5s';
ALTER ROLE "zhibu_app" SET jit = off;
ALTER DATABASE "zhibu" OWNER TO "zhibu_owner";
REVOKE ALL ON DATABASE "zhibu" FROM PUBLIC;
GRANT CONNECT ON DATABASE "zhibu" TO "zhibu_app";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO "zhibu_app";

-- Backups read every institution's rows, which neither of the two above may.
DO $$ BEGIN IF to_regrole('zhibu_backup') IS NULL THEN CREATE ROLE zhibu_backup; END IF; END $$;
ALTER ROLE zhibu_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION;
GRANT pg_read_all_data TO zhibu_backup;
GRANT CONNECT ON DATABASE "zhibu" TO zhibu_backup;
