/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-fate.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "base/wd-wait.h"

#define FIRST_PAUSE_MS 20
#define LAST_PAUSE_MS 500

/**
 * wd_pg_connection_fate:
 * @self: a connection without an open transaction; it makes itself anew after the loss
 * @xid: what `SELECT pg_current_xact_id()::text` gave inside the transaction
 * @deadline: from wd_deadline_in()
 * @cancellable: (nullable): ends the wait at once
 * @error: set with %WD_PG_FATE_UNKNOWN
 *
 * Finds out what became of a transaction whose COMMIT was not answered. While it is still in
 * progress, its server process not yet aware that we are gone, this asks again. On a server that
 * took the place of the one asked before, the number may belong to another transaction: where
 * that matters, look for the rows as well.
 *
 * Returns: what became of it
 */
WdPgFate
wd_pg_connection_fate (WdPgConnection *self, const char *xid, gint64 deadline,
                       GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();

  g_return_val_if_fail (self != NULL && xid != NULL, WD_PG_FATE_UNKNOWN);

  wd_pg_params_text (params, xid);
  for (guint pause = FIRST_PAUSE_MS;; pause = MIN (pause * 2, LAST_PAUSE_MS))
    {
      g_autoptr (WdPgResult) result = NULL;
      const char *status;

      result = wd_pg_connection_query (self, "SELECT pg_catalog.pg_xact_status($1::xid8)", params,
                                       deadline, cancellable, error);
      if (result == NULL)
        return WD_PG_FATE_UNKNOWN;
      status = wd_pg_result_text (result, 0, 0);
      if (g_strcmp0 (status, "committed") == 0)
        return WD_PG_FATE_COMMITTED;
      if (g_strcmp0 (status, "aborted") == 0)
        return WD_PG_FATE_ABORTED;
      if (status == NULL)
        {
          g_set_error_literal (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME,
                               _("The server no longer remembers the transaction"));
          return WD_PG_FATE_UNKNOWN;
        }
      if (!wd_wait_ms (MIN (pause, (guint) wd_deadline_left_ms (deadline)), cancellable, error))
        return WD_PG_FATE_UNKNOWN;
    }
}
