-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the service made of flags: for each flag of a wallet the last job that was made for it,
-- written in the transaction that promises that job. So a service that died, or another one, knows.
CREATE TABLE IF NOT EXISTS worker_dashboard.flag_served (
  address text NOT NULL,
  flag text NOT NULL CHECK (flag IN ('needs_gas', 'needs_consolidation')),
  job_log_id uuid NOT NULL,
  since timestamptz,
  served_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  day date NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  stopped_at timestamptz,
  PRIMARY KEY (address, flag)
);
COMMENT ON COLUMN worker_dashboard.flag_served.since IS
  'wallet_flag.since when the job was made: another one now means that the flag was cleared since';
COMMENT ON COLUMN worker_dashboard.flag_served.ended_at IS
  'when the job was seen to have ended, by the clock of this database';
COMMENT ON COLUMN worker_dashboard.flag_served.n IS 'jobs made for the flag on that day (UTC)';
COMMENT ON COLUMN worker_dashboard.flag_served.stopped_at IS
  'when another job was due and the day''s were used up: the flag is not cleared by its jobs';
-- statement
-- How many were made in the last minute, and which are stopped.
CREATE INDEX IF NOT EXISTS flag_served_recent ON worker_dashboard.flag_served (flag, served_at);
-- statement
CREATE INDEX IF NOT EXISTS flag_served_stopped ON worker_dashboard.flag_served (address) WHERE stopped_at IS NOT NULL;
-- statement
SELECT worker_dashboard.close_schema();
