/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Buttons for what may be done with one wallet. What they do is the window's. */

#include "app/wallets/wd-wallet-buttons.h"

#include <glib/gi18n-lib.h>

#include "model/wd-job-type.h"

/* What a button that triggers a type says; a type that is not listed goes by its label. */
static const struct {
  const char *type;
  const char *label;
} labels[] = {
  { "gas-topup", N_("Gas Top-up…") },
  { "consolidation", N_("Consolidate…") },
  { "sync", N_("Sync…") },
};

static char *
get_label (const WdJobType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].type, type->name))
      return g_strdup (_(labels[i].label));
  /* TRANSLATORS: a button that triggers a job; %s is the type of the job */
  return g_strdup_printf (_("%s…"), wd_job_type_label (type->name));
}

static void
add_triggers (GtkBox *box, const char *address)
{
  const char *const addresses[] = { address, NULL };
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (types[i].can_dispatch)
      {
        g_autofree char *label = get_label (&types[i]);
        GtkWidget *button = gtk_button_new_with_label (label);

        gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(s^as)", types[i].name,
                                          addresses);
        gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.trigger");
        gtk_box_append (box, button);
      }
}

/**
 * wd_wallet_buttons_add_show_jobs:
 * @box: where to add a button
 * @address: of the wallet
 *
 * Adds the button that leads to the list of jobs, filtered by the wallet.
 */
void
wd_wallet_buttons_add_show_jobs (GtkBox *box, const char *address)
{
  GtkWidget *button = gtk_button_new_with_label (_("Show in Jobs"));

  gtk_widget_set_tooltip_text (button, _("List the jobs of this wallet with filters and search"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-wallet-jobs");
  gtk_box_append (box, button);
}

/**
 * wd_wallet_buttons_new_triggers:
 * @address: of the wallet
 *
 * Returns: (transfer floating): a button for each type of job that an admin may trigger
 */
GtkWidget *
wd_wallet_buttons_new_triggers (const char *address)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  add_triggers (GTK_BOX (box), address);
  return box;
}
