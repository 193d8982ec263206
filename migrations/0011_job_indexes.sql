-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- Indexes of job_logs, made while the workers write. What a cancelled run left behind is invalid
-- and goes first. Waiting for old transactions is part of making them, so no timeout applies.
--
-- Lists are in a total order, the sorted column and then the id. Every index costs every write of a
-- worker: these are the filters of the job list, the duplicate guard of a dispatch, and the last
-- activity of a worker.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.job_logs') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_created ON public.job_logs (created_at, id);
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_status ON public.job_logs (status, created_at, id);
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_type ON public.job_logs (job_type, created_at, id);
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_wallet ON public.job_logs (wallet_address, created_at, id);
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_under_way ON public.job_logs (job_type, wallet_address)
  WHERE status IN ('pending', 'active', 'processing', 'retrying');
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_finished ON public.job_logs (job_type, completed_at)
  WHERE completed_at IS NOT NULL;
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
