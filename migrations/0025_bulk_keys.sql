-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Bulk runs that the service is asked for have keys as well: the answer that is kept names the run.
-- The old rule is the narrower one, so nothing has to be looked at again.
ALTER TABLE worker_dashboard.request_key
  DROP CONSTRAINT IF EXISTS request_key_operation_check,
  ADD CONSTRAINT request_key_operation_check
    CHECK (operation IN ('dispatch', 'retry', 'set-flags', 'bulk'));
-- statement
COMMENT ON COLUMN worker_dashboard.request_key.answer IS 'the row of job_logs or user_wallets as the transaction of this entry left it; of a bulk run its id';
