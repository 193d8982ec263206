/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who works on a run, and what is left of it. An item is marked as done in the transaction that
 * promises its job to the queue, or changes its wallet, so a run that dies at any moment knows what
 * it did; what is written here afterwards is only why others were refused. Whoever was taken for
 * dead and goes on after all writes nothing any more: each write holds the run, and only its owner
 * can. */

#include "postgres/wd-pg-bulk.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-bulk-read.h"
#include "postgres/wd-pg-write.h"

/* Nobody works on it, or one of @owners does. */
#define OPEN_BUT(owners)                                                                   \
  "state NOT IN ('done', 'discarded') AND (owner IS NULL "                                 \
  "OR owner = ANY (" owners "::uuid[]) "                                                   \
  "OR heartbeat < clock_timestamp() - " WD_PG_BULK_TAKE_OVER ")"

/* What the trail says of a run: the options as it says them of a job or a wallet. */
#define RUN_FACTS "id, operation, options, total, done, refused"

#define SQL_AUDITED                                                                        \
  "WITH run AS (%1$s) " WD_PG_AUDIT_INSERT                                                 \
  "SELECT $%2$u, $%3$u, $%4$u, $%5$u, 'bulk', id::text, NULL, "                            \
  "options || jsonb_build_object ('operation', operation, 'forced', "                      \
  "coalesce (options -> 'force', 'false'), 'total', total, 'done', done, "                 \
  "'refused', refused) FROM run"

static WdPgParams *
runner_params (const WdPgBulkRunner *runner)
{
  WdPgParams *params = wd_pg_params_new ();

  wd_pg_params_text (params, runner->run_id);
  wd_pg_params_text (params, runner->owner);
  return params;
}

/* One statement in a transaction of its own; @n_changed tells how many rows it changed. */
static gboolean
change (WdPgConnection *self, const char *sql, WdPgParams *params, gint64 *n_changed,
        gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *xid = NULL;

  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  result = wd_pg_connection_query (self, sql, params, deadline, cancellable, error);
  if (result == NULL)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  *n_changed = wd_pg_result_get_affected (result);
  return wd_pg_write_commit (self, xid, deadline, error);
}

/* As change(), of a statement that gives %RUN_FACTS of what it changed: those go into the audit
 * trail, in the same transaction. */
static gboolean
change_audited (WdPgConnection *self, const char *action, const char *sql, WdPgParams *params,
                gint64 *n_changed, gint64 deadline, GCancellable *cancellable, GError **error)
{
  guint who = wd_pg_audit_add_actor (params, self);
  guint what = wd_pg_params_text (params, action);
  g_autofree char *audited = g_strdup_printf (SQL_AUDITED, sql, who, who + 1, who + 2, what);

  return change (self, audited, params, n_changed, deadline, cancellable, error);
}

/* Why nobody may work on a run now. */
static gboolean
fail_closed (const WdBulkRun *run, GError **error)
{
  g_autofree char *end = wd_bulk_run_describe_end (run);

  if (end != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, end);
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                         _("Somebody else works on this bulk run: it can be taken over when "
                           "nothing was heard of them for a minute"));
  return FALSE;
}

/**
 * wd_pg_bulk_claim:
 * @self: a connection
 * @runner: who wants to work on what
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where somebody else works on it whose heartbeat is younger than a minute,
 *   %WD_ERROR_REFUSED where it is done or discarded
 *
 * What an earlier owner still has under way, a lost connection of ours too, is not written any
 * more. From then on each of its writes is a heartbeat. Worker.
 */
gboolean
wd_pg_bulk_claim (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 deadline,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = runner_params (runner);
  g_autoptr (WdBulkRun) run = NULL;
  gint64 n_changed = 0;

  wd_pg_params_text_array (params,
                           runner->before != NULL ? (const char *const *) runner->before->pdata
                                                  : NULL,
                           runner->before != NULL ? runner->before->len : 0);
  if (!change_audited (self, WD_AUDIT_RUN_BULK,
                       "UPDATE worker_dashboard.bulk_run SET owner = $2::uuid, state = 'running', "
                       "heartbeat = clock_timestamp(), last_error = NULL, "
                       "started_at = clock_timestamp(), settled_before = done + refused "
                       "WHERE id = $1::uuid AND " OPEN_BUT ("$3") " RETURNING " RUN_FACTS,
                       params, &n_changed, deadline, cancellable, error))
    return FALSE;
  if (n_changed > 0)
    return TRUE;
  run = wd_pg_bulk_load (self, runner->run_id, deadline, cancellable, error);
  return run != NULL && fail_closed (run, error);
}

/**
 * wd_pg_bulk_begin:
 * @self: a connection
 * @runner: who works on what
 * @after: (out): the place after which to look for items; behind all where none is left
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_bulk_begin (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 *after,
                  gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, runner->run_id);
  result = wd_pg_connection_query (
    self, "SELECT coalesce (min (n) FILTER (WHERE result IS NULL) - 1, max (n), 0) "
    "FROM worker_dashboard.bulk_item WHERE run_id = $1::uuid", params, deadline, cancellable,
    error);
  if (result == NULL)
    return FALSE;
  *after = wd_pg_result_int (result, 0, 0);
  return TRUE;
}

/**
 * wd_pg_bulk_next:
 * @self: a connection
 * @runner: who works on what
 * @after: place of the last item looked at, or 0
 * @limit: how many places to look at
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdBulkItem): those at the next @limit places that are not
 *   settled yet; perhaps none
 */
GPtrArray *
wd_pg_bulk_next (WdPgConnection *self, const WdPgBulkRunner *runner, gint64 after, guint limit,
                 gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  GPtrArray *items;

  wd_pg_params_text (params, runner->run_id);
  wd_pg_params_int (params, after);
  wd_pg_params_int (params, limit);
  result = wd_pg_connection_query (
    self, "SELECT " WD_PG_BULK_ITEM_COLUMNS " FROM worker_dashboard.bulk_item AS i "
    "WHERE i.run_id = $1::uuid AND i.n > $2 AND i.n <= $2 + $3 AND i.result IS NULL ORDER BY i.n",
    params,
    deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_bulk_item_unref);
  for (guint row = 0; row < wd_pg_result_get_rows (result); row++)
    g_ptr_array_add (items, wd_pg_bulk_item_from_row (result, row));
  return items;
}

/**
 * wd_pg_bulk_hold:
 * @self: a connection inside a transaction
 * @runner: who works on what
 * @statements: (array length=n_statements): what to do while nobody can take the run over
 * @n_statements: how many
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where somebody has taken the run over, or in #WD_ERROR
 *
 * Holds the run by a statement of its own: the next ones see all that its owners before have done.
 * Worker.
 *
 * Returns: (transfer full) (element-type WdPgResult): what they answered
 */
GPtrArray *
wd_pg_bulk_hold (WdPgConnection *self, const WdPgBulkRunner *runner,
                 const WdPgStatement *statements, guint n_statements, gint64 deadline,
                 GCancellable *cancellable, GError **error)
{
  g_autofree WdPgStatement *all = g_new (WdPgStatement, n_statements + 2);
  g_autoptr (WdPgParams) owner = runner_params (runner);
  g_autoptr (GPtrArray) results = NULL;

  all[0] = (WdPgStatement) { "UPDATE worker_dashboard.bulk_run SET heartbeat = clock_timestamp() "
                             "WHERE id = $1::uuid AND owner = $2::uuid", owner };
  all[1] = (WdPgStatement) { WD_PG_WRITE_BY_KEYS, NULL };
  for (guint i = 0; i < n_statements; i++)
    all[i + 2] = statements[i];
  results = wd_pg_connection_query_many (self, all, n_statements + 2, deadline, cancellable, error);
  if (results == NULL)
    return NULL;
  if (wd_pg_result_get_affected (results->pdata[0]) == 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_BUSY,
                           _("Somebody else has taken over this bulk run, since nothing was heard "
                             "of this one for a minute"));
      return NULL;
    }
  g_ptr_array_remove_range (results, 0, 2);
  return g_steal_pointer (&results);
}

/* Whatever an item was before, the counters follow. */
#define SQL_NOTE                                                                           \
  "WITH old AS (SELECT b.ctid AS place, b.result, t.reason "                               \
  "FROM unnest ($2::bigint[], $3::text[]) AS t (n, reason), LATERAL (SELECT b.ctid, b.result " \
  "FROM worker_dashboard.bulk_item AS b WHERE b.run_id = $1::uuid AND b.n = t.n LIMIT 1) AS b), " \
  "noted AS (UPDATE worker_dashboard.bulk_item AS i SET result = 'refused', "              \
  "reason = old.reason FROM old WHERE i.ctid = old.place RETURNING old.result AS was) "    \
  "UPDATE worker_dashboard.bulk_run AS r SET done = r.done - (SELECT count (*) FROM noted " \
  "WHERE was = 'done'), refused = r.refused + (SELECT count (*) FROM noted "               \
  "WHERE was IS DISTINCT FROM 'refused') WHERE r.id = $1::uuid"

/**
 * wd_pg_bulk_note:
 * @self: a connection
 * @runner: who works on what
 * @places: (array length=n): places of items that were refused
 * @reasons: (array length=n): why, beside them
 * @n: how many
 * @deadline: of wd_deadline_in()
 * @error: %WD_ERROR_BUSY where somebody has taken the run over, or in #WD_ERROR
 *
 * Also when they had been promised, and their queue then said no. Worker.
 */
gboolean
wd_pg_bulk_note (WdPgConnection *self, const WdPgBulkRunner *runner, const gint64 *places,
                 const char *const *reasons, gsize n, gint64 deadline, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *xid = NULL;

  wd_pg_params_text (params, runner->run_id);
  wd_pg_params_int_array (params, places, n);
  wd_pg_params_text_array (params, reasons, n);
  if (!wd_pg_write_begin (self, &xid, deadline, NULL, error))
    return FALSE;
  results = wd_pg_bulk_hold (self, runner, &(WdPgStatement) { SQL_NOTE, params }, 1, deadline, NULL,
                             error);
  if (results == NULL)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  return wd_pg_write_commit (self, xid, deadline, error);
}

#define SQL_LEAVE                                                                          \
  "UPDATE worker_dashboard.bulk_run SET owner = NULL, last_error = $3, "                   \
  "state = CASE WHEN done + refused < total THEN 'paused' ELSE 'done' END "                \
  "WHERE id = $1::uuid AND owner = $2::uuid"

/**
 * wd_pg_bulk_leave:
 * @self: a connection
 * @runner: who has worked on what
 * @reason: (nullable): why it is paused, where somebody did not want that
 * @stopped: whether the one who wanted it is who has worked on it: that goes into the audit trail
 * @deadline: of wd_deadline_in()
 * @error: in #WD_ERROR
 *
 * It is done where nothing is left of it; else anybody may go on with it at once. Worker.
 */
gboolean
wd_pg_bulk_leave (WdPgConnection *self, const WdPgBulkRunner *runner, const char *reason,
                  gboolean stopped, gint64 deadline, GError **error)
{
  g_autoptr (WdPgParams) params = runner_params (runner);
  gint64 n_changed;

  wd_pg_params_text (params, reason);
  return stopped ? change_audited (self, WD_AUDIT_STOP_BULK, SQL_LEAVE " RETURNING " RUN_FACTS,
                                   params, &n_changed, deadline, NULL, error)
                 : change (self, SQL_LEAVE, params, &n_changed, deadline, NULL, error);
}

/**
 * wd_pg_bulk_discard:
 * @self: a connection
 * @run_id: UUID of a run
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_BUSY where somebody works on it, %WD_ERROR_REFUSED where it is done,
 *   %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Nobody can go on with it then. One that is discarded already stays so, without another entry in
 * the audit trail. Worker.
 */
gboolean
wd_pg_bulk_discard (WdPgConnection *self, const char *run_id, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdBulkRun) run = NULL;
  gint64 n_changed = 0;

  wd_pg_params_text (params, run_id);
  if (!change_audited (self, WD_AUDIT_DISCARD_BULK,
                       "UPDATE worker_dashboard.bulk_run SET owner = NULL, state = 'discarded' "
                       "WHERE id = $1::uuid AND " OPEN_BUT ("'{}'") " RETURNING " RUN_FACTS,
                       params, &n_changed, deadline, cancellable, error))
    return FALSE;
  if (n_changed > 0)
    return TRUE;
  run = wd_pg_bulk_load (self, run_id, deadline, cancellable, error);
  return run != NULL && (run->state == WD_BULK_DISCARDED || fail_closed (run, error));
}

/**
 * wd_pg_bulk_note_stop:
 * @self: a connection
 * @run_id: UUID of a run
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: in #WD_ERROR
 *
 * Puts into the audit trail that somebody stops it; that itself is up to its owner, who may be
 * waiting for a lock. Worker.
 */
gboolean
wd_pg_bulk_note_stop (WdPgConnection *self, const char *run_id, gint64 deadline,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  gint64 n_changed;

  wd_pg_params_text (params, run_id);
  return change_audited (self, WD_AUDIT_STOP_BULK,
                         "SELECT " RUN_FACTS " FROM worker_dashboard.bulk_run WHERE id = $1::uuid",
                         params, &n_changed, deadline, cancellable, error);
}
