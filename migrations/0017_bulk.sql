-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Bulk work: what was decided for many jobs at once, frozen as they were then, and what became of
-- each. Whoever runs it is its owner while its heartbeat is young; then anybody may go on with it.
CREATE TABLE IF NOT EXISTS worker_dashboard.bulk_run (
  id uuid PRIMARY KEY,
  operation text NOT NULL CHECK (operation IN ('retry')),
  options jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'frozen' CHECK (state IN ('frozen', 'running', 'paused', 'done')),
  total bigint NOT NULL DEFAULT 0,
  owner uuid,
  heartbeat timestamptz,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text,
  db_role text NOT NULL DEFAULT current_user
);
COMMENT ON COLUMN worker_dashboard.bulk_run.options IS 'of a retry: reset';
-- statement
-- No foreign key to job_logs: a site's retention may delete a row at any time.
CREATE TABLE IF NOT EXISTS worker_dashboard.bulk_item (
  run_id uuid NOT NULL REFERENCES worker_dashboard.bulk_run (id) ON DELETE CASCADE,
  n bigint NOT NULL,
  job_log_id uuid NOT NULL,
  job_type text,
  status text,
  retry_count integer,
  max_retries integer,
  result text CHECK (result IN ('done', 'refused')),
  reason text,
  PRIMARY KEY (run_id, n)
);
COMMENT ON COLUMN worker_dashboard.bulk_item.result IS 'done: promised to its queue, in the transaction of the promise';
-- statement
CREATE UNIQUE INDEX IF NOT EXISTS bulk_item_job ON worker_dashboard.bulk_item (run_id, job_log_id);
-- statement
CREATE INDEX IF NOT EXISTS bulk_item_open ON worker_dashboard.bulk_item (run_id, n) WHERE result IS NULL;
-- statement
SELECT worker_dashboard.close_schema();
