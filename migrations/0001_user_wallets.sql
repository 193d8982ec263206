-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The first of the two tables that workers and dashboard share, public.user_wallets: made where it is
-- missing, completed where a site made it differently. Nothing of a site's is dropped, renamed or
-- rewritten, and a table that lacks nothing is not even locked.
--
-- No file locks both tables: a worker's transaction that writes one and then the other could otherwise
-- end up in a deadlock with the migration, and be the one that is ended.
SET lock_timeout = '3s';
-- statement
-- What keeps updated_at, for whichever table is about to be made here or in the next file.
DO $body$
BEGIN
  IF (to_regclass('public.user_wallets') IS NULL OR to_regclass('public.job_logs') IS NULL)
     AND to_regprocedure('public.update_updated_at_column()') IS NULL THEN
    CREATE FUNCTION public.update_updated_at_column() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $touch$
    BEGIN
      NEW.updated_at = now();
      RETURN NEW;
    END
    $touch$;
  END IF;
END
$body$;
-- statement
-- Supabase grants every new table in public to the roles behind its public key: a table made here is
-- taken from them at once. One that was there before keeps its grants.
DO $body$
DECLARE
  visitor name;
BEGIN
  IF to_regclass('public.user_wallets') IS NOT NULL THEN
    RETURN;
  END IF;

  CREATE TABLE public.user_wallets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid,
    address varchar(255) NOT NULL UNIQUE,
    balance numeric(32, 18) DEFAULT 0,
    network varchar(50),
    needs_consolidation boolean DEFAULT false,
    needs_gas boolean DEFAULT false,
    last_sync timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
  );
  CREATE TRIGGER update_user_wallets_updated_at BEFORE UPDATE ON public.user_wallets
    FOR EACH ROW EXECUTE FUNCTION public.update_updated_at_column();

  REVOKE ALL ON public.user_wallets FROM PUBLIC;
  FOR visitor IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON public.user_wallets FROM %I', visitor);
  END LOOP;
END
$body$;
-- statement
-- What a deployed table lacks. updated_at comes first: a trigger of the seed's sets it, and without the
-- column makes every update fail. Each addition has a constant default or none, so the table is not
-- rewritten; times of old rows stay unknown rather than "now". A site that keeps last_sync_at needs no
-- last_sync; a network that no worker writes would only be an empty column.
DO $body$
DECLARE
  missing record;
BEGIN
  FOR missing IN
    SELECT wanted.attribute, wanted.definition
    FROM (VALUES
      (1, 'updated_at', 'timestamptz'),
      (2, 'needs_consolidation', 'boolean DEFAULT false'),
      (3, 'needs_gas', 'boolean DEFAULT false'),
      (4, 'last_sync', 'timestamptz')
    ) AS wanted (rank, attribute, definition)
    JOIN pg_class AS c ON c.oid = to_regclass('public.user_wallets') AND c.relkind IN ('r', 'p')
    WHERE NOT EXISTS (
      SELECT FROM pg_attribute AS a
      WHERE a.attrelid = c.oid AND NOT a.attisdropped
        AND (a.attname = wanted.attribute
             OR wanted.attribute = 'last_sync' AND a.attname = 'last_sync_at'))
    ORDER BY wanted.rank
  LOOP
    EXECUTE format('ALTER TABLE public.user_wallets ADD COLUMN %I %s',
                   missing.attribute, missing.definition);
    IF missing.attribute = 'updated_at' THEN
      ALTER TABLE public.user_wallets ALTER COLUMN updated_at SET DEFAULT now();
    END IF;
  END LOOP;
END
$body$;
-- statement
RESET lock_timeout;
