/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-filter-field.h"

#include <glib/gi18n-lib.h>

#include "model/wd-filter.h"
#include "model/wd-job-type.h"
#include "model/wd-wallet-trouble.h"
#include "model/wd-words.h"

#define NONE WD_FILTER_NOT_KEPT
#define JOB(member) G_STRUCT_OFFSET (WdJobFilter, member)
#define WALLET(member) G_STRUCT_OFFSET (WdWalletFilter, member)

static const char *const *
type_words (void)
{
  static const char *words[8];
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  g_assert (n_types < G_N_ELEMENTS (words));
  for (gsize i = 0; i < n_types; i++)
    words[i] = types[i].name;
  return words;
}

/* In the order in which a filter is written. */
static const WdFilterField job_fields[] = {
  { "status", WD_FILTER_WORDS, { JOB (statuses), JOB (not_statuses) }, wd_job_status_words,
    N_("In this status") },
  { "type", WD_FILTER_WORDS, { JOB (types), JOB (not_types) }, type_words,
    N_("Of this type") },
  { "trigger", WD_FILTER_WORDS, { JOB (triggers), JOB (not_triggers) }, wd_trigger_words,
    N_("Triggered by") },
  { "wallet", WD_FILTER_EXACT, { JOB (wallet) }, NULL, N_("For the wallet of this address") },
  { "user", WD_FILTER_UUID, { JOB (user) }, NULL, N_("For this user") },
  { "id", WD_FILTER_TEXT, { JOB (id_prefix), NONE }, NULL, N_("Id or job id begins with") },
  { "search", WD_FILTER_TEXT, { JOB (search), NONE }, NULL,
    N_("Id, job id or wallet contains") },
  { "error", WD_FILTER_TEXT, { JOB (error), JOB (not_error) }, NULL, N_("Error contains") },
  { "group", WD_FILTER_EXACT, { JOB (error_group) }, NULL, N_("Of this group of errors") },
  { "created", WD_FILTER_TIME, { JOB (from), JOB (to), JOB (from_ago), JOB (to_ago) }, NULL,
    N_("Created at") },
  { "completed", WD_FILTER_TIME,
    { JOB (completed_from), JOB (completed_to), JOB (completed_from_ago), JOB (completed_to_ago) },
    NULL, N_("Ended at") },
  { "retries", WD_FILTER_COUNT, { JOB (retries_from), JOB (retries_to) }, NULL,
    N_("Number of retries") },
  { "data", WD_FILTER_DATA, { JOB (data) }, NULL, N_("A value in the job’s data") },
  { NULL, WD_FILTER_SEARCH, { JOB (words) }, NULL, NULL },
};

static const WdFilterField wallet_fields[] = {
  { "network", WD_FILTER_WORDS, { WALLET (networks), WALLET (not_networks) }, NULL,
    N_("On this network") },
  { "gas", WD_FILTER_FLAG, { WALLET (needs_gas) }, NULL, N_("Whether it needs gas") },
  { "consolidation", WD_FILTER_FLAG, { WALLET (needs_consolidation) }, NULL,
    N_("Whether it needs consolidation") },
  { "trouble", WD_FILTER_WORDS, { WALLET (troubles), WALLET (not_troubles) },
    wd_wallet_trouble_words, N_("In this trouble") },
  { "balance", WD_FILTER_AMOUNT,
    { WALLET (min_balance), WALLET (max_balance), WALLET (above_min), WALLET (below_max) }, NULL,
    N_("Balance") },
  { "user", WD_FILTER_UUID, { WALLET (user) }, NULL, N_("Of this user") },
  { "address", WD_FILTER_TEXT, { WALLET (address_prefix), NONE }, NULL,
    N_("Address begins with") },
  { NULL, WD_FILTER_SEARCH, { WALLET (search) }, NULL, NULL },
};

/**
 * wd_job_filter_fields:
 * @n_fields: (out): how many
 *
 * Returns: (transfer none) (array length=n_fields): what a line for jobs may ask for
 */
const WdFilterField *
wd_job_filter_fields (gsize *n_fields)
{
  *n_fields = G_N_ELEMENTS (job_fields);
  return job_fields;
}

/**
 * wd_wallet_filter_fields:
 * @n_fields: (out): how many
 *
 * Returns: (transfer none) (array length=n_fields): what a line for wallets may ask for
 */
const WdFilterField *
wd_wallet_filter_fields (gsize *n_fields)
{
  *n_fields = G_N_ELEMENTS (wallet_fields);
  return wallet_fields;
}

/**
 * wd_filter_field_example:
 * @self: a field
 *
 * Returns: (transfer none): a value as it is typed; the same in every language
 */
const char *
wd_filter_field_example (const WdFilterField *self)
{
  switch (self->kind)
    {
    case WD_FILTER_TIME:
      return ">-24h";
    case WD_FILTER_COUNT:
      return ">=1";
    case WD_FILTER_AMOUNT:
      return ">0.5";
    case WD_FILTER_FLAG:
      return "yes";
    case WD_FILTER_DATA:
      return ".amount:>5";
    case WD_FILTER_UUID:
      return "7f9c24e8-3b12-4a1f-9d5e-2c6b8a0f1e3d";
    case WD_FILTER_TEXT:
    case WD_FILTER_EXACT:
    case WD_FILTER_WORDS:
    case WD_FILTER_SEARCH:
      break;
    }
  return "";
}
