-- SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- transaction: none
--
-- Indexes of the audit trail, which is read from its newest entry on, also of one action alone. It
-- may have grown by now, so they are made while it is written. What a cancelled run left behind is
-- invalid and goes first.
SET lock_timeout = 0;
-- statement
SET statement_timeout = 0;
-- statement
SELECT format('DROP INDEX CONCURRENTLY IF EXISTS worker_dashboard.%I', c.relname)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = to_regclass('worker_dashboard.audit') AND NOT i.indisvalid
  AND c.relname IN ('audit_at', 'audit_action')
\gexec
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_at ON worker_dashboard.audit (at, id);
-- statement
CREATE INDEX CONCURRENTLY IF NOT EXISTS audit_action ON worker_dashboard.audit (action, at, id);
-- statement
RESET statement_timeout;
-- statement
RESET lock_timeout;
-- statement
SELECT worker_dashboard.close_schema();
