/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/wd-list-kind.h"

static void
load_jobs (WdBackend *backend, gconstpointer filter, const WdPageRequest *page,
           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_list_jobs_async (backend, filter, page, cancellable, callback, data);
}

static const char *
get_job_id (gconstpointer record)
{
  return ((const WdJob *) record)->id;
}

static WdTime
get_job_created (gconstpointer record)
{
  return ((const WdJob *) record)->created_at;
}

static gboolean
equal_jobs (gconstpointer a, gconstpointer b)
{
  return wd_job_equal (a, b);
}

static gpointer
ref_job (gpointer record)
{
  return wd_job_ref (record);
}

static void
unref_job (gpointer record)
{
  wd_job_unref (record);
}

static gpointer
copy_job_filter (gconstpointer filter)
{
  return wd_job_filter_copy (filter);
}

static gboolean
equal_job_filters (gconstpointer a, gconstpointer b)
{
  return wd_job_filter_equal (a, b);
}

static gboolean
is_empty_job_filter (gconstpointer filter)
{
  return wd_job_filter_is_empty (filter);
}

static void
free_job_filter (gpointer filter)
{
  wd_job_filter_free (filter);
}

static void
set_job_filter_now (gpointer filter, WdTime now)
{
  wd_job_filter_set_now (filter, now);
}

static WdExportRequest *
export_jobs (gconstpointer filter)
{
  return wd_export_request_new_jobs (filter);
}

static void
load_wallets (WdBackend *backend, gconstpointer filter, const WdPageRequest *page,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_list_wallets_async (backend, filter, page, cancellable, callback, data);
}

/* Deployed tables of wallets need not have an id. */
static const char *
get_wallet_id (gconstpointer record)
{
  const WdWallet *wallet = record;

  return wallet->id != NULL ? wallet->id : wallet->address;
}

static WdTime
get_wallet_created (gconstpointer record)
{
  return ((const WdWallet *) record)->created_at;
}

static gboolean
equal_wallets (gconstpointer a, gconstpointer b)
{
  return wd_wallet_equal (a, b);
}

static gpointer
ref_wallet (gpointer record)
{
  return wd_wallet_ref (record);
}

static void
unref_wallet (gpointer record)
{
  wd_wallet_unref (record);
}

static gpointer
copy_wallet_filter (gconstpointer filter)
{
  return wd_wallet_filter_copy (filter);
}

static gboolean
equal_wallet_filters (gconstpointer a, gconstpointer b)
{
  return wd_wallet_filter_equal (a, b);
}

static gboolean
is_empty_wallet_filter (gconstpointer filter)
{
  return wd_wallet_filter_is_empty (filter);
}

static void
free_wallet_filter (gpointer filter)
{
  wd_wallet_filter_free (filter);
}

static WdExportRequest *
export_wallets (gconstpointer filter)
{
  return wd_export_request_new_wallets (filter);
}

static void
load_audit (WdBackend *backend, gconstpointer filter, const WdPageRequest *page,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  wd_backend_list_audit_async (backend, filter, page, cancellable, callback, data);
}

static const char *
get_entry_id (gconstpointer record)
{
  return ((const WdAuditEntry *) record)->id;
}

static WdTime
get_entry_created (gconstpointer record)
{
  return ((const WdAuditEntry *) record)->at;
}

static gboolean
equal_entries (gconstpointer a, gconstpointer b)
{
  return wd_audit_entry_equal (a, b);
}

static gpointer
ref_entry (gpointer record)
{
  return wd_audit_entry_ref (record);
}

static void
unref_entry (gpointer record)
{
  wd_audit_entry_unref (record);
}

static gpointer
copy_audit_filter (gconstpointer filter)
{
  return wd_audit_filter_copy (filter);
}

static gboolean
equal_audit_filters (gconstpointer a, gconstpointer b)
{
  return wd_audit_filter_equal (a, b);
}

static gboolean
is_empty_audit_filter (gconstpointer filter)
{
  return wd_audit_filter_is_empty (filter);
}

static void
free_audit_filter (gpointer filter)
{
  wd_audit_filter_free (filter);
}

static WdExportRequest *
export_audit (gconstpointer filter)
{
  return wd_export_request_new_audit (filter);
}

/**
 * wd_list_kind_jobs:
 *
 * Returns: (transfer none): lists of #WdJob, with #WdJobFilter
 */
const WdListKind *
wd_list_kind_jobs (void)
{
  static const WdListKind kind = {
    load_jobs, wd_backend_list_jobs_finish, get_job_id, get_job_created, equal_jobs,
    ref_job, unref_job, copy_job_filter, equal_job_filters, is_empty_job_filter, free_job_filter,
    set_job_filter_now, export_jobs,
  };

  return &kind;
}

/**
 * wd_list_kind_wallets:
 *
 * Returns: (transfer none): lists of #WdWallet, with #WdWalletFilter
 */
const WdListKind *
wd_list_kind_wallets (void)
{
  static const WdListKind kind = {
    load_wallets, wd_backend_list_wallets_finish, get_wallet_id, get_wallet_created,
    equal_wallets, ref_wallet, unref_wallet, copy_wallet_filter, equal_wallet_filters,
    is_empty_wallet_filter, free_wallet_filter, NULL, export_wallets,
  };

  return &kind;
}

/**
 * wd_list_kind_audit:
 *
 * Returns: (transfer none): lists of #WdAuditEntry, with #WdAuditFilter
 */
const WdListKind *
wd_list_kind_audit (void)
{
  static const WdListKind kind = {
    load_audit, wd_backend_list_audit_finish, get_entry_id, get_entry_created, equal_entries,
    ref_entry, unref_entry, copy_audit_filter, equal_audit_filters, is_empty_audit_filter,
    free_audit_filter, NULL, export_audit,
  };

  return &kind;
}
