/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/palette/wd-palette-found.h"

#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-words.h"

/**
 * wd_palette_find_wallet:
 * @wallet: a wallet that was found
 * @typed: what was looked for
 *
 * Returns: (transfer full): an item that leads to it
 */
WdPaletteItem *
wd_palette_find_wallet (const WdWallet *wallet, const char *typed)
{
  g_autofree char *address = wd_format_visible (wallet->address, 128);
  g_autofree char *network = wallet->network != NULL ? wd_format_visible (wallet->network, 32)
                                                     : NULL;
  g_autofree char *balance = wallet->balance != NULL ? wd_text_amount (wallet->balance) : NULL;
  g_autofree char *subtitle = network != NULL && balance != NULL
                                ? g_strdup_printf ("%s · %s", network, balance) : NULL;
  WdPaletteItem *item = wd_palette_item_new (WD_PALETTE_WALLETS, address,
                                             subtitle != NULL ? subtitle
                                                              : network != NULL ? network : balance,
                                             "win.show-wallet",
                                             g_variant_new_string (wallet->address));

  item->icon_name = "wd-wallets-symbolic";
  /* One found by its user has nothing to emphasize. */
  wd_palette_item_match (item, typed);
  if (item->rank < WD_MATCH_INSIDE)
    g_array_set_size (item->spans, 0);
  return item;
}

/**
 * wd_palette_find_job:
 * @job: a job that was found
 * @typed: what was looked for
 *
 * Returns: (transfer full): an item that leads to it, called by the id that was typed: the queue's,
 *   else the row's
 */
WdPaletteItem *
wd_palette_find_job (const WdJob *job, const char *typed)
{
  gboolean by_row = wd_palette_match (typed, job->job_id, NULL) != WD_MATCH_PREFIX;
  g_autofree char *id = wd_format_visible (by_row ? job->id : job->job_id, 128);
  g_autofree char *type = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *status = wd_format_visible (wd_job_status_label (job->status), 64);
  g_autofree char *age = wd_format_age (job->created_at, wd_time_now ());
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", type, status, age);
  WdPaletteItem *item = wd_palette_item_new (WD_PALETTE_JOBS, id, subtitle, "win.show-job",
                                             g_variant_new_string (job->id));

  item->icon_name = "wd-jobs-symbolic";
  wd_palette_item_match (item, typed);
  return item;
}
