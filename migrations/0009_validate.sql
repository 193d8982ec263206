-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- Validates the checks that 0002 wrote, which scans the table but stops nobody. Rows that break a
-- check came from a time before the site had it: then it stays as it is, holding for new rows.
DO $body$
DECLARE
  check_name name;
BEGIN
  FOR check_name IN
    SELECT k.conname
    FROM pg_constraint AS k
    JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND k.conkey = ARRAY[a.attnum]
    WHERE k.conrelid = 'public.job_logs'::regclass AND k.contype = 'c' AND NOT k.convalidated
      AND a.attname IN ('job_type', 'status', 'triggered_by')
    ORDER BY k.conname
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE public.job_logs VALIDATE CONSTRAINT %I', check_name);
    EXCEPTION WHEN check_violation THEN
      RAISE NOTICE 'rows of job_logs break %: it holds for new rows only', check_name;
    END;
  END LOOP;
END
$body$;
