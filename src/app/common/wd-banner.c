/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-banner.h"

#include "app/common/wd-badge.h"

struct _WdBanner {
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *details;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (WdBanner, wd_banner, GTK_TYPE_WIDGET)

static void
wd_banner_dispose (GObject *object)
{
  WdBanner *self = WD_BANNER (object);

  if (self->revealer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->revealer));
  self->revealer = NULL;
  G_OBJECT_CLASS (wd_banner_parent_class)->dispose (object);
}

static void
wd_banner_class_init (WdBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_banner_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, WdBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, WdBanner, box);
  gtk_widget_class_bind_template_child (widget_class, WdBanner, title);
  gtk_widget_class_bind_template_child (widget_class, WdBanner, details);
  gtk_widget_class_bind_template_child (widget_class, WdBanner, button);
}

static void
wd_banner_init (WdBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_banner_show:
 * @self: a banner
 * @title: what is wrong, since when
 * @details: (nullable): what the servers said
 * @wrong: else it is only something to know
 */
void
wd_banner_show (WdBanner *self, const char *title, const char *details, gboolean wrong)
{
  g_return_if_fail (WD_IS_BANNER (self));

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->details, details != NULL ? details : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->details), details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL);
  wd_tone_set (self->box, wrong ? WD_TONE_WRONG : WD_TONE_CAUTION);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

/**
 * wd_banner_set_button:
 * @self: a banner
 * @label: (nullable): what its button says; %NULL for none
 * @action: (nullable): what it does
 *
 * At first it is “Retry”, which reads everything again.
 */
void
wd_banner_set_button (WdBanner *self, const char *label, const char *action)
{
  g_return_if_fail (WD_IS_BANNER (self));

  gtk_widget_set_visible (self->button, label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
}

/**
 * wd_banner_hide:
 * @self: a banner
 *
 * Takes it away, by an animation where those are wanted. Its text stays until the next one.
 */
void
wd_banner_hide (WdBanner *self)
{
  g_return_if_fail (WD_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}
