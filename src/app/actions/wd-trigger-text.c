/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the "Trigger Job" dialog says. Every text is owned by the caller and plain. */

#include "app/actions/wd-trigger-text.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-subject.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-words.h"

/* Networks named one by one; the others together. */
#define MAX_NETWORKS 4

/**
 * wd_trigger_text_wallet:
 * @wallet: a wallet
 *
 * Returns: (transfer full): its network and its user, as far as they are known
 */
char *
wd_trigger_text_wallet (const WdWallet *wallet)
{
  g_autofree char *network
    = wallet->network != NULL ? wd_format_visible (wallet->network, 64) : NULL;
  g_autofree char *user = wallet->user_id != NULL ? wd_format_visible (wallet->user_id, 64) : NULL;

  if (user == NULL)
    return g_strdup (network != NULL ? network : _("no user"));
  if (network == NULL)
    return g_strdup_printf (_("user %s"), user);
  /* TRANSLATORS: a network and the id of a user */
  return g_strdup_printf (_("%s, user %s"), network, user);
}

/**
 * wd_trigger_text_under_way:
 * @job: one that is under way
 *
 * Returns: (transfer full): “Gas top-up, active, 40 s ago”
 */
char *
wd_trigger_text_under_way (const WdJob *job)
{
  g_autofree char *type = wd_format_visible (wd_job_type_label (job->job_type), 64);
  g_autofree char *status = wd_job_status_in_text (job->status);
  g_autofree char *age = wd_format_age (job->created_at, wd_time_now ());

  /* TRANSLATORS: a job under way: its kind, its status in small letters, its age */
  return g_strdup_printf (_("%s, %s, %s"), type, status, age);
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer counts)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *(const char *const *) a));
  guint second = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *(const char *const *) b));

  return (first < second) - (first > second);
}

/* “on tron”, or “10 tron, 2 ethereum”; NULL where no wallet has a network. */
static char *
describe_networks (const WdOutlook *outlook)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < outlook->wallets->len; i++)
    {
      const char *network = ((WdWallet *) outlook->wallets->pdata[i])->network;

      if (network == NULL)
        continue;
      if (!g_hash_table_contains (counts, network))
        g_ptr_array_add (names, (gpointer) network);
      g_hash_table_insert (counts, (gpointer) network,
                           GUINT_TO_POINTER (
                             GPOINTER_TO_UINT (g_hash_table_lookup (counts, network)) + 1));
    }
  if (names->len == 1)
    {
      g_autofree char *name = wd_format_visible (names->pdata[0], 32);

      /* TRANSLATORS: after a number of wallets; %s is a network */
      return g_strdup_printf (_("all on %s"), name);
    }
  g_ptr_array_sort_with_data (names, compare_counts, counts);
  for (guint i = 0; i < MIN (names->len, MAX_NETWORKS); i++)
    {
      g_autofree char *count
        = wd_text_count (GPOINTER_TO_UINT (g_hash_table_lookup (counts, names->pdata[i])));
      g_autofree char *name = wd_format_visible (names->pdata[i], 32);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", count, name);
    }
  if (names->len > MAX_NETWORKS)
    g_string_append (text, ", …");
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

typedef struct {
  guint n_open;
  guint n_busy;       /* left out for a job under way */
  guint n_unknown;    /* left out for want of a wallet */
  guint n_done;
  guint n_undelivered;
  guint n_refused;
  guint n_doubtful;
} Counts;

static Counts
count (GListModel *subjects)
{
  Counts counts = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (subjects); i++)
    {
      g_autoptr (WdSubject) subject = g_list_model_get_item (subjects, i);
      gboolean open = wd_subject_is_open (subject);
      gboolean out = open && !wd_subject_may_go (subject);

      counts.n_open += open;
      counts.n_busy += out && wd_subject_get_job (subject) != NULL;
      counts.n_unknown += out && wd_subject_get_job (subject) == NULL;
      counts.n_done += wd_subject_get_state (subject) == WD_SUBJECT_DONE;
      counts.n_undelivered += wd_subject_get_state (subject) == WD_SUBJECT_UNDELIVERED;
      counts.n_refused += wd_subject_get_state (subject) == WD_SUBJECT_REFUSED && !out;
      counts.n_doubtful += wd_subject_get_state (subject) == WD_SUBJECT_UNKNOWN;
    }
  return counts;
}

/* @format: with one %s, for @n */
static void
append (GString *text, const char *format, guint n)
{
  g_autofree char *number = wd_text_count (n);
  g_autoptr (GString) sentence = NULL;

  if (n == 0)
    return;
  g_string_append_c (text, ' ');
  sentence = g_string_new (format);
  g_string_replace (sentence, "%s", number, 1);
  g_string_append (text, sentence->str);
}

/* Those that were tried already come first; then what keeps others out. */
static void
append_counts (GString *text, const Counts *counts)
{
  append (text, ngettext ("%s is queued.", "%s are queued.", counts->n_done), counts->n_done);
  append (text, ngettext ("%s is written, but not known to be queued.",
                          "%s are written, but not known to be queued.", counts->n_undelivered),
          counts->n_undelivered);
  append (text, ngettext ("%s was refused.", "%s were refused.", counts->n_refused),
          counts->n_refused);
  append (text, ngettext ("Of %s it is not known.", "Of %s it is not known.", counts->n_doubtful),
          counts->n_doubtful);
  append (text, ngettext ("%s has this job under way and is left out.",
                          "%s have this job under way and are left out.", counts->n_busy),
          counts->n_busy);
  append (text, ngettext ("%s is not in the database and is left out.",
                          "%s are not in the database and are left out.", counts->n_unknown),
          counts->n_unknown);
}

/**
 * wd_trigger_text_summary:
 * @subjects: of #WdSubject
 * @outlook: (nullable): %NULL while they are being looked up
 *
 * Returns: (transfer full): what the button would be about
 */
char *
wd_trigger_text_summary (GListModel *subjects, const WdOutlook *outlook)
{
  guint n = g_list_model_get_n_items (subjects);
  g_autofree char *number = wd_text_count (n);
  g_autofree char *wallets = g_strdup_printf (ngettext ("%s wallet", "%s wallets", n), number);
  g_autofree char *networks = NULL;
  g_autoptr (GString) text = NULL;
  Counts counts;

  if (n == 0)
    return g_strdup (_("Type or paste the addresses of the wallets, and press Enter."));
  if (outlook == NULL)
    /* TRANSLATORS: %s is such as “3 wallets” */
    return g_strdup_printf (_("Looking up %s…"), wallets);
  networks = describe_networks (outlook);
  text = g_string_new (NULL);
  if (networks != NULL && n > 1)
    /* TRANSLATORS: such as “12 wallets: 10 tron, 2 ethereum.” */
    g_string_append_printf (text, _("%s: %s."), wallets, networks);
  else
    g_string_append_printf (text, "%s.", wallets);
  counts = count (subjects);
  append_counts (text, &counts);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * wd_trigger_text_done:
 * @job: its kind
 * @n_done: how many were written
 * @n_undelivered: of these, how many are not known to be in their queue
 *
 * Returns: (transfer full): a sentence about them
 */
char *
wd_trigger_text_done (const char *job, guint n_done, guint n_undelivered)
{
  g_autofree char *number = wd_text_count (n_done);
  g_autofree char *late = wd_text_count (n_undelivered);

  if (n_undelivered == 0)
    /* TRANSLATORS: such as “Gas top-up queued for 3 wallets” */
    return g_strdup_printf (ngettext ("%s queued for %s wallet",
                                      "%s queued for %s wallets", n_done),
                            job, number);
  if (n_undelivered == n_done)
    return g_strdup_printf (ngettext ("%s written for %s wallet, not yet delivered",
                                      "%s written for %s wallets, not yet delivered", n_done),
                            job, number);
  return g_strdup_printf (ngettext ("%s written for %s wallet, %s not yet delivered",
                                    "%s written for %s wallets, %s not yet delivered", n_done),
                          job, number, late);
}

/**
 * wd_trigger_text_left_out:
 * @n_invalid: how many words cannot be addresses
 * @n_left: how many addresses were not added
 *
 * Returns: (transfer full) (nullable): what was typed and is not in the list; %NULL for nothing
 */
char *
wd_trigger_text_left_out (guint n_invalid, guint n_left)
{
  g_autofree char *number = wd_text_count (n_invalid > 0 ? n_invalid : n_left);

  if (n_invalid > 0)
    return g_strdup_printf (ngettext ("%s word cannot be an address and was left out.",
                                      "%s words cannot be addresses and were left out.",
                                      n_invalid), number);
  if (n_left > 0)
    return g_strdup_printf (ngettext ("%s address was left out: it is there already, or the "
                                      "list is full.",
                                      "%s addresses were left out: they are there already, "
                                      "or the list is full.", n_left), number);
  return NULL;
}
