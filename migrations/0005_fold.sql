-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Moves at most so many deltas of each table into the counts and returns how many it moved; 0 also
-- while someone else is at it. Whoever is connected calls it now and then, in a read committed
-- transaction of its own.
CREATE OR REPLACE FUNCTION worker_dashboard.fold_counts(most integer DEFAULT 10000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, worker_dashboard, pg_temp AS $body$
DECLARE
  moved_jobs integer;
  moved_wallets integer;
  empty_jobs job_count[];
  empty_outcomes outcome_count[];
  empty_durations duration_count[];
BEGIN
  IF NOT pg_try_advisory_xact_lock(7383111826402711) THEN
    RETURN 0;
  END IF;

  WITH moved AS (
    DELETE FROM job_delta WHERE ctid = ANY (ARRAY(SELECT ctid FROM job_delta LIMIT most)) RETURNING *
  ), counted AS (
    INSERT INTO job_count AS c
    SELECT step.span, step.since, m.job_type, m.status, m.triggered_by, sum(m.n)
    FROM moved AS m
    CROSS JOIN LATERAL (VALUES (15::smallint, m.created), (1440, date_trunc('day', m.created, 'UTC')),
                               (0, '-infinity')) AS step (span, since)
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(m.n) <> 0
    ON CONFLICT (span, since, job_type, status, triggered_by) DO UPDATE SET n = c.n + excluded.n
    RETURNING c AS cell
  ), concluded AS (
    INSERT INTO outcome_count AS c
    SELECT step.span, step.since, m.job_type, m.status, sum(m.n)
    FROM moved AS m
    CROSS JOIN LATERAL (VALUES (15::smallint, m.finished), (1440, date_trunc('day', m.finished, 'UTC')),
                               (0, '-infinity')) AS step (span, since)
    WHERE m.finished IS NOT NULL
    GROUP BY 1, 2, 3, 4 HAVING sum(m.n) <> 0
    ON CONFLICT (span, since, job_type, outcome) DO UPDATE SET n = c.n + excluded.n
    RETURNING c AS cell
  ), timed AS (
    INSERT INTO duration_count AS c
    SELECT step.span, step.since, m.job_type, m.status, t.measure, t.bucket, sum(m.n)
    FROM moved AS m
    CROSS JOIN LATERAL (VALUES (15::smallint, m.finished), (1440, date_trunc('day', m.finished, 'UTC')))
      AS step (span, since)
    CROSS JOIN LATERAL (VALUES ('wait', m.wait), ('run', m.run)) AS t (measure, bucket)
    WHERE m.finished IS NOT NULL AND t.bucket IS NOT NULL
      AND (step.span <> 15 OR step.since >= duration_horizon())
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(m.n) <> 0
    ON CONFLICT (span, since, job_type, outcome, measure, bucket) DO UPDATE SET n = c.n + excluded.n
    RETURNING c AS cell
  )
  SELECT (SELECT count(*) FROM moved),
         (SELECT array_agg(cell) FROM counted WHERE (cell).n = 0),
         (SELECT array_agg(cell) FROM concluded WHERE (cell).n = 0),
         (SELECT array_agg(cell) FROM timed WHERE (cell).n = 0)
  INTO moved_jobs, empty_jobs, empty_outcomes, empty_durations;

  DELETE FROM job_count AS c USING unnest(empty_jobs) AS e
  WHERE c.n = 0 AND (c.span, c.since, c.job_type, c.status, c.triggered_by)
                  = (e.span, e.since, e.job_type, e.status, e.triggered_by);
  DELETE FROM outcome_count AS c USING unnest(empty_outcomes) AS e
  WHERE c.n = 0 AND (c.span, c.since, c.job_type, c.outcome) = (e.span, e.since, e.job_type, e.outcome);
  DELETE FROM duration_count AS c USING unnest(empty_durations) AS e
  WHERE c.n = 0 AND (c.span, c.since, c.job_type, c.outcome, c.measure, c.bucket)
                  = (e.span, e.since, e.job_type, e.outcome, e.measure, e.bucket);
  DELETE FROM duration_count WHERE span = 15 AND since < duration_horizon();

  WITH moved AS (
    DELETE FROM wallet_delta WHERE ctid = ANY (ARRAY(SELECT ctid FROM wallet_delta LIMIT most)) RETURNING *
  ), counted AS (
    INSERT INTO wallet_count AS c
    SELECT network, needs_gas, needs_consolidation, sum(n) FROM moved
    GROUP BY 1, 2, 3 HAVING sum(n) <> 0
    ON CONFLICT (network, coalesce(needs_gas::text, ''), coalesce(needs_consolidation::text, ''))
      DO UPDATE SET n = c.n + excluded.n
  )
  SELECT count(*) INTO moved_wallets FROM moved;

  IF moved_jobs + moved_wallets > 0 THEN
    UPDATE folded SET jobs = jobs + moved_jobs, wallets = wallets + moved_wallets;
  END IF;
  RETURN moved_jobs + moved_wallets;
END
$body$;
-- statement
SELECT worker_dashboard.close_schema();
