/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs leave their queue amid a transaction that holds their rows: whoever dies in between leaves
 * rows that say pending without a job, which the comparison of rows and queues names lost. The
 * other order would leave rows that say failed with a job that runs. */

#include "direct/wd-direct-take-out.h"

#include <glib/gi18n-lib.h>

#include "base/wd-fault.h"
#include "base/wd-time.h"
#include "direct/wd-lane.h"
#include "postgres/wd-pg-removal.h"
#include "postgres/wd-pg-write.h"

/* What the row of a job that was taken out says. Words of the database. */
#define REMOVED "removed from the queue by an admin"

/**
 * wd_direct_take_out:
 * @postgres: a connection without an open transaction
 * @queue: which queue
 * @job_log_ids: (array zero-terminated=1): UUIDs of the rows of those jobs that have one
 * @func: takes the jobs out
 * @func_data: for @func
 * @cancellable: (nullable): a cancellable, until they are out
 * @gone: (element-type utf8): gets what @func says, then %NULL
 * @unmarked: (out) (nullable): that and why the rows of those in @gone may not say so
 * @error: that of @func, or else that of the rows
 *
 * Rows of jobs that left the queue say so whatever was not answered of the others. Worker.
 */
gboolean
wd_direct_take_out (WdPgConnection *postgres, const char *queue, const char *const *job_log_ids,
                    WdTakeOutFunc func, gpointer func_data, GCancellable *cancellable,
                    GPtrArray *gone, GError **unmarked, GError **error)
{
  g_autofree char *xid = NULL;
  gint64 deadline = wd_deadline_in (2 * WD_WRITE_MS);
  g_autoptr (GError) trouble = NULL;

  *unmarked = NULL;
  if (!wd_pg_write_begin (postgres, &xid, deadline, cancellable, error))
    return FALSE;
  if (!wd_pg_removal_lock (postgres, job_log_ids, deadline, cancellable, error))
    {
      wd_pg_write_abort (postgres, error);
      return FALSE;
    }
  func (gone, func_data, &trouble);
  wd_fault_point ("drain:evicted");
  g_ptr_array_add (gone, NULL);
  if (!wd_pg_removal_mark (postgres, (const char *const *) gone->pdata, REMOVED, queue, deadline,
                           NULL, unmarked)
      || !wd_pg_write_commit (postgres, xid, deadline, unmarked))
    {
      wd_pg_connection_rollback (postgres);
      if (trouble == NULL)
        trouble = g_error_copy (*unmarked);
      g_prefix_error (unmarked, "%s",
                      _("It was taken out of the queue, but its row may not say so; "
                        "comparing rows with queues names it: "));
    }
  if (trouble == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&trouble));
  return FALSE;
}
