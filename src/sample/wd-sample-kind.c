/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sample/wd-sample-kind.h"

/* What servers say is not translated, nor is this. */
static const char *const sync_errors[] = {
  "Balance query failed: header not found for block 61204885",
  "Request failed with status code 429: rate limit exceeded, retry after 1200 ms",
  "connect ECONNREFUSED 10.4.18.7:8545",
  NULL
};
static const char *const deposit_errors[] = {
  "eth_getLogs: query returned more than 10000 results",
  "Block 61204901 is missing from the node: it is still syncing",
  "connect ECONNREFUSED 10.4.18.7:8545",
  NULL
};
static const char *const gas_errors[] = {
  "Gas wallet balance too low: 11.42 TRX available, 30 TRX needed",
  "insufficient funds for gas * price + value: have 1207300000000000 want 1953000000000000",
  "nonce too low: next nonce 48213, tx nonce 48211",
  "replacement transaction underpriced",
  NULL
};
static const char *const consolidation_errors[] = {
  "OUT_OF_ENERGY: Not enough energy for TRC-20 transfer: 31895 needed, 12040 available",
  "execution reverted: ERC20: transfer amount exceeds balance",
  "Transaction 7c2d81f0e4b95a36 not confirmed after 20 blocks",
  "timeout of 30000ms exceeded: POST https://tron-node.internal/wallet/broadcasttransaction",
  NULL
};

static const WdSampleKind kinds[] = {
  { "sync", 52, 600, 1800, 14, sync_errors },
  { "deposit-detection", 21, 800, 2400, 20, deposit_errors },
  { "gas-topup", 15, 1500, 3500, 45, gas_errors },
  { "consolidation", 12, 2000, 5000, 60, consolidation_errors },
};

/**
 * wd_sample_kind_lookup:
 * @job_type: one of those that the platform has
 *
 * Returns: (transfer none): how its jobs come about
 */
const WdSampleKind *
wd_sample_kind_lookup (const char *job_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].job_type, job_type) == 0)
      return &kinds[i];
  return &kinds[0];
}

/**
 * wd_sample_kind_pick:
 * @random: of the sample
 *
 * Returns: (transfer none): a kind, the frequent ones more often
 */
const WdSampleKind *
wd_sample_kind_pick (GRand *random)
{
  gint32 left = g_rand_int_range (random, 0, 100);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      left -= (gint32) kinds[i].share;
      if (left < 0)
        return &kinds[i];
    }
  return &kinds[0];
}

/**
 * wd_sample_kind_pick_error:
 * @self: a kind
 * @random: of the sample
 *
 * Returns: (transfer none): what went wrong; the first ones are frequent and the last ones rare
 */
const char *
wd_sample_kind_pick_error (const WdSampleKind *self, GRand *random)
{
  gint32 n = 0;

  while (self->errors[n] != NULL)
    n++;
  return self->errors[MIN (g_rand_int_range (random, 0, n), g_rand_int_range (random, 0, n))];
}

/**
 * wd_sample_kind_pick_ms:
 * @self: a kind
 * @random: of the sample
 *
 * Returns: how long a job runs, in milliseconds
 */
guint
wd_sample_kind_pick_ms (const WdSampleKind *self, GRand *random)
{
  return (guint) g_rand_int_range (random, (gint32) self->shortest, (gint32) self->longest);
}

/**
 * wd_sample_kind_pick_trigger:
 * @random: of the sample
 *
 * Returns: (transfer none): what made a job, in the words of the table
 */
const char *
wd_sample_kind_pick_trigger (GRand *random)
{
  static const char *const triggers[] = { "schedule", "schedule", "schedule", "schedule",
                                          "system", "system", "deposit", "manual" };

  return triggers[g_rand_int_range (random, 0, G_N_ELEMENTS (triggers))];
}
