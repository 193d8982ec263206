/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The migrations are applied on a connection of their own, which ends with them: files may SET
 * what they like. One migrator works at a time, by an advisory lock of that session, asked for
 * again and again rather than waited for: CREATE INDEX CONCURRENTLY waits for every statement that
 * began before it, and a statement waiting for the lock would wait for the index. Session locks
 * are worth nothing behind a pooler in transaction mode, so that is refused; as pooler detection
 * may err, each transactional file takes a transaction's lock too and looks into the ledger again.
 */

#include "postgres/wd-pg-migrator.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"
#include "postgres/wd-migration-check.h"
#include "postgres/wd-pg-connection-private.h"
#include "postgres/wd-pg-ledger.h"
#include "postgres/wd-pg-pooler.h"

#define SHORT_MS (15 * 1000)
#define TURN_MS (5 * 60 * 1000)
#define TURN_PAUSE_MS 200
#define TRANSACTION_MS (10 * 60 * 1000)
#define CHUNK_MS (24 * 60 * 60 * 1000)
#define LOCK_TIMEOUT_MS 3000
#define TRIES_MAX 10
#define FIRST_PAUSE_MS 250
#define LAST_PAUSE_MS 4000

/* As the prologue of a transaction has it; asked for before each chunk that has none, since a
 * connection may have been lost and made anew. */
#define SQL_PATH "SET search_path = pg_catalog, pg_temp"

typedef struct {
  WdPgConnection *connection;
  WdMigrationProgress progress; /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (nullable) */
  GPtrArray *unaudited;      /* (unowned) applied by this run before there was an audit trail */
} Run;

static gboolean
refuse_pooler (Run *run, GError **error)
{
  g_autofree char *where = wd_pg_connection_describe (run->connection);
  WdPgPooler pooler = wd_pg_connection_get_pooler (run->connection, wd_deadline_in (SHORT_MS),
                                                   run->cancellable, error);

  if (pooler == WD_PG_POOLER_TRANSACTION)
    g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                 _("%s leads through a pooler in transaction mode, where a migration could be torn "
                   "apart. Migrate by the server's own address or by the pooler's session mode; at "
                   "Supabase that is port 5432 instead of 6543."),
                 where);
  return pooler == WD_PG_POOLER_NONE || pooler == WD_PG_POOLER_SESSION;
}

static gboolean
await_turn (Run *run, GError **error)
{
  gint64 deadline = wd_deadline_in (TURN_MS);

  for (;;)
    {
      g_autoptr (WdPgResult) result = NULL;

      result = wd_pg_connection_query (run->connection,
                                       "SELECT pg_catalog.pg_try_advisory_lock("
                                       "pg_catalog.hashtextextended('worker_dashboard.migration',"
                                       " 0))",
                                       NULL, wd_deadline_in (SHORT_MS), run->cancellable, error);
      if (result == NULL)
        return FALSE;
      if (wd_pg_result_bool (result, 0, 0))
        return TRUE;
      if (wd_deadline_left_ms (deadline) == 0)
        {
          g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                               _("Somebody else is migrating this database"));
          return FALSE;
        }
      if (!wd_wait_ms (TURN_PAUSE_MS, run->cancellable, error))
        return FALSE;
    }
}

/* Runs what the rows of a query say. */
static gboolean
run_made_statements (Run *run, const char *sql, gint64 deadline, GError **error)
{
  g_autoptr (WdPgResult) made = wd_pg_connection_query (run->connection, sql, NULL, deadline,
                                                        run->cancellable, error);

  if (made == NULL)
    return FALSE;
  for (guint row = 0; row < wd_pg_result_get_rows (made); row++)
    for (guint column = 0; column < wd_pg_result_get_columns (made); column++)
      {
        const char *statement = wd_pg_result_text (made, row, column);

        if (statement != NULL
            && !wd_pg_connection_run_script (run->connection, statement, deadline,
                                             run->cancellable, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
run_chunks (Run *run, const WdMigration *migration, GError **error)
{
  g_autoptr (GArray) chunks = wd_migration_split (migration);

  for (guint i = 0; i < chunks->len; i++)
    {
      const WdMigrationChunk *chunk = &g_array_index (chunks, WdMigrationChunk, i);
      gint64 deadline = wd_deadline_in (migration->transactional ? TRANSACTION_MS : CHUNK_MS);
      gboolean done;

      if (run->progress != NULL)
        run->progress (migration->name, i, chunks->len, chunk->sql, run->user_data);
      if (!migration->transactional
          && !wd_pg_connection_run_script (run->connection, SQL_PATH, deadline, run->cancellable,
                                           error))
        return FALSE;
      if (chunk->makes_statements)
        done = run_made_statements (run, chunk->sql, deadline, error);
      else
        done = wd_pg_connection_run_script (run->connection, chunk->sql, deadline,
                                            run->cancellable, error);
      if (!done)
        return FALSE;
    }
  return TRUE;
}

/* The ledger's entry, and who made it, in one transaction. */
static gboolean
record (Run *run, const WdMigration *migration, gint64 deadline, gboolean *audited, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < run->unaudited->len; i++)
    g_ptr_array_add (names, run->unaudited->pdata[i]);
  g_ptr_array_add (names, migration->name);
  return wd_pg_ledger_record (run->connection, migration, deadline, run->cancellable, error)
         && wd_pg_ledger_audit (run->connection, names, audited, deadline, run->cancellable, error);
}

static void
note_audited (Run *run, const WdMigration *migration, gboolean audited)
{
  if (audited)
    g_ptr_array_set_size (run->unaudited, 0);
  else
    g_ptr_array_add (run->unaudited, g_strdup (migration->name));
}

/* One transaction that ends with the ledger's entry; with @chunks, the migration itself is in it.
 * A migration that another program recorded meanwhile is not run again. */
static gboolean
run_transaction (Run *run, const WdMigration *migration, gboolean chunks, GError **error)
{
  gint64 deadline = wd_deadline_in (TRANSACTION_MS);
  gboolean is_applied = FALSE, audited = FALSE;
  WdPgOutcome outcome;

  if (!wd_pg_connection_begin (run->connection, FALSE, LOCK_TIMEOUT_MS, deadline, run->cancellable,
                               error))
    return FALSE;
  if (!wd_pg_ledger_enter (run->connection, migration->name, &is_applied, deadline,
                           run->cancellable, error)
      || (!is_applied && chunks && !run_chunks (run, migration, error))
      || (!is_applied && !record (run, migration, deadline, &audited, error)))
    {
      wd_pg_connection_rollback (run->connection);
      return FALSE;
    }
  if (!wd_pg_connection_commit (run->connection, &outcome, deadline, run->cancellable, error))
    return FALSE;
  if (!is_applied)
    note_audited (run, migration, audited);
  return TRUE;
}

/* A role's own timeouts would end the making of an index on a large table. */
static gboolean
run_bare (Run *run, const WdMigration *migration, GError **error)
{
  return wd_pg_connection_run_script (run->connection, "SET statement_timeout = 0",
                                      wd_deadline_in (SHORT_MS), run->cancellable, error)
         && wd_pg_connection_run_script (run->connection, "SET lock_timeout = 0",
                                         wd_deadline_in (SHORT_MS), run->cancellable, error)
         && run_chunks (run, migration, error)
         && run_transaction (run, migration, FALSE, error);
}

/* A lock that could not be had, or a deadlock, leaves nothing behind that a second run minds. */
static gboolean
run_migration (Run *run, const WdMigration *migration, GError **error)
{
  guint pause = FIRST_PAUSE_MS;

  for (guint tries = 1;; tries++, pause = MIN (pause * 2, LAST_PAUSE_MS))
    {
      g_autoptr (GError) local = NULL;
      gboolean done = migration->transactional ? run_transaction (run, migration, TRUE, &local)
                                               : run_bare (run, migration, &local);

      if (done)
        return TRUE;
      if (tries == TRIES_MAX || !g_error_matches (local, WD_ERROR, WD_ERROR_BUSY))
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&local), _("Migration “%s”: "),
                                      migration->name);
          return FALSE;
        }
      g_debug ("Migration %s waits for a lock, try %u", migration->name, tries);
      if (!wd_wait_ms (pause + g_random_int_range (0, FIRST_PAUSE_MS), run->cancellable, error))
        return FALSE;
    }
}

static gboolean
run_all (Run *run, GPtrArray *files, const char *const *names, GPtrArray *applied, GError **error)
{
  if (!wd_pg_connection_ensure (run->connection, wd_deadline_in (SHORT_MS), run->cancellable,
                                error)
      || !refuse_pooler (run, error) || !await_turn (run, error)
      || !wd_pg_ledger_compare (run->connection, files, wd_deadline_in (SHORT_MS),
                                run->cancellable, error)
      || !wd_migration_check_all (files, names, error))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      WdMigration *migration = g_ptr_array_index (files, i);

      if (migration->state != WD_MIGRATION_PENDING || !wd_migration_is_wanted (migration, names))
        continue;
      if (!run_migration (run, migration, error))
        return FALSE;
      migration->state = WD_MIGRATION_APPLIED;
      g_ptr_array_add (applied, g_strdup (migration->name));
    }
  return TRUE;
}

/**
 * wd_pg_migrator_plan:
 * @connection: a connection without an open transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: of wd_pg_connection_query()
 *
 * Changes nothing. Returns: (transfer full) (element-type WdMigration): the files of this program
 *   in their order, then what the ledger has beyond them
 */
GPtrArray *
wd_pg_migrator_plan (WdPgConnection *connection, gint64 deadline, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) files = wd_migration_load_all ();

  g_return_val_if_fail (connection != NULL, NULL);

  if (!wd_pg_ledger_compare (connection, files, deadline, cancellable, error))
    return NULL;
  return g_steal_pointer (&files);
}

/**
 * wd_pg_migrator_apply_files:
 * @connection: tells where to; a connection of its own is made for the work
 * @files: (element-type WdMigration): the migrations in order; they get their states
 * @names: (nullable) (array zero-terminated=1): which of them; %NULL for all that are required
 * @progress: (nullable) (scope call): told of each statement
 * @user_data: for @progress
 * @applied: (out) (nullable) (element-type utf8): what was applied, also before an error
 * @cancellable: (nullable): ends it at once, also in a statement that takes hours
 * @error: %WD_ERROR_REFUSED before anything is changed; %WD_ERROR_BUSY when a lock could not be had
 *   in ten tries; others of wd_pg_connection_query()
 *
 * Applies what is pending, each file whole or not at all; those without a transaction up to the
 * statement that failed, to be run again. Those that psql applied before are run again, which
 * changes nothing, and recorded.
 */
gboolean
wd_pg_migrator_apply_files (WdPgConnection *connection, GPtrArray *files, const char *const *names,
                            WdMigrationProgress progress, gpointer user_data, GPtrArray **applied,
                            GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgConnection) own = NULL;
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) unaudited = g_ptr_array_new_with_free_func (g_free);
  Run run = { NULL, progress, user_data, cancellable, unaudited };
  gboolean success;

  g_return_val_if_fail (connection != NULL && files != NULL, FALSE);

  run.connection = own = wd_pg_connection_new_like (connection);
  success = run_all (&run, files, names, done, error);
  if (applied != NULL)
    *applied = g_steal_pointer (&done);
  return success;
}

/**
 * wd_pg_migrator_apply:
 * @connection: tells where to; a connection of its own is made for the work
 * @names: (nullable) (array zero-terminated=1): which of them; %NULL for all that are required
 * @progress: (nullable) (scope call): told of each statement
 * @user_data: for @progress
 * @applied: (out) (nullable) (element-type utf8): what was applied, also before an error
 * @cancellable: (nullable): ends it at once, also in a statement that takes hours
 * @error: of wd_pg_migrator_apply_files()
 *
 * As wd_pg_migrator_apply_files() with the files of this program.
 *
 * Returns: whether all of them are applied
 */
gboolean
wd_pg_migrator_apply (WdPgConnection *connection, const char *const *names,
                      WdMigrationProgress progress, gpointer user_data, GPtrArray **applied,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = wd_migration_load_all ();

  return wd_pg_migrator_apply_files (connection, files, names, progress, user_data, applied,
                                     cancellable, error);
}
