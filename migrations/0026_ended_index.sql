-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- One more index of job_logs, made while the workers write: the jobs of a type for a wallet that have
-- ended without doing their work. A retry asks the queues of them, since BullMQ may be about to try one
-- once more; without it all jobs that a wallet ever had would be looked through. What completes at
-- once never enters it. What a cancelled run left behind is invalid and goes first.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.job_logs') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_job_logs_ended ON public.job_logs (job_type, wallet_address)
  WHERE status NOT IN ('pending', 'active', 'processing', 'retrying', 'completed');
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
