-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- One more index of job_logs, made while the workers write: jobs of one type in one status, newest
-- first. Without it a type that is hardly ever in that status, or never, makes the server look through
-- all jobs of the status: seconds among ten million rows, a millisecond with it. A trigger needs no
-- index of its own beside these two words. What a cancelled run left behind is invalid and goes first.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.job_logs') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_pair ON public.job_logs (status, job_type, created_at, id);
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
