/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-job-type.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const WdJobType types[] = {
  { .name = "gas-topup", .worker_name = "gas-topup-worker", .queue = "gas-topup",
    .bullmq_name = "topup", .attempts = 3, .backoff_type = "exponential", .backoff_ms = 5000,
    .label = N_("Gas top-up"), .icon_name = "wd-gas-topup-symbolic", .can_dispatch = TRUE },
  { .name = "consolidation", .worker_name = "consolidation-worker", .queue = "consolidation",
    .bullmq_name = "consolidate", .attempts = 3, .backoff_type = "exponential", .backoff_ms = 5000,
    .label = N_("Consolidation"), .icon_name = "wd-consolidation-symbolic", .can_dispatch = TRUE },
  { .name = "sync", .worker_name = "wallet-sync-worker", .queue = "sync-balances",
    .bullmq_name = "sync", .attempts = 3, .backoff_type = "exponential", .backoff_ms = 1000,
    .label = N_("Balance sync"), .icon_name = "wd-sync-symbolic", .can_dispatch = TRUE },
  { .name = "deposit-detection", .worker_name = "deposit-detection-worker",
    .queue = "deposit-detection", .bullmq_name = "detect", .attempts = 3,
    .backoff_type = "exponential", .backoff_ms = 5000, .label = N_("Deposit detection"),
    .icon_name = "wd-deposit-detection-symbolic", .can_dispatch = FALSE },
};

/**
 * wd_job_types:
 * @n_types: (out): how many
 *
 * Returns: (transfer none) (array length=n_types): every kind of job, in the order shown
 */
const WdJobType *
wd_job_types (gsize *n_types)
{
  *n_types = G_N_ELEMENTS (types);
  return types;
}

/**
 * wd_job_type_lookup:
 * @name: (nullable): a word from `job_logs.job_type`
 *
 * Returns: (transfer none) (nullable): the kind, or %NULL for a word not in the table
 */
const WdJobType *
wd_job_type_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (types[i].name, name) == 0)
      return &types[i];
  return NULL;
}

/**
 * wd_job_type_label:
 * @name: a word from `job_logs.job_type`
 *
 * Returns: (transfer none): its translated name, or @name itself where it is not in the table
 */
const char *
wd_job_type_label (const char *name)
{
  const WdJobType *type = wd_job_type_lookup (name);

  return type != NULL ? _(type->label) : name;
}

/**
 * wd_job_type_dup_dispatched:
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of the kinds that an admin may
 *   queue
 */
char **
wd_job_type_dup_dispatched (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].can_dispatch)
      g_strv_builder_add (names, types[i].name);
  return g_strv_builder_end (names);
}
