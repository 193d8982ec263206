-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The dashboard's own schema: ledger, settings, outbox, audit trail. An outbox that anyone can
-- write is an order to pay, so nobody but its owner and whom the owner grants it may enter.
--
-- The guard is not IF NOT EXISTS: that asks for CREATE on the database even when the schema is
-- there.
DO $body$
BEGIN
  IF to_regnamespace('worker_dashboard') IS NULL THEN
    CREATE SCHEMA worker_dashboard;
  END IF;
END
$body$;
-- statement
-- Takes everything in the schema away from those who must not have it. Called at the end of every
-- file that makes something: a site's default privileges may have granted it, and functions are
-- PUBLIC's by default.
CREATE OR REPLACE FUNCTION worker_dashboard.close_schema() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
DECLARE
  visitor text;
BEGIN
  FOR visitor IN
    SELECT 'PUBLIC'
    UNION ALL
    SELECT quote_ident(rolname) FROM pg_roles WHERE rolname IN ('anon', 'authenticated')
  LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA worker_dashboard FROM %s', visitor);
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA worker_dashboard FROM %s', visitor);
    EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA worker_dashboard FROM %s', visitor);
    EXECUTE format('REVOKE ALL ON ALL ROUTINES IN SCHEMA worker_dashboard FROM %s', visitor);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA worker_dashboard REVOKE ALL ON TABLES FROM %s', visitor);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA worker_dashboard REVOKE ALL ON SEQUENCES FROM %s', visitor);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA worker_dashboard REVOKE ALL ON ROUTINES FROM %s', visitor);
  END LOOP;
END
$body$;
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.migration (
  name text PRIMARY KEY,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  applied_by text NOT NULL DEFAULT current_user
);
-- statement
-- Facts of this database rather than of a connection. delivery: how its workers get their jobs.
CREATE TABLE IF NOT EXISTS worker_dashboard.setting (
  key text PRIMARY KEY,
  value text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL DEFAULT current_user,
  CONSTRAINT setting_delivery CHECK (key <> 'delivery' OR value IN ('bullmq', 'poll'))
);
-- statement
-- What was decided here and may not have reached its queue yet. No foreign key: a site's retention
-- may delete the job's row at any time, and must not be stopped by this table.
CREATE TABLE IF NOT EXISTS worker_dashboard.outbox (
  id uuid PRIMARY KEY,
  job_log_id uuid NOT NULL,
  job_id text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('dispatch', 'retry')),
  job_type text NOT NULL,
  queue text NOT NULL,
  prefix text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  previous jsonb,
  sites text[] NOT NULL DEFAULT '{}',
  attempts integer NOT NULL DEFAULT 0,
  last_attempt_at timestamptz,
  last_error text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN worker_dashboard.outbox.options IS 'BullMQ job name, priority, attempts, backoff; of a retry: reset';
COMMENT ON COLUMN worker_dashboard.outbox.previous IS 'of a retry: what the row of job_logs said before';
COMMENT ON COLUMN worker_dashboard.outbox.sites IS 'identity of every Redis an attempt was meant for, committed before the attempt';
-- statement
CREATE INDEX IF NOT EXISTS outbox_created ON worker_dashboard.outbox (created_at, id);
-- statement
CREATE INDEX IF NOT EXISTS outbox_job_log ON worker_dashboard.outbox (job_log_id);
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  os_user text,
  host text,
  db_role text NOT NULL DEFAULT current_user,
  client text,
  action text NOT NULL,
  target_type text,
  target_id text,
  before jsonb,
  after jsonb
);
-- statement
CREATE INDEX IF NOT EXISTS audit_target ON worker_dashboard.audit (target_type, target_id, id);
-- statement
SELECT worker_dashboard.close_schema();
