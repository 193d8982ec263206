/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-wallet-trouble.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"

static const struct {
  const char *label;
  const char *advice;
} kinds[WD_N_WALLET_TROUBLES] = {
  [WD_WALLET_TROUBLE_FAILURES] = {
    NC_("wallet trouble", "Keeps failing"),
    N_("Look at the error of its jobs: trying again alone will not help.") },
  [WD_WALLET_TROUBLE_FLAG] = {
    NC_("wallet trouble", "Flag without a job"),
    N_("See whether the platform still makes jobs for flags. Trigger the job, or clear the "
       "flag.") },
  [WD_WALLET_TROUBLE_SYNC] = {
    NC_("wallet trouble", "Not synced"),
    N_("Its balance may be wrong. See whether the sync is scheduled, or trigger one.") },
  [WD_WALLET_TROUBLE_DEPOSIT] = {
    NC_("wallet trouble", "Deposit not consolidated"),
    N_("See whether it lacks gas, then trigger a consolidation.") },
  [WD_WALLET_TROUBLE_UNCLEARED] = {
    NC_("wallet trouble", "Flag not cleared"),
    N_("See why its jobs do not clear the flag. Until tomorrow (UTC) none are made for it: trigger "
       "one, or clear the flag.") },
};

/**
 * wd_wallet_trouble_words:
 *
 * Returns: (transfer none) (array zero-terminated=1): those of filters: of whatever kind, then by
 *   #WdWalletTrouble
 */
const char *const *
wd_wallet_trouble_words (void)
{
  static const char *const words[] = {
    WD_WALLET_TROUBLE_ANY, "failures", "flag", "sync", "deposit", "uncleared", NULL,
  };

  return words;
}

/**
 * wd_wallet_trouble_word:
 * @kind: a kind
 *
 * Returns: (transfer none): its word in filters and documents
 */
const char *
wd_wallet_trouble_word (WdWalletTrouble kind)
{
  return wd_wallet_trouble_words ()[kind + 1];
}

/**
 * wd_wallet_trouble_label:
 * @kind: a kind
 *
 * Returns: (transfer none): its translated name
 */
const char *
wd_wallet_trouble_label (WdWalletTrouble kind)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "wallet trouble", kinds[kind].label);
}

/**
 * wd_wallet_trouble_word_label:
 * @word: one of wd_wallet_trouble_words()
 *
 * Returns: (transfer none): its translated name, or @word itself where it is none of them
 */
const char *
wd_wallet_trouble_word_label (const char *word)
{
  if (g_strcmp0 (word, WD_WALLET_TROUBLE_ANY) == 0)
    return C_("wallet trouble", "In any trouble");
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    if (g_strcmp0 (word, wd_wallet_trouble_word (kind)) == 0)
      return wd_wallet_trouble_label (kind);
  return word;
}

/**
 * wd_wallet_trouble_explain:
 * @kind: a kind
 * @limits: of the site
 *
 * Returns: (transfer full): what it means, translated
 */
char *
wd_wallet_trouble_explain (WdWalletTrouble kind, const WdHealthLimits *limits)
{
  gint64 seconds[WD_N_WALLET_TROUBLES] = { 0, limits->flag, limits->sync, limits->deposit, 0 };
  g_autofree char *age = wd_format_duration (0, seconds[kind] * G_USEC_PER_SEC);

  switch (kind)
    {
    case WD_WALLET_TROUBLE_FAILURES:
      return g_strdup_printf (_("Its last %d jobs of a type all failed with the same error"),
                              (int) limits->failures);
    case WD_WALLET_TROUBLE_FLAG:
      return g_strdup_printf (_("A flag is set for more than %s, and no job was made for it in "
                                "that time"), age);
    case WD_WALLET_TROUBLE_SYNC:
      return g_strdup_printf (_("Last synced more than %s ago, or never"), age);
    case WD_WALLET_TROUBLE_UNCLEARED:
      return g_strdup (_("The service made as many jobs for a flag as it may in a day, and the "
                         "flag is still set"));
    case WD_WALLET_TROUBLE_DEPOSIT:
    case WD_N_WALLET_TROUBLES:
      break;
    }
  return g_strdup_printf (_("A deposit was detected more than %s ago, and no consolidation was "
                            "made since"), age);
}

/**
 * wd_wallet_trouble_advice:
 * @kind: a kind
 *
 * Returns: (transfer none): what to do, translated
 */
const char *
wd_wallet_trouble_advice (WdWalletTrouble kind)
{
  return _(kinds[kind].advice);
}
