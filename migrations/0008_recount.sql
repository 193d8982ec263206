-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Compares every count with the tables' rows, and mends it.
--
-- It takes no lock that a worker would notice, neither for the first count of a full table nor
-- later. A row and its delta are committed together, so counts may be off from the rows, but not by
-- a different amount a moment later: what one snapshot shows as missing may be added at any time
-- after it. Each part is one statement, so one snapshot. That is also why it refuses a transaction
-- that keeps its first snapshot.
CREATE OR REPLACE FUNCTION worker_dashboard.recount_part(target text, keys text, truth text, shown text, mend boolean,
                                                         OUT cells bigint, OUT off_by bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, worker_dashboard, pg_temp AS $body$
BEGIN
  EXECUTE format($sql$
    WITH truth AS MATERIALIZED (%3$s),
    off AS MATERIALIZED (
      SELECT %2$s, sum(n)::bigint AS n
      FROM (SELECT %2$s, n FROM truth UNION ALL SELECT %2$s, -n FROM %4$I) AS cell
      GROUP BY %2$s HAVING sum(n) <> 0
    ), mended AS (
      INSERT INTO %1$I AS c (%2$s, n) SELECT %2$s, n FROM off WHERE %5$L::boolean
      ON CONFLICT (%6$s) DO UPDATE SET n = c.n + excluded.n
    )
    SELECT count(*), coalesce(sum(abs(n)), 0)::bigint FROM off$sql$,
    target, keys, truth, shown, mend,
    replace(replace(keys, 'needs_gas', 'coalesce(needs_gas::text, '''')'),
            'needs_consolidation', 'coalesce(needs_consolidation::text, '''')'))
  INTO cells, off_by;
  IF mend AND cells > 0 THEN
    EXECUTE format('DELETE FROM %I WHERE n = 0', target);
  END IF;
END
$body$;
-- statement
-- Returns, for each part, how many cells were off and by how many rows in all; mends them unless
-- told not to.
CREATE OR REPLACE FUNCTION worker_dashboard.recount(mend boolean DEFAULT true)
RETURNS TABLE (part text, cells bigint, off_by bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, worker_dashboard, pg_temp SET row_security = off
SET work_mem = '64MB' SET jit = off AS $body$
DECLARE
  jobs text := format('(SELECT %s FROM public.job_logs AS r) AS j', job_cell());
  by_quarter_and_day text :=
    'CROSS JOIN LATERAL (VALUES (15, t.since), (1440, date_trunc(''day'', t.since, ''UTC''))) AS step (span, since)';
  by_all text := 'CROSS JOIN LATERAL (VALUES (15, t.since), (1440, date_trunc(''day'', t.since, ''UTC'')), '
                 '(0, ''-infinity'')) AS step (span, since)';
  missed_before bigint;
  mended boolean := false;
  subject record;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'recount needs a read committed transaction' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  -- The tables before the advisory lock, as TRUNCATE takes them.
  LOCK TABLE public.job_logs, public.user_wallets IN ACCESS SHARE MODE;
  PERFORM pg_advisory_xact_lock(7383111826402711);
  missed_before := (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM missed);

  FOR subject IN
    SELECT * FROM (VALUES
      ('jobs', 'job_count', 'jobs_created', 'span, since, job_type, status, triggered_by',
       format('SELECT step.span, step.since, t.job_type, t.status, t.triggered_by, t.n FROM ('
              'SELECT created AS since, job_type, status, triggered_by, count(*) AS n FROM %s GROUP BY 1, 2, 3, 4) AS t %s',
              jobs, by_all)),
      ('outcomes', 'outcome_count', 'jobs_finished', 'span, since, job_type, outcome',
       format('SELECT step.span, step.since, t.job_type, t.outcome, t.n FROM ('
              'SELECT finished AS since, job_type, status AS outcome, count(*) AS n FROM %s '
              'WHERE finished IS NOT NULL GROUP BY 1, 2, 3) AS t %s', jobs, by_all)),
      ('durations', 'duration_count', 'job_durations', 'span, since, job_type, outcome, measure, bucket',
       format('SELECT step.span, step.since, t.job_type, t.outcome, t.measure, t.bucket, t.n FROM ('
              'SELECT CASE WHEN finished >= duration_horizon() THEN finished '
              'ELSE date_trunc(''day'', finished, ''UTC'') END AS since, '
              'job_type, status AS outcome, m.measure, m.bucket, count(*) AS n FROM %s '
              'CROSS JOIN LATERAL (VALUES (''wait'', wait), (''run'', run)) AS m (measure, bucket) '
              'WHERE finished IS NOT NULL AND m.bucket IS NOT NULL GROUP BY 1, 2, 3, 4, 5) AS t %s '
              'WHERE step.span <> 15 OR step.since >= duration_horizon()', jobs, by_quarter_and_day)),
      ('wallets', 'wallet_count', 'wallet_totals', 'network, needs_gas, needs_consolidation',
       format('SELECT network, needs_gas, needs_consolidation, count(*) AS n FROM ('
              'SELECT %s FROM public.user_wallets AS r) AS w GROUP BY 1, 2, 3', wallet_cell()))
    ) AS s (part, target, shown, keys, truth)
  LOOP
    part := subject.part;
    SELECT p.cells, p.off_by INTO cells, off_by
    FROM recount_part(subject.target, subject.keys, subject.truth, subject.shown, mend) AS p;
    mended := mended OR mend AND cells > 0;
    RETURN NEXT;
  END LOOP;

  IF mended THEN
    UPDATE folded SET jobs = folded.jobs + 1, wallets = folded.wallets + 1;
  END IF;
  IF mend AND missed_before = (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM missed) THEN
    PERFORM setval('missed', 1, false);
  END IF;
END
$body$;
-- statement
SELECT worker_dashboard.close_schema();
