-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
-- optional: Search by id, wallet and error text among millions of jobs in a fraction of a second
--
-- An index of what jobs are searched by: three letters in a row of the id, the job id, the wallet and
-- the error. It is large and every write of a worker pays for it, so it is made only when asked for;
-- without it a search reads the jobs from the newest to the oldest. It needs the extension pg_trgm, which
-- comes with PostgreSQL and which the owner of a database may create. Made while the workers write; what
-- a cancelled run left behind is invalid and goes first.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    RETURN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    RAISE EXCEPTION USING errcode = 'feature_not_supported',
      message = 'this server has no extension pg_trgm, which the search index needs: install '
                'PostgreSQL''s contrib package on it, or go on without the index';
  END IF;
  IF NOT has_database_privilege(current_database(), 'CREATE')
     OR NOT EXISTS (SELECT FROM pg_available_extension_versions AS v
                    WHERE v.name = 'pg_trgm' AND (v.trusted OR NOT v.superuser
                      OR (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user))) THEN
    RAISE EXCEPTION USING errcode = 'insufficient_privilege',
      message = format('the role %I may not create the extension pg_trgm, which the search index needs: '
                       'have the database''s owner run CREATE EXTENSION pg_trgm (at Supabase: Database, '
                       'Extensions, pg_trgm), then apply this again', current_user);
  END IF;
END
$$;
-- statement
SELECT format('CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA %I',
              CASE WHEN to_regnamespace('extensions') IS NOT NULL THEN 'extensions' ELSE 'public' END)
WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')
\gexec
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.job_logs') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
SELECT format('CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_search ON public.job_logs USING gin (%s)',
              string_agg(format('%s %I.gin_trgm_ops', s.expression, n.nspname), ', ' ORDER BY s.place))
FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
  CROSS JOIN (VALUES (1, 'id', '(id::text)'), (2, 'job_id', 'job_id'),
                     (3, 'wallet_address', 'wallet_address'), (4, 'error_message', 'error_message'))
    AS s (place, name, expression)
WHERE e.extname = 'pg_trgm' AND worker_dashboard.has_column('public.job_logs', s.name)
\gexec
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
