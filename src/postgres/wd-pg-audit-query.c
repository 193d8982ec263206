/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-audit-query.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

/* As they are shown, so that what is read can be searched. */
#define WHO                                                                               \
  "concat_ws('@', a.os_user, a.host)", "a.db_role", "a.client"

#define TARGET                                                                            \
  "a.target_id", "a.after ->> 'wallet_address'", "a.after ->> 'job_id'", "a.after ->> 'queue'"

static void
add_time (WdPgListQuery *self, const char *comparison, WdTime time)
{
  if (time != WD_TIME_NONE)
    wd_pg_list_query_where (self, "a.at %s $%u", comparison,
                            wd_pg_params_time (self->params, time));
}

/**
 * wd_pg_audit_query_new:
 * @filter: which entries
 * @request: in which direction; its cursor and limit are not looked at
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): the list as SQL, by time and number
 */
WdPgListQuery *
wd_pg_audit_query_new (const WdAuditFilter *filter, const WdPageRequest *request, GError **error)
{
  static const char *const who[] = { WHO, NULL };
  static const char *const target[] = { TARGET, NULL };
  static const char *const any[] = { WHO, TARGET, NULL };
  g_autoptr (WdPgListQuery) self = wd_pg_list_query_new ("worker_dashboard.audit AS a");

  g_return_val_if_fail (filter != NULL && request != NULL, NULL);

  if (!wd_audit_filter_validate (filter, error))
    return NULL;
  if (request->sort != WD_SORT_CREATED)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The audit trail can only be sorted by time"));
      return NULL;
    }
  self->select = g_strdup ("a.id::text, a.at, a.os_user, a.host, a.db_role, a.client, a.action, "
                           "a.target_type, a.target_id, a.before::text, a.after::text");
  self->ascending = request->ascending;
  self->any_size = TRUE;
  self->sorts = 1u << WD_SORT_CREATED;
  wd_pg_list_query_add_key (self, "a.at", FALSE);
  wd_pg_list_query_add_key (self, "a.id", FALSE);
  wd_pg_list_query_where_any (self, "a.action", filter->actions);
  add_time (self, ">=", filter->from);
  add_time (self, "<=", filter->to);
  wd_pg_list_query_where_like (self, who, filter->who);
  wd_pg_list_query_where_like (self, target, filter->target);
  wd_pg_list_query_where_like (self, any, filter->search);
  return g_steal_pointer (&self);
}
