/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may ask the service. Tokens are made and revoked in one transaction with what the audit trail
 * says of it; the token itself never comes here. */

#include "postgres/wd-pg-token.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "postgres/wd-pg-audit.h"
#include "postgres/wd-pg-write.h"

#define SQL_LIST                                                                            \
  "SELECT id::text, name, role, hash, created_at, created_by, revoked_at "                  \
  "FROM worker_dashboard.api_token ORDER BY created_at, id"

#define SQL_CREATE                                                                          \
  "WITH made AS (INSERT INTO worker_dashboard.api_token (name, role, hash, created_by) "    \
  "VALUES ($4, $5, $6, $1) RETURNING name, role) "                                          \
  WD_PG_AUDIT_INSERT                                                                        \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_CREATE_TOKEN "', 'token', name, NULL, " \
  "jsonb_build_object ('role', role) FROM made"

#define SQL_REVOKE                                                                          \
  "WITH revoked AS (UPDATE worker_dashboard.api_token SET revoked_at = now() "              \
  "WHERE name = $4 AND revoked_at IS NULL RETURNING name, role) "                           \
  WD_PG_AUDIT_INSERT                                                                        \
  "SELECT $1::text, $2::text, $3::text, '" WD_AUDIT_REVOKE_TOKEN "', 'token', name, "       \
  "jsonb_build_object ('role', role), NULL FROM revoked RETURNING 1"

/**
 * wd_pg_token_list:
 * @self: a connection to a migrated database
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full) (element-type WdApiToken): all there ever were, oldest first. Worker.
 */
GPtrArray *
wd_pg_token_list (WdPgConnection *self, gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgResult) rows
      = wd_pg_connection_query (self, SQL_LIST, NULL, deadline, cancellable, error);
  g_autoptr (GPtrArray) tokens = NULL;

  if (rows == NULL)
    return NULL;
  tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_api_token_unref);
  for (guint i = 0; i < wd_pg_result_get_rows (rows); i++)
    {
      WdApiToken *token = wd_api_token_new ();

      g_ptr_array_add (tokens, token);
      token->id = g_strdup (wd_pg_result_text (rows, i, 0));
      token->name = g_strdup (wd_pg_result_text (rows, i, 1));
      if (!wd_api_role_from_word (wd_pg_result_text (rows, i, 2), &token->role, error))
        return NULL;
      if (!wd_api_hash_from_text (wd_pg_result_text (rows, i, 3), token->hash))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL, _("The token “%s” has no sound hash"),
                       token->name);
          return NULL;
        }
      token->created_at = wd_pg_result_time (rows, i, 4);
      token->created_by = g_strdup (wd_pg_result_text (rows, i, 5));
      token->revoked_at = wd_pg_result_time (rows, i, 6);
    }
  return g_steal_pointer (&tokens);
}

/**
 * wd_pg_token_create:
 * @self: a connection to a migrated database
 * @name: whom it is for
 * @role: what it allows
 * @hash: of the token, as text
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, %WD_ERROR_DUPLICATE where the name was ever used, or
 *   %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 */
gboolean
wd_pg_token_create (WdPgConnection *self, const char *name, WdApiRole role, const char *hash,
                    gint64 deadline, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (GError) local = NULL;

  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text (params, name);
  wd_pg_params_text (params, wd_api_role_word (role));
  wd_pg_params_text (params, hash);
  if (wd_pg_write (self, &(WdPgStatement) { SQL_CREATE, params }, 1, deadline, cancellable, &local))
    return TRUE;
  if (g_error_matches (local, WD_ERROR, WD_ERROR_DUPLICATE))
    g_set_error (error, WD_ERROR, WD_ERROR_DUPLICATE,
                 _("There is or was a token “%s”: the audit trail tells them apart by their names, "
                   "so use another"), name);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wd_pg_token_revoke:
 * @self: a connection to a migrated database
 * @name: of the token
 * @deadline: of wd_deadline_in()
 * @cancellable: (nullable): a cancellable, before the COMMIT
 * @error: nothing was written, %WD_ERROR_NOT_FOUND, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 */
gboolean
wd_pg_token_revoke (WdPgConnection *self, const char *name, gint64 deadline,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (WdPgParams) params = wd_pg_params_new ();
  g_autoptr (WdPgResult) result = NULL;
  g_autofree char *xid = NULL;

  wd_pg_audit_add_actor (params, self);
  wd_pg_params_text (params, name);
  if (!wd_pg_write_begin (self, &xid, deadline, cancellable, error))
    return FALSE;
  result = wd_pg_connection_query (self, SQL_REVOKE, params, deadline, cancellable, error);
  if (result != NULL && wd_pg_result_get_rows (result) == 0)
    g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no valid token “%s”"), name);
  if (result == NULL || wd_pg_result_get_rows (result) == 0)
    {
      wd_pg_write_abort (self, error);
      return FALSE;
    }
  return wd_pg_write_commit (self, xid, deadline, error);
}
