-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The triggers that append the deltas, and those of job_logs; the other table's are the next file's.
--
-- Deployed tables vary, so the trigger functions are written here for the columns that are there.
-- They know their columns by text alone and never stand in the way of a site's ALTER TABLE; a site
-- that adds or drops processed_at or network calls attach_counting() afterwards.
--
-- They run with their owner's rights, since workers have none in this schema, and swallow their
-- errors: a count must never cost a worker its write. What could not be counted is remembered in
-- the sequence "missed".
SET lock_timeout = '3s';
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.has_column(relation text, attribute text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog AS $body$
  SELECT EXISTS (SELECT FROM pg_attribute
                 WHERE attrelid = to_regclass(relation) AND attname = attribute AND NOT attisdropped)
$body$;
-- statement
-- The columns of job_delta, but n, as expressions over a row r of job_logs. Where workers write
-- processed_at it stands for started_at. Infinite times have no duration; a negative one (clocks
-- differ) counts as none.
CREATE OR REPLACE FUNCTION worker_dashboard.job_cell() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $body$
DECLARE
  quarter text := $sql$to_timestamp(floor(date_part('epoch', %s) / 900) * 900)$sql$;
  bucket text := $sql$CASE WHEN %3$s AND isfinite(%1$s) AND isfinite(%2$s) THEN floor(ln(greatest(least(
    date_part('epoch', %2$s) - date_part('epoch', %1$s), 3e7), 0.001) * 1000) / ln(1.1::float8))::smallint END$sql$;
  finished text := $sql$r.completed_at IS NOT NULL AND r.status::text IN ('completed', 'failed', 'cancelled')$sql$;
  started text := 'r.started_at';
BEGIN
  IF worker_dashboard.has_column('public.job_logs', 'processed_at') THEN
    started := 'coalesce(r.started_at, r.processed_at)';
  END IF;
  RETURN format($sql$coalesce(r.job_type::text, '') AS job_type, coalesce(r.status::text, '') AS status,
    coalesce(r.triggered_by::text, '') AS triggered_by, coalesce(%s, '-infinity') AS created,
    CASE WHEN %s THEN %s END AS finished,
    %s AS wait,
    %s AS run$sql$,
    format(quarter, 'r.created_at'), finished, format(quarter, 'r.completed_at'),
    format(bucket, 'r.created_at', started, finished), format(bucket, started, 'r.completed_at', finished));
END
$body$;
-- statement
-- The same for wallet_delta and user_wallets.
CREATE OR REPLACE FUNCTION worker_dashboard.wallet_cell() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $body$
  SELECT CASE WHEN worker_dashboard.has_column('public.user_wallets', 'network')
              THEN 'coalesce(r.network::text, '''')' ELSE '''''::text' END
         || ' AS network, r.needs_gas AS needs_gas, r.needs_consolidation AS needs_consolidation'
$body$;
-- statement
-- NOTIFY goes out at most four times a second, whoever works: commits that notify wait for each
-- other. last_notify decides without a lock, so what the limit swallows must be looked for, in the
-- view "changes".
CREATE OR REPLACE FUNCTION worker_dashboard.write_trigger_function(name text, work text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
BEGIN
  EXECUTE format($sql$
    CREATE OR REPLACE FUNCTION worker_dashboard.%I() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, worker_dashboard, pg_temp AS $function$
    DECLARE
      tick bigint := floor(date_part('epoch', clock_timestamp()) * 4);
    BEGIN
      %s;
      IF FOUND AND tick <> (SELECT last_value FROM last_notify) THEN
        PERFORM setval('last_notify', tick), pg_notify('worker_dashboard', '');
      END IF;
      RETURN NULL;
    EXCEPTION WHEN OTHERS THEN
      PERFORM nextval('missed');
      RETURN NULL;
    END
    $function$$sql$, name, work);
END
$body$;
-- statement
-- TRUNCATE has waited for every writer, so all their deltas are committed, and the lock keeps a
-- fold out until it commits itself. A transaction with an older snapshot may not see them all; then
-- the counts are in doubt.
CREATE OR REPLACE FUNCTION worker_dashboard.forget_jobs() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, worker_dashboard, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(7383111826402711);
  WITH gone AS (DELETE FROM job_delta RETURNING 1)
  UPDATE folded SET jobs = jobs + 1 + (SELECT count(*) FROM gone);
  DELETE FROM job_count;
  DELETE FROM outcome_count;
  DELETE FROM duration_count;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM nextval('missed');
  END IF;
END
$body$;
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.forget_wallets() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, worker_dashboard, pg_temp AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock(7383111826402711);
  WITH gone AS (DELETE FROM wallet_delta RETURNING 1)
  UPDATE folded SET wallets = wallets + 1 + (SELECT count(*) FROM gone);
  DELETE FROM wallet_count;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM nextval('missed');
  END IF;
END
$body$;
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.attach_counting(only_relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
DECLARE
  append text := 'INSERT INTO %1$I (%2$s, n) SELECT %2$s, sum(n) FROM (%3$s) AS cell GROUP BY %2$s HAVING sum(n) <> 0';
  old_side text := 'SELECT %s, -1 AS n FROM old_rows AS r';
  new_side text := 'SELECT %s, 1 AS n FROM new_rows AS r';
  subject record;
  event record;
BEGIN
  FOR subject IN
    SELECT c.oid, s.*
    FROM (VALUES
      ('job_logs', 'job_delta', worker_dashboard.job_cell(),
       'job_type, status, triggered_by, created, finished, wait, run', 'forget_jobs'),
      ('user_wallets', 'wallet_delta', worker_dashboard.wallet_cell(),
       'network, needs_gas, needs_consolidation', 'forget_wallets')
    ) AS s (relation, delta, cell, keys, forget)
    JOIN pg_class AS c ON c.oid = to_regclass('public.' || s.relation) AND c.relkind IN ('r', 'p')
    WHERE s.relation = only_relation
  LOOP
    FOR event IN
      SELECT * FROM (VALUES
        ('insert', 'REFERENCING NEW TABLE AS new_rows',
         format(append, subject.delta, subject.keys, format(new_side, subject.cell))),
        ('update', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
         format(append, subject.delta, subject.keys,
                format(new_side, subject.cell) || ' UNION ALL ' || format(old_side, subject.cell))),
        ('delete', 'REFERENCING OLD TABLE AS old_rows',
         format(append, subject.delta, subject.keys, format(old_side, subject.cell))),
        ('truncate', '', format('PERFORM %I()', subject.forget))
      ) AS e (verb, tables, work)
    LOOP
      PERFORM worker_dashboard.write_trigger_function(subject.relation || '_' || event.verb, event.work);
      IF NOT EXISTS (SELECT FROM pg_trigger
                     WHERE tgrelid = subject.oid AND tgname = 'wd_count_' || event.verb) THEN
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON public.%I %s FOR EACH STATEMENT '
                       'EXECUTE FUNCTION worker_dashboard.%I()',
                       'wd_count_' || event.verb, event.verb, subject.relation, event.tables,
                       subject.relation || '_' || event.verb);
      END IF;
    END LOOP;
  END LOOP;
END
$body$;
-- statement
SELECT worker_dashboard.attach_counting('job_logs');
-- statement
SELECT worker_dashboard.close_schema();
-- statement
RESET lock_timeout;
