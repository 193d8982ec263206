/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The troubles a wallet is in, a line each: a badge, what it means, since when, and what to do. */

#include "app/wallets/wd-wallet-marks.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "base/wd-format.h"

struct _WdWalletMarks {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *lines[WD_N_WALLET_TROUBLES];
  GtkLabel *texts[WD_N_WALLET_TROUBLES];
};

G_DEFINE_FINAL_TYPE (WdWalletMarks, wd_wallet_marks, GTK_TYPE_WIDGET)

static void
wd_wallet_marks_dispose (GObject *object)
{
  WdWalletMarks *self = WD_WALLET_MARKS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_wallet_marks_parent_class)->dispose (object);
}

static void
wd_wallet_marks_class_init (WdWalletMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_wallet_marks_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_line (WdWalletMarks *self, WdWalletTrouble kind)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *badge = gtk_label_new (wd_wallet_trouble_label (kind));
  GtkWidget *text = gtk_label_new (NULL);

  gtk_widget_add_css_class (badge, "badge");
  wd_tone_set (badge, WD_TONE_CAUTION);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_widget_set_margin_top (badge, 2);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), badge);
  gtk_box_append (GTK_BOX (line), text);
  gtk_widget_set_visible (line, FALSE);
  gtk_box_append (GTK_BOX (self->box), line);
  self->lines[kind] = line;
  self->texts[kind] = GTK_LABEL (text);
}

static void
wd_wallet_marks_init (WdWalletMarks *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    add_line (self, kind);
}

static char *
describe (const WdWalletDetail *detail, WdWalletTrouble kind, WdTime now)
{
  g_autofree char *meaning = wd_wallet_trouble_explain (kind, &detail->limits);
  WdTime since = detail->trouble_since[kind];
  g_autofree char *age = NULL;

  if (!wd_time_is_finite (since))
    return g_strdup_printf ("%s. %s", meaning, wd_wallet_trouble_advice (kind));
  age = wd_format_duration (since, MAX (since, now));
  /* TRANSLATORS: what a wallet suffers from, for how long, and what to do about it */
  return g_strdup_printf (_("%s (for %s). %s"), meaning, age, wd_wallet_trouble_advice (kind));
}

/**
 * wd_wallet_marks_update:
 * @self: marks
 * @detail: (nullable): the wallet
 * @now: the present
 *
 * Hidden where it is in no trouble.
 */
void
wd_wallet_marks_update (WdWalletMarks *self, const WdWalletDetail *detail, WdTime now)
{
  gboolean any = FALSE;

  g_return_if_fail (WD_IS_WALLET_MARKS (self));

  for (int kind = 0; kind < WD_N_WALLET_TROUBLES; kind++)
    {
      gboolean in_trouble = detail != NULL && detail->in_trouble[kind];

      if (in_trouble)
        {
          g_autofree char *text = describe (detail, kind, now);

          if (g_strcmp0 (text, gtk_label_get_text (self->texts[kind])) != 0)
            gtk_label_set_text (self->texts[kind], text);
        }
      gtk_widget_set_visible (self->lines[kind], in_trouble);
      any |= in_trouble;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}
