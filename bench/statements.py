"""The SQL that fills the measured world, a whole tenant at a time."""

BEFORE = (
    "CREATE TEMP TABLE bench_name (n int PRIMARY KEY, name text, sort_name text)",
    "CREATE TEMP TABLE bench_branch (n int PRIMARY KEY, id uuid, path text)",
    """CREATE FUNCTION pg_temp.seeded(first bigint, n bigint, words text) RETURNS uuid
       LANGUAGE sql IMMUTABLE AS $$
         SELECT (lpad(to_hex(first + n), 12, '0') || '7' || substr(md5(words), 1, 3)
                 || '8' || substr(md5(words), 4, 15))::uuid $$""",
)

ORGANIZATION = (
    "tenant_id",
    "id",
    "parent_id",
    "path",
    "code",
    "name",
    "kind",
    "approves_probationary",
    "founded_on",
    "version",
)
PERIOD = (
    "tenant_id",
    "id",
    "organization_id",
    "since",
    "name",
    "kind",
    "parent_id",
    "path",
    "change",
)

# One in a hundred has left, two are probationary; neighbours in a branch lie far apart on disk.
_MEMBERS = """
INSERT INTO core_member
  (tenant_id, id, organization_id, path, name, sort_name, gender, birth_date, nation, education,
   kind, stage, admitted_on, full_on, departure, left_on, identity_sealed, identity_index,
   identity_masked, phone_sealed, phone_masked, version, created_at)
SELECT %(tenant)s::uuid, pg_temp.seeded(%(first)s, i, 'member:' || %(tenant)s::text || i),
       b.id, b.path, k.name, k.sort_name,
       CASE WHEN i %% 5 < 3 THEN 'male' ELSE 'female' END,
       date '1950-01-01' + (i * 7919 %% 19000),
       CASE WHEN i %% 12 = 0 THEN '回族' ELSE '汉族' END, '本科',
       CASE WHEN i %% 4 = 0 THEN 'retired' ELSE 'in_service' END,
       CASE i %% 100 WHEN 0 THEN 'left' WHEN 1 THEN 'probationary' WHEN 2 THEN 'probationary'
            ELSE 'full' END,
       CASE WHEN i %% 100 IN (1, 2) THEN make_date(%(year)s - 1, 12, 1)
            ELSE date '1990-01-01' + (i * 31 %% 11000) END,
       CASE WHEN i %% 100 NOT IN (1, 2) THEN date '1991-01-01' + (i * 31 %% 11000) END,
       CASE WHEN i %% 100 = 0 THEN 'deceased' END,
       CASE WHEN i %% 100 = 0 THEN make_date(%(year)s - 1, 6, 1) END,
       decode(md5('i' || i) || md5('j' || i), 'hex'),
       decode(md5(%(tenant)s::text || i), 'hex'),
       '110101********' || lpad((i %% 10000)::text, 4, '0'),
       decode(md5('p' || i) || md5('q' || i), 'hex'),
       '138****' || lpad((i %% 10000)::text, 4, '0'), 1, now()
  FROM generate_series(0, %(members)s - 1) AS g(i)
  JOIN bench_branch b ON b.n = i %% %(branches)s
  JOIN bench_name k ON k.n = (i::bigint * 104729) %% %(names)s
 ORDER BY i
"""

_AFFILIATIONS = """
INSERT INTO core_affiliation (tenant_id, id, member_id, organization_id, since, until)
SELECT tenant_id, pg_temp.seeded(%(first)s, row_number() OVER (), 'affiliation:' || id), id,
       organization_id, admitted_on, left_on
  FROM core_member WHERE tenant_id = %(tenant)s
"""

_STAGES = """
INSERT INTO core_member_stage
  (tenant_id, id, member_id, stage, change, since, ends_on, decision, decided_on)
SELECT tenant_id, pg_temp.seeded(%(first)s, row_number() OVER (), 'stage:' || id), id, stage,
       'registered', coalesce(left_on, full_on, admitted_on),
       CASE WHEN stage = 'probationary' THEN admitted_on + 365 END, '支部大会决议', admitted_on
  FROM core_member WHERE tenant_id = %(tenant)s
"""

# One in twenty waits for verification; those who have left studied in the year before.
_CREDITS = """
INSERT INTO education_credit
  (tenant_id, id, member_id, year, earned_on, title, hours, counted, form, topic, origin, state,
   recorded_at, version)
SELECT m.tenant_id, pg_temp.seeded(%(first)s, c * %(members)s + m.n, 'credit:' || c || m.id), m.id,
       m.year, make_date(m.year, 1 + c * 2, 1 + (m.n %% 28)::int), '集中学习', h.hours, h.hours,
       'concentrated', 'theory', 'record',
       CASE WHEN (m.n * 7 + c * 3) %% 20 = 0 THEN 'pending' ELSE 'verified' END, now(), 1
  FROM (SELECT tenant_id, id, row_number() OVER (ORDER BY id) AS n,
               CASE WHEN stage = 'left' THEN %(year)s - 1 ELSE %(year)s END AS year
          FROM core_member WHERE tenant_id = %(tenant)s) m
 CROSS JOIN generate_series(0, %(credits)s - 1) AS c
 CROSS JOIN LATERAL (SELECT 400 + 200 * ((m.n * 7919 + c * 104729) %% 5) AS hours) h
"""

_STANDINGS = """
INSERT INTO education_standing
  (tenant_id, member_id, year, required, verified, pending, enrolled, ground)
SELECT m.tenant_id, m.id, %(year)s, 3200,
       coalesce(sum(c.counted) FILTER (WHERE c.state = 'verified'), 0),
       coalesce(sum(c.counted) FILTER (WHERE c.state = 'pending'), 0), 0, 'member'
  FROM core_member m
  LEFT JOIN education_credit c
    ON c.tenant_id = m.tenant_id AND c.member_id = m.id AND c.year = %(year)s
 WHERE m.tenant_id = %(tenant)s AND m.stage <> 'left'
 GROUP BY m.tenant_id, m.id
"""

RECORDS = (_MEMBERS, _AFFILIATIONS, _STAGES, _CREDITS, _STANDINGS)

TENANT = b"""INSERT INTO core_tenant (id, code, name, state, created_at)
             VALUES (%s, %s, %s, 'active', now())"""
PROFILE = b"""INSERT INTO core_profile (tenant_id, code, name, locale, zone, next_label)
              VALUES (%s, %s, %s, 'zh-CN', 'Asia/Shanghai', 100000)"""
SWITCH = b"""INSERT INTO core_plugin_switch
               (tenant_id, id, organization_id, plugin, enabled, changed_at)
             VALUES (%s, %s, %s, 'education', true, now())"""
ACCOUNT = b"""INSERT INTO core_account (tenant_id, id, login, name, created_at)
              VALUES (%s, %s, %s, %s, now())"""
ASSIGNMENT = b"""INSERT INTO core_role_assignment
                   (tenant_id, id, account_id, role, organization_id, since)
                 VALUES (%s, %s, %s, %s, %s, %s)"""
SESSION = b"""INSERT INTO core_session
                (tenant_id, id, account_id, digest, created_at, seen_at, expires_at)
              VALUES (%s, %s, %s, %s, now() - interval '1 minute', now(),
                      now() + interval '8 hours')"""
