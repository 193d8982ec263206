/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-doctor.h"

#include <glib/gi18n-lib.h>

#include "model/wd-check.h"
#include "postgres/wd-pg-migrator.h"

#define OLDEST_VERSION 130000

/**
 * wd_pg_doctor:
 * @connection: a connection
 * @profile: how it is used
 * @recount: also count everything anew and mend the counts table
 * @checks: (element-type WdCheck): takes the findings
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Worker.
 */
gboolean
wd_pg_doctor (WdPgConnection *connection, const WdProfile *profile, gboolean recount,
              GPtrArray *checks, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  int version;

  if (!wd_pg_connection_ensure (connection, deadline, cancellable, error))
    return FALSE;
  version = wd_pg_connection_get_server_version (connection);
  g_ptr_array_add (checks,
                   wd_check_new ("postgres-version",
                                 version < OLDEST_VERSION ? WD_CHECK_ERROR : WD_CHECK_OK,
                                 _("PostgreSQL %d.%d; 13 or later is needed"), version / 10000,
                                 version % 10000));
  if (wd_pg_schema_is_current (connection, deadline, cancellable, &problem))
    g_ptr_array_add (checks, wd_check_new ("schema", WD_CHECK_OK, _("Every migration is applied")));
  else if (problem == NULL)
    g_ptr_array_add (checks, wd_check_new ("schema", WD_CHECK_ERROR,
                                           _("Migrations are missing: run “wdctl migrate”")));
  else
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return TRUE;
}
