-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Tells of every change of a row, not only of those that change a count: a balance that was
-- synced, a retry that was counted. It stays at four notifications a second, and a statement that
-- touches no row tells nothing.
--
-- attach_counting() is as it was but for what its functions do last: they look for a row, which
-- sets FOUND for the notification.
SET lock_timeout = '3s';
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.attach_counting(only_relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $body$
DECLARE
  append text := 'INSERT INTO %1$I (%2$s, n) SELECT %2$s, sum(n) FROM (%3$s) AS cell GROUP BY %2$s HAVING sum(n) <> 0';
  old_side text := 'SELECT %s, -1 AS n FROM old_rows AS r';
  new_side text := 'SELECT %s, 1 AS n FROM new_rows AS r';
  any_new text := '; PERFORM FROM new_rows LIMIT 1';
  any_old text := '; PERFORM FROM old_rows LIMIT 1';
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
         format(append, subject.delta, subject.keys, format(new_side, subject.cell)) || any_new),
        ('update', 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
         format(append, subject.delta, subject.keys,
                format(new_side, subject.cell) || ' UNION ALL ' || format(old_side, subject.cell)) || any_new),
        ('delete', 'REFERENCING OLD TABLE AS old_rows',
         format(append, subject.delta, subject.keys, format(old_side, subject.cell)) || any_old),
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
SELECT worker_dashboard.attach_counting('user_wallets');
-- statement
SELECT worker_dashboard.close_schema();
-- statement
RESET lock_timeout;
