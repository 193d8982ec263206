/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-export-request.h"

/* By number; also what files of a format end in. */
static const char *const format_words[] = { "csv", "jsonl" };

static WdExportRequest *
make (WdExportKind kind)
{
  WdExportRequest *self = g_new0 (WdExportRequest, 1);

  self->kind = kind;
  self->sort = WD_SORT_CREATED;
  return self;
}

/**
 * wd_export_request_new_jobs:
 * @filter: which jobs
 *
 * Returns: (transfer full): all of them, newest first
 */
WdExportRequest *
wd_export_request_new_jobs (const WdJobFilter *filter)
{
  WdExportRequest *self;

  g_return_val_if_fail (filter != NULL, NULL);

  self = make (WD_EXPORT_JOBS);
  self->jobs = wd_job_filter_copy (filter);
  return self;
}

/**
 * wd_export_request_new_wallets:
 * @filter: which wallets
 *
 * Returns: (transfer full): all of them, newest first
 */
WdExportRequest *
wd_export_request_new_wallets (const WdWalletFilter *filter)
{
  WdExportRequest *self;

  g_return_val_if_fail (filter != NULL, NULL);

  self = make (WD_EXPORT_WALLETS);
  self->wallets = wd_wallet_filter_copy (filter);
  return self;
}

/**
 * wd_export_request_new_audit:
 * @filter: which entries
 *
 * Returns: (transfer full): all of them, newest first
 */
WdExportRequest *
wd_export_request_new_audit (const WdAuditFilter *filter)
{
  WdExportRequest *self;

  g_return_val_if_fail (filter != NULL, NULL);

  self = make (WD_EXPORT_AUDIT);
  self->audit = wd_audit_filter_copy (filter);
  return self;
}

/**
 * wd_export_request_new_bulk:
 * @run_id: UUID of a bulk run
 *
 * Returns: (transfer full): its report: all its items and what became of each
 */
WdExportRequest *
wd_export_request_new_bulk (const char *run_id)
{
  WdExportRequest *self;

  g_return_val_if_fail (run_id != NULL, NULL);

  self = make (WD_EXPORT_BULK);
  self->bulk_run = g_strdup (run_id);
  return self;
}

/**
 * wd_export_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): one like it
 */
WdExportRequest *
wd_export_request_copy (const WdExportRequest *self)
{
  WdExportRequest *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->jobs = self->jobs != NULL ? wd_job_filter_copy (self->jobs) : NULL;
  copy->wallets = self->wallets != NULL ? wd_wallet_filter_copy (self->wallets) : NULL;
  copy->audit = self->audit != NULL ? wd_audit_filter_copy (self->audit) : NULL;
  copy->bulk_run = g_strdup (self->bulk_run);
  return copy;
}

/**
 * wd_export_request_free:
 * @self: (transfer full) (nullable): a request
 */
void
wd_export_request_free (WdExportRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->jobs, wd_job_filter_free);
  g_clear_pointer (&self->wallets, wd_wallet_filter_free);
  g_clear_pointer (&self->audit, wd_audit_filter_free);
  g_free (self->bulk_run);
  g_free (self);
}

/**
 * wd_export_format_from_string:
 * @word: (nullable): `csv` or `jsonl`
 * @format: (out): what it means
 *
 * Returns: whether @word is one of them
 */
gboolean
wd_export_format_from_string (const char *word, WdExportFormat *format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (format_words); i++)
    if (g_strcmp0 (word, format_words[i]) == 0)
      {
        *format = (WdExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * wd_export_format_to_string:
 * @format: a format
 *
 * Returns: (transfer none): its word, which is also what its files end in
 */
const char *
wd_export_format_to_string (WdExportFormat format)
{
  g_return_val_if_fail ((gsize) format < G_N_ELEMENTS (format_words), NULL);

  return format_words[format];
}
