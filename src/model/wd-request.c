/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "model/wd-job-type.h"

/* The column is varchar(255). */
#define ADDRESS_MAX 255

/**
 * wd_wallet_address_validate:
 * @address: (nullable): an address
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Networks differ, so nothing is asked of an address but that it is there, fits its column and
 * holds no control character.
 */
gboolean
wd_wallet_address_validate (const char *address, GError **error)
{
  if (address == NULL || *address == '\0')
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("wallet_address is required"));
      return FALSE;
    }
  if (!g_utf8_validate (address, -1, NULL) || g_utf8_strlen (address, -1) > ADDRESS_MAX)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("A wallet address has at most %d characters of UTF-8"), ADDRESS_MAX);
      return FALSE;
    }
  for (const char *p = address; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      {
        g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                             _("The wallet address holds a control character"));
        return FALSE;
      }
  return TRUE;
}

/**
 * wd_dispatch_request_new:
 * @job_type: name in the table of job types
 *
 * Returns: (transfer full): a request of normal priority without wallets yet
 */
WdDispatchRequest *
wd_dispatch_request_new (const char *job_type)
{
  WdDispatchRequest *self = g_new0 (WdDispatchRequest, 1);

  self->job_type = g_strdup (job_type);
  self->priority = WD_PRIORITY_NORMAL;
  return self;
}

/**
 * wd_dispatch_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): a request of its own for the same jobs
 */
WdDispatchRequest *
wd_dispatch_request_copy (const WdDispatchRequest *self)
{
  WdDispatchRequest *copy = wd_dispatch_request_new (self->job_type);

  copy->wallets = g_strdupv (self->wallets);
  copy->user_id = g_strdup (self->user_id);
  copy->priority = self->priority;
  copy->force = self->force;
  copy->trigger = g_strdup (self->trigger);
  copy->origin = self->origin != NULL ? wd_origin_ref (self->origin) : NULL;
  copy->origins = self->origins != NULL ? g_ptr_array_ref (self->origins) : NULL;
  return copy;
}

/**
 * wd_dispatch_request_free:
 * @self: (transfer full): a request
 */
void
wd_dispatch_request_free (WdDispatchRequest *self)
{
  g_free (self->job_type);
  g_strfreev (self->wallets);
  g_free (self->user_id);
  g_free (self->trigger);
  wd_origin_unref (self->origin);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
  g_free (self);
}

/**
 * wd_dispatch_type_validate:
 * @job_type: (nullable): which work
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_dispatch_type_validate (const char *job_type, GError **error)
{
  const WdJobType *type = wd_job_type_lookup (job_type);

  if (type != NULL && type->can_dispatch)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” cannot be triggered: use gas-topup, consolidation or sync"),
               job_type != NULL ? job_type : "");
  return FALSE;
}

/**
 * wd_dispatch_request_validate:
 * @self: a request
 * @error: %WD_ERROR_INVALID_ARGUMENT, naming the field
 */
gboolean
wd_dispatch_request_validate (const WdDispatchRequest *self, GError **error)
{
  if (!wd_dispatch_type_validate (self->job_type, error))
    return FALSE;
  if (self->wallets == NULL || *self->wallets == NULL)
    return wd_wallet_address_validate (NULL, error);
  for (char **wallet = self->wallets; *wallet != NULL; wallet++)
    if (!wd_wallet_address_validate (*wallet, error))
      return FALSE;
  if (self->trigger != NULL && !g_strv_contains (wd_trigger_words (), self->trigger))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("triggered_by: “%s” is not one of system, manual, deposit, schedule"),
                   self->trigger);
      return FALSE;
    }
  return wd_uuid_validate (self->user_id, "user_id", error);
}

/**
 * wd_retry_request_new:
 *
 * Returns: (transfer full): a request without jobs yet, for one more attempt each
 */
WdRetryRequest *
wd_retry_request_new (void)
{
  return g_new0 (WdRetryRequest, 1);
}

/**
 * wd_retry_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): a request of its own for the same jobs
 */
WdRetryRequest *
wd_retry_request_copy (const WdRetryRequest *self)
{
  WdRetryRequest *copy = wd_retry_request_new ();

  copy->ids = g_strdupv (self->ids);
  copy->all_failed = self->all_failed ? wd_job_filter_copy (self->all_failed) : NULL;
  copy->reset = self->reset;
  copy->force = self->force;
  copy->origin = self->origin != NULL ? wd_origin_ref (self->origin) : NULL;
  return copy;
}

/**
 * wd_retry_request_free:
 * @self: (transfer full): a request
 */
void
wd_retry_request_free (WdRetryRequest *self)
{
  g_strfreev (self->ids);
  g_clear_pointer (&self->all_failed, wd_job_filter_free);
  wd_origin_unref (self->origin);
  g_free (self);
}

/**
 * wd_retry_request_validate:
 * @self: a request
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_retry_request_validate (const WdRetryRequest *self, GError **error)
{
  gboolean named = self->ids != NULL && *self->ids != NULL;

  if (named == (self->all_failed != NULL))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Name the jobs to retry, or all failed ones, not both"));
      return FALSE;
    }
  return self->all_failed == NULL || wd_job_filter_validate (self->all_failed, error);
}
