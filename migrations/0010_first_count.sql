-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- Counts what was there before the triggers: some seconds for a million rows, which nobody has to
-- wait for. Counts that are right already stay as they are.
SET statement_timeout = 0;
-- statement
SELECT part, cells, off_by FROM worker_dashboard.recount();
-- statement
ANALYZE worker_dashboard.job_count, worker_dashboard.outcome_count, worker_dashboard.duration_count;
-- statement
RESET statement_timeout;
