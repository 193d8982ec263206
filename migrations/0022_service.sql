-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the service needs: who may ask it, and what it was asked to do and did, so that an answer
-- that got lost can be given again instead of a second job. A name is never given twice: the audit
-- trail says who by it.
CREATE TABLE IF NOT EXISTS worker_dashboard.api_token (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  hash text NOT NULL UNIQUE CHECK (hash ~ '^[0-9a-f]{64}$'),
  role text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text,
  revoked_at timestamptz
);
COMMENT ON COLUMN worker_dashboard.api_token.hash IS 'SHA-256 of the token, which is kept nowhere';
-- statement
-- No foreign key: a site's retention may delete the job's row at any time.
CREATE TABLE IF NOT EXISTS worker_dashboard.request_key (
  key text PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 255),
  hash text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('dispatch', 'retry', 'set-flags')),
  asked_by text,
  job_log_id uuid,
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN worker_dashboard.request_key.hash IS 'SHA-256 of what was asked: the same key with another request is refused';
COMMENT ON COLUMN worker_dashboard.request_key.answer IS 'the row of job_logs or user_wallets as the transaction of this entry left it';
-- statement
CREATE INDEX IF NOT EXISTS request_key_created ON worker_dashboard.request_key (created_at);
-- statement
SELECT worker_dashboard.close_schema();
