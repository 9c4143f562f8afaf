-- What PostGraphile is given beyond the product's tables: the usual functions that extend its
-- schema. They run with the caller's rights, so row-level security holds in them.

CREATE FUNCTION members_below(organization uuid) RETURNS SETOF core_member
LANGUAGE sql STABLE AS $$
  SELECT m.* FROM core_member m
   WHERE m.stage <> 'left'
     AND m.path >= (SELECT o.path FROM core_organization o WHERE o.id = organization)
     AND m.path < (SELECT substr(o.path, 1, length(o.path) - 1) || '/'
                     FROM core_organization o WHERE o.id = organization)
$$;

CREATE FUNCTION organizations_below(organization uuid) RETURNS SETOF core_organization
LANGUAGE sql STABLE AS $$
  SELECT c.* FROM core_organization c
   WHERE c.ended_on IS NULL
     AND c.path >= (SELECT o.path FROM core_organization o WHERE o.id = organization)
     AND c.path < (SELECT substr(o.path, 1, length(o.path) - 1) || '/'
                     FROM core_organization o WHERE o.id = organization)
$$;

CREATE FUNCTION core_organization_member_count(o core_organization) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM core_member m
   WHERE m.tenant_id = o.tenant_id AND m.stage <> 'left'
     AND m.path >= o.path AND m.path < substr(o.path, 1, length(o.path) - 1) || '/'
$$;

CREATE FUNCTION core_organization_kept_member_count(o core_organization) RETURNS bigint
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(f.value), 0)::bigint FROM core_figure f
   WHERE f.tenant_id = o.tenant_id AND f.name = 'core.members'
     AND f.path >= o.path AND f.path < substr(o.path, 1, length(o.path) - 1) || '/'
$$;

CREATE TYPE dashboard AS (
  members bigint, full_members bigint, probationary bigint, branches bigint, hours bigint, met bigint
);

CREATE FUNCTION dashboard_of(organization uuid, year int) RETURNS dashboard
LANGUAGE sql STABLE AS $$
  WITH top AS MATERIALIZED (
    SELECT o.path AS first, substr(o.path, 1, length(o.path) - 1) || '/' AS last
      FROM core_organization o WHERE o.id = organization
  ), member AS (
    SELECT count(*) AS members,
           count(*) FILTER (WHERE m.stage = 'full') AS full_members,
           count(*) FILTER (WHERE m.stage = 'probationary') AS probationary,
           coalesce(sum(s.verified), 0)::bigint AS hours,
           count(*) FILTER (WHERE s.required > 0 AND s.verified >= s.required) AS met
      FROM top, core_member m
      LEFT JOIN education_standing s
        ON s.tenant_id = m.tenant_id AND s.member_id = m.id AND s.year = dashboard_of.year
     WHERE m.stage <> 'left' AND m.path >= top.first AND m.path < top.last
  )
  SELECT members, full_members, probationary,
         (SELECT count(*) FROM top, core_organization b
           WHERE b.kind = 'branch' AND b.ended_on IS NULL
             AND b.path >= top.first AND b.path < top.last),
         hours, met
    FROM member
$$;

COMMENT ON FUNCTION members_below(uuid) IS '@behavior +order +orderBy +resource:connection:backwards';
COMMENT ON FUNCTION organizations_below(uuid) IS '@behavior +order +orderBy +resource:connection:backwards';
