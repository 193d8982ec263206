-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What `worker-dashboard-server --record` needs: how far each queue's events are recorded, moved in
-- the transaction of the rows they became, and which rows were written by it last: a later word of
-- a worker is not overwritten.
CREATE TABLE IF NOT EXISTS worker_dashboard.recording (
  prefix text NOT NULL,
  queue text NOT NULL,
  site text,
  last_id text NOT NULL,
  n_read bigint,
  gap_from text,
  known_from timestamptz NOT NULL DEFAULT now(),
  holder uuid,
  heard_at timestamptz,
  PRIMARY KEY (prefix, queue)
);
COMMENT ON COLUMN worker_dashboard.recording.site IS 'which Redis: random text kept there, lost when it is flushed';
COMMENT ON COLUMN worker_dashboard.recording.last_id IS 'of the last event recorded';
COMMENT ON COLUMN worker_dashboard.recording.n_read IS 'events ever added up to that; null where Redis does not count them';
COMMENT ON COLUMN worker_dashboard.recording.gap_from IS 'events after this one were lost, and the rows were not compared with the queue yet';
COMMENT ON COLUMN worker_dashboard.recording.known_from IS 'who wrote a row after this is known by recording_mark';
COMMENT ON COLUMN worker_dashboard.recording.holder IS 'the instance that records; others stand by while heard_at is fresh';
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.recording_mark (
  prefix text NOT NULL,
  queue text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (prefix, queue, at)
);
COMMENT ON TABLE worker_dashboard.recording_mark IS
  'transactions that recorded: a row of job_logs whose updated_at is one of these times was last written by recording';
-- statement
SELECT worker_dashboard.close_schema();
