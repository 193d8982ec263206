-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Bulk work on wallets beside that on failed jobs, and counters, so that nobody counts items to say
-- how far a run is. Items are found by their place in the run and by nothing else.
ALTER TABLE worker_dashboard.bulk_run
  ADD COLUMN IF NOT EXISTS done bigint NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS refused bigint NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS counts jsonb,
  ADD COLUMN IF NOT EXISTS forecast jsonb,
  ADD COLUMN IF NOT EXISTS started_at timestamptz,
  ADD COLUMN IF NOT EXISTS settled_before bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT IF EXISTS bulk_run_operation_check,
  DROP CONSTRAINT IF EXISTS bulk_run_state_check;
-- statement
ALTER TABLE worker_dashboard.bulk_run
  ADD CONSTRAINT bulk_run_operation_check CHECK (operation IN ('retry', 'dispatch', 'set-flags')),
  ADD CONSTRAINT bulk_run_state_check
    CHECK (state IN ('frozen', 'running', 'paused', 'done', 'discarded'));
-- statement
COMMENT ON COLUMN worker_dashboard.bulk_run.options IS 'of a retry: reset; of a dispatch: job_type, user_id, priority, force; of flags: needs_gas, needs_consolidation';
COMMENT ON COLUMN worker_dashboard.bulk_run.counts IS 'of the frozen items: [{"job_type", "network", "n"}]';
COMMENT ON COLUMN worker_dashboard.bulk_run.forecast IS 'what was known to be refused when it was frozen: [{"reason", "n"}]';
COMMENT ON COLUMN worker_dashboard.bulk_run.started_at IS 'when its owner began; settled_before: how many items were done or refused then';
-- statement
ALTER TABLE worker_dashboard.bulk_item
  ALTER COLUMN job_log_id DROP NOT NULL,
  ADD COLUMN IF NOT EXISTS wallet_address text,
  ADD COLUMN IF NOT EXISTS network text,
  ADD COLUMN IF NOT EXISTS flags text,
  ADD COLUMN IF NOT EXISTS forecast text;
-- statement
COMMENT ON COLUMN worker_dashboard.bulk_item.job_log_id IS 'the row to retry, or the row that a dispatch wrote';
COMMENT ON COLUMN worker_dashboard.bulk_item.flags IS 'of the wallet when it was frozen, as far as they matter: t, f or - for each';
COMMENT ON COLUMN worker_dashboard.bulk_item.forecast IS 'why it was known to be refused when it was frozen';
-- statement
-- Runs of the version before: what is in their items. Once, since a run that is counted has some.
UPDATE worker_dashboard.bulk_run AS r SET done = i.done, refused = i.refused
FROM (SELECT run_id, count(*) FILTER (WHERE result = 'done') AS done,
             count(*) FILTER (WHERE result = 'refused') AS refused
      FROM worker_dashboard.bulk_item GROUP BY run_id) AS i
WHERE r.id = i.run_id AND r.done = 0 AND r.refused = 0;
-- statement
DROP INDEX IF EXISTS worker_dashboard.bulk_item_job;
-- statement
DROP INDEX IF EXISTS worker_dashboard.bulk_item_open;
-- statement
CREATE INDEX IF NOT EXISTS bulk_item_refused ON worker_dashboard.bulk_item (run_id, n) WHERE result = 'refused';
-- statement
-- Which item a promise is for: where its queue refuses it after all, the item says so.
ALTER TABLE worker_dashboard.outbox
  ADD COLUMN IF NOT EXISTS bulk_run_id uuid,
  ADD COLUMN IF NOT EXISTS bulk_n bigint;
-- statement
SELECT worker_dashboard.close_schema();
