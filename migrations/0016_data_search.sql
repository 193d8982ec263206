-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
-- optional: Filter millions of jobs by a text in their data (data.…:~"…") in a fraction of a second
--
-- The same index as of 0015_job_search for the text of the jobs' data. Data may be long, and every letter
-- of it is indexed: look at the size first. Made while the workers write; what a cancelled run left behind
-- is invalid and goes first.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    RAISE EXCEPTION USING errcode = 'object_not_in_prerequisite_state',
      message = 'the index of data needs the extension pg_trgm: apply 0015_job_search first, which makes it';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = to_regclass('public.job_logs')
                 AND a.attname = 'data' AND a.atttypid = 'jsonb'::regtype) THEN
    RAISE EXCEPTION USING errcode = 'feature_not_supported',
      message = 'the jobs'' data is not jsonb in this database, so its text cannot be indexed: go on without';
  END IF;
END
$$;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.job_logs') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
SELECT format('CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_data ON public.job_logs'
              ' USING gin ((data::text) %I.gin_trgm_ops)', n.nspname)
FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'pg_trgm'
\gexec
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
