/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The limits of the site are settings; one that is as usual has none. */

#include "postgres/wd-pg-health-limits.h"

#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-write.h"

#define SQL_SET                                                                           \
  "WITH old AS (SELECT value FROM worker_dashboard.setting WHERE key = $1), "             \
  "made AS (INSERT INTO worker_dashboard.setting (key, value) VALUES ($1, $2) "           \
  "ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = now(), "          \
  "changed_by = current_user RETURNING key, value) "                                      \
  WD_PG_AUDIT_INSERT                                                                      \
  "SELECT $3::text, $4::text, $5::text, '" WD_AUDIT_SET_SETTING "', 'setting', key, "     \
  "(SELECT jsonb_build_object ('value', value) FROM old), "                               \
  "jsonb_build_object ('value', value) FROM made"

#define SQL_UNSET                                                                         \
  "WITH gone AS (DELETE FROM worker_dashboard.setting WHERE key = $1 "                    \
  "RETURNING key, value) "                                                                \
  WD_PG_AUDIT_INSERT                                                                      \
  "SELECT $3::text, $4::text, $5::text, '" WD_AUDIT_SET_SETTING "', 'setting', key, "     \
  "jsonb_build_object ('value', value), jsonb_build_object ('value', $2::text) FROM gone"

/**
 * wd_pg_health_limits_set:
 * @self: a connection to a migrated database
 * @before: as they were read
 * @after: as they shall be; checked
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Writes those that differ, all or none, each with its entry of the audit trail. Worker.
 */
gboolean
wd_pg_health_limits_set (WdPgConnection *self, const WdHealthLimits *before,
                         const WdHealthLimits *after, gint64 deadline, GCancellable *cancellable,
                         GError **error)
{
  gsize n_limits;
  const WdHealthLimit *limits = wd_health_limits_get_all (&n_limits);
  g_autofree WdPgStatement *statements = g_new0 (WdPgStatement, n_limits);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_pg_params_free);
  gsize n = 0;

  for (gsize i = 0; i < n_limits; i++)
    {
      gint64 value = wd_health_limits_get (after, &limits[i]);
      g_autofree char *key = g_strconcat (WD_HEALTH_SETTING, limits[i].name, NULL);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      WdPgParams *params;

      if (value == wd_health_limits_get (before, &limits[i]))
        continue;
      params = wd_pg_params_new ();
      g_ptr_array_add (owned, params);
      wd_pg_params_text (params, key);
      wd_pg_params_text (params, text);
      wd_pg_audit_add_actor (params, self);
      statements[n++] = (WdPgStatement) { value == limits[i].usual ? SQL_UNSET : SQL_SET, params };
    }
  return n == 0 || wd_pg_write (self, statements, n, deadline, cancellable, error);
}
