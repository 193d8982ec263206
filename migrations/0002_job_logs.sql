-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The second shared table, public.job_logs, with the same care as the first.
SET lock_timeout = '3s';
-- statement
-- Supabase grants every new table in public to the roles behind its public key, and a pending row
-- in job_logs is an order to pay: a table made here is taken from them at once. One that was there
-- before keeps its grants.
DO $body$
DECLARE
  visitor name;
BEGIN
  IF to_regclass('public.job_logs') IS NOT NULL THEN
    RETURN;
  END IF;

  CREATE TABLE public.job_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id varchar(255) NOT NULL UNIQUE,
    job_type varchar(50) NOT NULL
      CHECK (job_type IN ('gas-topup', 'consolidation', 'sync', 'deposit-detection')),
    status varchar(20) NOT NULL DEFAULT 'pending'
      CHECK (status IN ('pending', 'active', 'processing', 'completed', 'failed', 'retrying', 'cancelled')),
    wallet_address varchar(255),
    user_id uuid,
    triggered_by varchar(20) NOT NULL DEFAULT 'system'
      CHECK (triggered_by IN ('system', 'manual', 'deposit', 'schedule')),
    data jsonb DEFAULT '{}',
    error_message text,
    started_at timestamptz,
    completed_at timestamptz,
    retry_count integer DEFAULT 0,
    max_retries integer DEFAULT 3,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
  );
  CREATE INDEX idx_job_logs_user_id ON public.job_logs (user_id);
  CREATE TRIGGER update_job_logs_updated_at BEFORE UPDATE ON public.job_logs
    FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();

  REVOKE ALL ON public.job_logs FROM PUBLIC;
  FOR visitor IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON public.job_logs FROM %I', visitor);
  END LOOP;
END
$body$;
-- statement
-- What a deployed table lacks. Rows from before triggered_by say what the seed's default says.
DO $body$
DECLARE
  missing record;
BEGIN
  FOR missing IN
    SELECT wanted.attribute, wanted.definition
    FROM (VALUES
      (1, 'updated_at', 'timestamptz'),
      (2, 'triggered_by', 'varchar(20) NOT NULL DEFAULT ''system'''),
      (3, 'started_at', 'timestamptz'),
      (4, 'completed_at', 'timestamptz'),
      (5, 'error_message', 'text'),
      (6, 'retry_count', 'integer DEFAULT 0'),
      (7, 'max_retries', 'integer DEFAULT 3')
    ) AS wanted (rank, attribute, definition)
    JOIN pg_class AS c ON c.oid = to_regclass('public.job_logs') AND c.relkind IN ('r', 'p')
    WHERE NOT EXISTS (SELECT FROM pg_attribute AS a
                      WHERE a.attrelid = c.oid AND NOT a.attisdropped AND a.attname = wanted.attribute)
    ORDER BY wanted.rank
  LOOP
    EXECUTE format('ALTER TABLE public.job_logs ADD COLUMN %I %s',
                   missing.attribute, missing.definition);
    IF missing.attribute = 'updated_at' THEN
      ALTER TABLE public.job_logs ALTER COLUMN updated_at SET DEFAULT now();
    ELSIF missing.attribute = 'triggered_by' THEN
      ALTER TABLE public.job_logs ADD CONSTRAINT job_logs_triggered_by_check
        CHECK (triggered_by IN ('system', 'manual', 'deposit', 'schedule')) NOT VALID;
    END IF;
  END LOOP;
END
$body$;
-- statement
-- Both vocabularies in every check. A check is asked whether it takes each word; one that does not
-- is replaced, under its name, by "itself or any of the words": whatever it allowed stays allowed,
-- however it was written. It is not validated here, which would scan the table under a lock that
-- stops the workers; a later file does. A check over several columns, or one whose column does not
-- take text, is a site's own business and stays.
DO $body$
DECLARE
  narrow record;
  takes_all boolean;
BEGIN
  FOR narrow IN
    SELECT k.conname, a.attname, format_type(a.atttypid, a.atttypmod) AS type,
           pg_get_expr(k.conbin, k.conrelid) AS expression, vocabulary.words
    FROM (VALUES
      ('job_type', ARRAY['gas-topup', 'consolidation', 'sync', 'deposit-detection']),
      ('status', ARRAY['pending', 'active', 'processing', 'completed', 'failed', 'retrying', 'cancelled']),
      ('triggered_by', ARRAY['system', 'manual', 'deposit', 'schedule'])
    ) AS vocabulary (attribute, words)
    JOIN pg_attribute AS a
      ON a.attrelid = to_regclass('public.job_logs') AND a.attname = vocabulary.attribute
    JOIN pg_constraint AS k
      ON k.conrelid = a.attrelid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
    ORDER BY k.conname
  LOOP
    BEGIN
      EXECUTE format('SELECT bool_and((%s) IS NOT FALSE) '
                     'FROM (SELECT word::%s AS %I FROM unnest($1) AS word) AS sample',
                     narrow.expression, narrow.type, narrow.attname)
        INTO takes_all USING narrow.words;
    EXCEPTION WHEN data_exception OR syntax_error_or_access_rule_violation THEN
      takes_all := true;
    END;
    IF NOT takes_all THEN
      EXECUTE format('ALTER TABLE public.job_logs DROP CONSTRAINT %I, '
                     'ADD CONSTRAINT %I CHECK ((%s) OR %I = ANY (%L::text[])) NOT VALID',
                     narrow.conname, narrow.conname, narrow.expression, narrow.attname, narrow.words);
    END IF;
  END LOOP;
END
$body$;
-- statement
RESET lock_timeout;
