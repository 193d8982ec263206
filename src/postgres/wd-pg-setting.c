/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-setting.h"

#include "base/wd-error.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-write.h"

/* Whoever comes second makes nothing, and so has nothing to answer for. */
#define SQL_MAKE                                                                          \
  "WITH made AS (INSERT INTO worker_dashboard.setting (key, value) "                      \
  "VALUES ($1, $2) ON CONFLICT (key) DO NOTHING RETURNING key, value) "                   \
  WD_PG_AUDIT_INSERT                                                                      \
  "SELECT $3::text, $4::text, $5::text, '" WD_AUDIT_SET_SETTING "', 'setting', key, NULL, " \
  "jsonb_build_object ('value', value) FROM made"

/**
 * wd_pg_setting_get:
 * @self: a connection to a migrated database
 * @key: of the setting
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND where it has no value
 *
 * Returns: (transfer full): the value it has. Worker.
 */
char *
wd_pg_setting_get (WdPgConnection *self, const char *key, gint64 deadline,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;

  wd_pg_params_text (params, key);
  result = wd_pg_connection_query (self,
                                   "SELECT value FROM worker_dashboard.setting WHERE key = $1",
                                   params, deadline, cancellable, error);
  if (result == NULL)
    return NULL;
  if (wd_pg_result_get_rows (result) == 0)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, "The setting “%s” is not there", key);
      return NULL;
    }
  return g_strdup (wd_pg_result_text (result, 0, 0));
}

/**
 * wd_pg_setting_agree:
 * @self: a connection to a migrated database
 * @key: of the setting
 * @wanted: the value to give it where it has none
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): the value it has, the same for everybody whoever came first. Worker.
 */
char *
wd_pg_setting_agree (WdPgConnection *self, const char *key, const char *wanted, gint64 deadline,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GError) local = NULL;
  char *value = wd_pg_setting_get (self, key, deadline, cancellable, &local);

  if (value != NULL)
    return value;
  if (!g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  wd_pg_params_text (params, key);
  wd_pg_params_text (params, wanted);
  wd_pg_audit_add_actor (params, self);
  if (!wd_pg_write (self, &(WdPgStatement) { SQL_MAKE, params }, 1, deadline, cancellable, error))
    return NULL;
  return wd_pg_setting_get (self, key, deadline, cancellable, error);
}
