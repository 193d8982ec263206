/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-bulk-request.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-request.h"

/* By number. */
static const char *const operation_words[] = { "retry", "dispatch", "set-flags" };

/**
 * wd_bulk_operation_word:
 * @operation: an operation
 *
 * Returns: (transfer none): its word, in documents and in the database
 */
const char *
wd_bulk_operation_word (WdBulkOperation operation)
{
  g_return_val_if_fail ((gsize) operation < G_N_ELEMENTS (operation_words), NULL);

  return operation_words[operation];
}

/**
 * wd_bulk_operation_from_word:
 * @word: (nullable): a word
 * @operation: (out): what it means
 *
 * Returns: whether it is one of them
 */
gboolean
wd_bulk_operation_from_word (const char *word, WdBulkOperation *operation)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operation_words); i++)
    if (g_strcmp0 (word, operation_words[i]) == 0)
      {
        *operation = (WdBulkOperation) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_bulk_operation_is_for_wallets:
 * @operation: an operation
 *
 * Returns: whether its subjects are addresses of wallets; else they are ids of rows of `job_logs`
 */
gboolean
wd_bulk_operation_is_for_wallets (WdBulkOperation operation)
{
  return operation != WD_BULK_RETRY;
}

/**
 * wd_bulk_request_new:
 * @operation: what to do
 *
 * Returns: (transfer full): a request without subjects yet, of normal priority, that leaves the
 *   flags as they are
 */
WdBulkRequest *
wd_bulk_request_new (WdBulkOperation operation)
{
  WdBulkRequest *self = g_new0 (WdBulkRequest, 1);

  self->operation = operation;
  self->priority = WD_PRIORITY_NORMAL;
  self->needs_gas = WD_TRISTATE_UNSET;
  self->needs_consolidation = WD_TRISTATE_UNSET;
  return self;
}

/**
 * wd_bulk_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): one of its own that asks for the same
 */
WdBulkRequest *
wd_bulk_request_copy (const WdBulkRequest *self)
{
  WdBulkRequest *copy = g_memdup2 (self, sizeof *self);

  copy->jobs = self->jobs != NULL ? wd_job_filter_copy (self->jobs) : NULL;
  copy->wallets = self->wallets != NULL ? wd_wallet_filter_copy (self->wallets) : NULL;
  copy->subjects = g_strdupv (self->subjects);
  copy->job_type = g_strdup (self->job_type);
  copy->user_id = g_strdup (self->user_id);
  copy->origin = self->origin != NULL ? wd_origin_ref (self->origin) : NULL;
  return copy;
}

/**
 * wd_bulk_request_free:
 * @self: (transfer full) (nullable): a request
 */
void
wd_bulk_request_free (WdBulkRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->jobs, wd_job_filter_free);
  g_clear_pointer (&self->wallets, wd_wallet_filter_free);
  g_strfreev (self->subjects);
  g_free (self->job_type);
  g_free (self->user_id);
  wd_origin_unref (self->origin);
  g_free (self);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static gboolean
validate_retry (const WdBulkRequest *self, GError **error)
{
  if (self->wallets != NULL)
    return fail (error, _("A retry is for jobs: a filter of wallets does not say which"));
  if ((self->subjects != NULL) == (self->jobs != NULL))
    return fail (error, _("Name the jobs to retry, or all failed ones, not both"));
  if (self->jobs != NULL)
    return wd_job_filter_validate (self->jobs, error);
  if (self->subjects[0] == NULL)
    return fail (error, _("Name at least one job"));
  for (char **id = self->subjects; *id != NULL; id++)
    if (!wd_uuid_validate (*id, "id", error))
      return FALSE;
  return TRUE;
}

static gboolean
validate_wallets (const WdBulkRequest *self, GError **error)
{
  if (self->jobs != NULL)
    return fail (error, _("This is for wallets: a filter of jobs does not say which"));
  if ((self->subjects != NULL) == (self->wallets != NULL))
    return fail (error, _("Name the wallets, or a filter that lets them through, not both"));
  if (self->wallets != NULL)
    return wd_wallet_filter_validate (self->wallets, error);
  if (self->subjects[0] == NULL)
    return wd_wallet_address_validate (NULL, error);
  for (char **address = self->subjects; *address != NULL; address++)
    if (!wd_wallet_address_validate (*address, error))
      return FALSE;
  return TRUE;
}

/**
 * wd_bulk_request_validate:
 * @self: a request
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_bulk_request_validate (const WdBulkRequest *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->operation)
    {
    case WD_BULK_RETRY:
      return validate_retry (self, error);
    case WD_BULK_DISPATCH:
      return wd_dispatch_type_validate (self->job_type, error)
             && wd_uuid_validate (self->user_id, "user_id", error)
             && validate_wallets (self, error);
    case WD_BULK_SET_FLAGS:
      if (self->needs_gas == WD_TRISTATE_UNSET && self->needs_consolidation == WD_TRISTATE_UNSET)
        return fail (error, _("Name at least one flag to set: needs_gas, needs_consolidation"));
      return validate_wallets (self, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}
