-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Counts of the two tables, exact at any moment, without count(*) over millions of rows.
--
-- Triggers append to job_delta and wallet_delta what a statement changed: a cell (type, status,
-- ...) and by how much. Appending never waits for another worker. fold_counts() moves deltas into
-- the *_count tables a slice at a time. Readers use the views, which add up both; a fold moves
-- numbers within one transaction, so a reader never sees a change twice or not at all.
--
-- Times are kept in steps: span 15 is a quarter hour, 1440 a day (UTC), 0 all time, whose since is
-- -infinity; so is that of rows without a time. Every time zone's midnight is on a quarter hour. A
-- chart of a year reads days, a total reads span 0.
--
-- Durations are kept as histograms of steps by a factor of 1.1: bucket b holds 1.1^b to 1.1^(b+1)
-- milliseconds, so its middle, 1.1^(b+0.5), is wrong by at most 4.9 % (below a millisecond by more:
-- bucket 0 takes all that). Only buckets in use are stored. By the quarter hour they are kept for
-- eight days, by the day forever.
CREATE TABLE IF NOT EXISTS worker_dashboard.job_delta (
  job_type text NOT NULL,
  status text NOT NULL,
  triggered_by text NOT NULL,
  created timestamptz NOT NULL,
  finished timestamptz,
  wait smallint,
  run smallint,
  n bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
COMMENT ON COLUMN worker_dashboard.job_delta.created IS 'quarter hour of created_at';
COMMENT ON COLUMN worker_dashboard.job_delta.finished IS 'quarter hour of completed_at of completed, failed and cancelled jobs';
COMMENT ON COLUMN worker_dashboard.job_delta.wait IS 'bucket of the time from created to started';
COMMENT ON COLUMN worker_dashboard.job_delta.run IS 'bucket of the time from started to completed';
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.job_count (
  span smallint NOT NULL,
  since timestamptz NOT NULL,
  job_type text NOT NULL,
  status text NOT NULL,
  triggered_by text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (span, since, job_type, status, triggered_by)
) WITH (fillfactor = 80);
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.outcome_count (
  span smallint NOT NULL,
  since timestamptz NOT NULL,
  job_type text NOT NULL,
  outcome text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (span, since, job_type, outcome)
) WITH (fillfactor = 80);
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.duration_count (
  span smallint NOT NULL,
  since timestamptz NOT NULL,
  job_type text NOT NULL,
  outcome text NOT NULL,
  measure text NOT NULL CHECK (measure IN ('wait', 'run')),
  bucket smallint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (span, since, job_type, outcome, measure, bucket)
) WITH (fillfactor = 80);
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.wallet_delta (
  network text NOT NULL,
  needs_gas boolean,
  needs_consolidation boolean,
  n bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.wallet_count (
  network text NOT NULL,
  needs_gas boolean,
  needs_consolidation boolean,
  n bigint NOT NULL
) WITH (fillfactor = 80);
-- statement
-- Flags may be null, and a null is no key before PostgreSQL 15.
CREATE UNIQUE INDEX IF NOT EXISTS wallet_count_cell ON worker_dashboard.wallet_count
  (network, coalesce(needs_gas::text, ''), coalesce(needs_consolidation::text, ''));
-- statement
-- How many deltas were ever folded; one row.
CREATE TABLE IF NOT EXISTS worker_dashboard.folded (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  jobs bigint NOT NULL DEFAULT 0,
  wallets bigint NOT NULL DEFAULT 0
);
-- statement
INSERT INTO worker_dashboard.folded DEFAULT VALUES ON CONFLICT DO NOTHING;
-- statement
-- Two sequences serve as variables that are shared by all sessions, wait for nobody and do not roll
-- back. last_notify: the quarter second in which a NOTIFY was last sent. missed: how often a
-- trigger could not count.
CREATE SEQUENCE IF NOT EXISTS worker_dashboard.last_notify;
-- statement
CREATE SEQUENCE IF NOT EXISTS worker_dashboard.missed;
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.duration_horizon() RETURNS timestamptz
LANGUAGE sql STABLE AS $body$
  SELECT date_trunc('day', now(), 'UTC') - interval '8 days'
$body$;
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.bucket_seconds(bucket integer) RETURNS double precision
LANGUAGE sql IMMUTABLE AS $body$
  SELECT power(1.1::double precision, bucket + 0.5) / 1000
$body$;
-- statement
-- Jobs now, by type, status and trigger.
CREATE OR REPLACE VIEW worker_dashboard.job_totals AS
SELECT job_type, status, triggered_by, sum(n)::bigint AS n
FROM (
  SELECT job_type, status, triggered_by, n FROM worker_dashboard.job_count WHERE span = 0
  UNION ALL
  SELECT job_type, status, triggered_by, n FROM worker_dashboard.job_delta
) AS cell
GROUP BY job_type, status, triggered_by
HAVING sum(n) <> 0;
-- statement
-- The same by the time of creation. Ask for one span.
CREATE OR REPLACE VIEW worker_dashboard.jobs_created AS
SELECT span, since, job_type, status, triggered_by, sum(n)::bigint AS n
FROM (
  SELECT span, since, job_type, status, triggered_by, n FROM worker_dashboard.job_count
  UNION ALL
  SELECT 15::smallint, created, job_type, status, triggered_by, n FROM worker_dashboard.job_delta
  UNION ALL
  SELECT 1440::smallint, date_trunc('day', created, 'UTC'), job_type, status, triggered_by, n
  FROM worker_dashboard.job_delta
  UNION ALL
  SELECT 0::smallint, '-infinity'::timestamptz, job_type, status, triggered_by, n FROM worker_dashboard.job_delta
) AS cell
GROUP BY span, since, job_type, status, triggered_by
HAVING sum(n) <> 0;
-- statement
-- Completed, failed and cancelled jobs by the time of completion. Ask for one span.
CREATE OR REPLACE VIEW worker_dashboard.jobs_finished AS
SELECT span, since, job_type, outcome, sum(n)::bigint AS n
FROM (
  SELECT span, since, job_type, outcome, n FROM worker_dashboard.outcome_count
  UNION ALL
  SELECT 15::smallint, finished, job_type, status, n FROM worker_dashboard.job_delta WHERE finished IS NOT NULL
  UNION ALL
  SELECT 1440::smallint, date_trunc('day', finished, 'UTC'), job_type, status, n
  FROM worker_dashboard.job_delta WHERE finished IS NOT NULL
  UNION ALL
  SELECT 0::smallint, '-infinity'::timestamptz, job_type, status, n
  FROM worker_dashboard.job_delta WHERE finished IS NOT NULL
) AS cell
GROUP BY span, since, job_type, outcome
HAVING sum(n) <> 0;
-- statement
-- How long those waited and ran. Ask for one span, 15 or 1440.
CREATE OR REPLACE VIEW worker_dashboard.job_durations AS
SELECT span, since, job_type, outcome, measure, bucket, sum(n)::bigint AS n
FROM (
  SELECT span, since, job_type, outcome, measure, bucket, n FROM worker_dashboard.duration_count
  UNION ALL
  SELECT step.span, step.since, d.job_type, d.status, m.measure, m.bucket, d.n
  FROM worker_dashboard.job_delta AS d
  CROSS JOIN LATERAL (VALUES ('wait', d.wait), ('run', d.run)) AS m (measure, bucket)
  CROSS JOIN LATERAL (VALUES (15::smallint, d.finished), (1440::smallint, date_trunc('day', d.finished, 'UTC')))
    AS step (span, since)
  WHERE d.finished IS NOT NULL AND m.bucket IS NOT NULL
) AS cell
WHERE span <> 15 OR since >= worker_dashboard.duration_horizon()
GROUP BY span, since, job_type, outcome, measure, bucket
HAVING sum(n) <> 0;
-- statement
CREATE OR REPLACE VIEW worker_dashboard.wallet_totals AS
SELECT network, needs_gas, needs_consolidation, sum(n)::bigint AS n
FROM (
  SELECT network, needs_gas, needs_consolidation, n FROM worker_dashboard.wallet_count
  UNION ALL
  SELECT network, needs_gas, needs_consolidation, n FROM worker_dashboard.wallet_delta
) AS cell
GROUP BY network, needs_gas, needs_consolidation
HAVING sum(n) <> 0;
-- statement
-- Whether anything was counted since one last looked: both numbers only grow, and grow in the
-- transaction that makes the change. The ids of deltas could not tell this, for they become visible
-- out of order.
CREATE OR REPLACE VIEW worker_dashboard.changes AS
SELECT f.jobs + (SELECT count(*) FROM worker_dashboard.job_delta) AS jobs,
       f.wallets + (SELECT count(*) FROM worker_dashboard.wallet_delta) AS wallets
FROM worker_dashboard.folded AS f;
-- statement
SELECT worker_dashboard.close_schema();
