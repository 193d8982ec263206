-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- Indexes of user_wallets, made while the workers write. Only those whose columns a site has, and
-- none where it has one that serves as well.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS public.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('public.user_wallets') AND NOT i.indisvalid AND c.relname LIKE 'wd\_%'
\gexec
-- statement
SELECT 'CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_address ON public.user_wallets (address)'
WHERE NOT EXISTS (
  SELECT FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
  WHERE i.indrelid = to_regclass('public.user_wallets') AND i.indisvalid AND i.indpred IS NULL AND a.attname = 'address')
\gexec
-- statement
SELECT 'CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_created ON public.user_wallets (created_at, address)'
WHERE worker_dashboard.has_column('public.user_wallets', 'created_at')
\gexec
-- statement
SELECT 'CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_network ON public.user_wallets (network, address)'
WHERE worker_dashboard.has_column('public.user_wallets', 'network')
\gexec
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_needs_gas ON public.user_wallets (address) WHERE needs_gas;
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_needs_consolidation ON public.user_wallets (address)
  WHERE needs_consolidation;
-- statement
-- A balance kept as text sorts as text: no index helps there.
SELECT 'CREATE INDEX CONCURRENTLY IF NOT EXISTS wd_user_wallets_balance ON public.user_wallets (balance, address)'
WHERE EXISTS (
  SELECT FROM pg_attribute
  WHERE attrelid = to_regclass('public.user_wallets') AND attname = 'balance' AND NOT attisdropped
    AND atttypid = 'numeric'::regtype)
\gexec
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
