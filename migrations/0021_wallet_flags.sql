-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Since when a wallet's flag is set. The wallet's own updated_at does not tell, for every sync
-- changes it. A row is written when a flag changes and at no other time: the trigger's WHEN is
-- looked at for every row, its function is called for those alone.
SET lock_timeout = '3s';
-- statement
CREATE TABLE IF NOT EXISTS worker_dashboard.wallet_flag (
  address text NOT NULL,
  flag text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (address, flag)
);
COMMENT ON TABLE worker_dashboard.wallet_flag IS
  'a row without an address says since when this is kept: a flag without a row was set by then, or with its wallet';
-- statement
INSERT INTO worker_dashboard.wallet_flag (address, flag, since) VALUES ('', '', now()) ON CONFLICT DO NOTHING;
-- statement
CREATE OR REPLACE FUNCTION worker_dashboard.note_flags() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, worker_dashboard, pg_temp AS $body$
DECLARE
  change record;
BEGIN
  FOR change IN
    SELECT v.flag, v.is_set
    FROM (VALUES ('needs_gas', OLD.needs_gas IS TRUE, NEW.needs_gas IS TRUE),
                 ('needs_consolidation', OLD.needs_consolidation IS TRUE, NEW.needs_consolidation IS TRUE))
      AS v (flag, was_set, is_set)
    WHERE v.was_set <> v.is_set
  LOOP
    IF change.is_set THEN
      INSERT INTO wallet_flag (address, flag, since) VALUES (NEW.address, change.flag, now())
      ON CONFLICT (address, flag) DO UPDATE SET since = excluded.since;
    ELSE
      DELETE FROM wallet_flag WHERE address = NEW.address AND flag = change.flag;
    END IF;
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$body$;
-- statement
DO $body$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger
                 WHERE tgrelid = to_regclass('public.user_wallets') AND tgname = 'wd_note_flags') THEN
    CREATE TRIGGER wd_note_flags AFTER UPDATE ON public.user_wallets FOR EACH ROW
      WHEN (OLD.needs_gas IS DISTINCT FROM NEW.needs_gas
            OR OLD.needs_consolidation IS DISTINCT FROM NEW.needs_consolidation)
      EXECUTE FUNCTION worker_dashboard.note_flags();
  END IF;
END
$body$;
-- statement
SELECT worker_dashboard.close_schema();
-- statement
RESET lock_timeout;
