/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "rest/wd-rest-outlook.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-wallet-scan.h"
#include "rest/wd-rest-wallets.h"

/* Wallets whose jobs are looked up one by one. */
#define MAX_ADDRESSES 200

/* The newest of each type. */
static void
add_under_way (WdOutlook *outlook, GPtrArray *jobs)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < jobs->len; i++)
    {
      WdJob *job = jobs->pdata[i];

      if (wd_rest_job_is_under_way (job) && g_hash_table_add (types, job->job_type))
        g_ptr_array_add (outlook->under_way, wd_job_ref (job));
    }
}

/**
 * wd_rest_load_outlook:
 * @client: whom to ask
 * @addresses: (array zero-terminated=1): of wallets
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED where there are too many, others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): which of them exist, and their jobs under way
 */
WdOutlook *
wd_rest_load_outlook (WdRestClient *client, const char *const *addresses,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (WdOutlook) outlook = wd_outlook_create ();
  gboolean is_complete;

  if (g_strv_length ((char **) addresses) > MAX_ADDRESSES)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                   _("A remote dashboard is asked about %d wallets at a time at most"),
                   MAX_ADDRESSES);
      return NULL;
    }
  g_clear_pointer (&outlook->wallets, g_ptr_array_unref);
  outlook->wallets = wd_rest_find_wallets (client, addresses, &is_complete, cancellable, error);
  if (outlook->wallets == NULL)
    return NULL;
  if (!is_complete)
    {
      wd_rest_wallets_refuse_many (error);
      return NULL;
    }
  for (; *addresses != NULL; addresses++)
    {
      g_autoptr (GPtrArray) jobs = wd_rest_jobs_of_wallet (client, *addresses, NULL, WD_TIME_NONE,
                                                           NULL, cancellable, error);

      if (jobs == NULL)
        return NULL;
      add_under_way (outlook, jobs);
    }
  return g_steal_pointer (&outlook);
}
