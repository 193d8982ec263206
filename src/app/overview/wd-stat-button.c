/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A big number with its caption, which may lead to the list behind it. */

#include "app/overview/wd-stat-button.h"

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"

struct _WdStatButton {
  GtkButton parent_instance;

  char *subject;        /* (owned) (nullable) */

  GtkLabel *figure;
  GtkLabel *caption;
  GtkLabel *note;
};

enum {
  PROP_0,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WdStatButton, wd_stat_button, GTK_TYPE_BUTTON)

/* “Gas top-up: 12 failed”: what a reader of the screen needs to hear. */
static void
update_name (WdStatButton *self)
{
  const char *figure = gtk_label_get_text (self->figure);
  const char *caption = gtk_label_get_text (self->caption);
  g_autofree char *name = self->subject != NULL
                            ? g_strdup_printf ("%s: %s %s", self->subject, figure, caption)
                            : g_strdup_printf ("%s %s", figure, caption);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
wd_stat_button_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WdStatButton *self = WD_STAT_BUTTON (object);

  if (prop_id == PROP_CAPTION)
    wd_stat_button_set_caption (self, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wd_stat_button_finalize (GObject *object)
{
  g_free (WD_STAT_BUTTON (object)->subject);
  G_OBJECT_CLASS (wd_stat_button_parent_class)->finalize (object);
}

static void
wd_stat_button_class_init (WdStatButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = wd_stat_button_set_property;
  object_class->finalize = wd_stat_button_finalize;

  /**
   * WdStatButton:caption:
   *
   * What is counted.
   */
  properties[PROP_CAPTION] =
    g_param_spec_string ("caption", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-stat-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WdStatButton, figure);
  gtk_widget_class_bind_template_child (widget_class, WdStatButton, caption);
  gtk_widget_class_bind_template_child (widget_class, WdStatButton, note);
}

static void
wd_stat_button_init (WdStatButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_stat_button_set_subject:
 * @self: a number
 * @subject: whose it is, for its accessible name
 */
void
wd_stat_button_set_subject (WdStatButton *self, const char *subject)
{
  g_return_if_fail (WD_IS_STAT_BUTTON (self));

  g_free (self->subject);
  self->subject = g_strdup (subject);
  update_name (self);
}

/**
 * wd_stat_button_set_caption:
 * @self: a number
 * @caption: what is counted, in the form that goes with the number
 */
void
wd_stat_button_set_caption (WdStatButton *self, const char *caption)
{
  g_return_if_fail (WD_IS_STAT_BUTTON (self));

  gtk_label_set_text (self->caption, caption);
  update_name (self);
}

/**
 * wd_stat_button_set:
 * @self: a number
 * @figure: the number
 * @tone: (nullable): of the number
 * @note: (nullable): one more line
 */
void
wd_stat_button_set (WdStatButton *self, const char *figure, const char *tone, const char *note)
{
  g_return_if_fail (WD_IS_STAT_BUTTON (self));

  gtk_label_set_text (self->figure, figure);
  wd_tone_set (GTK_WIDGET (self->figure), tone);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  update_name (self);
}

/**
 * wd_stat_button_set_count:
 * @self: a number
 * @count: how many; negative where unknown
 * @tone: (nullable): used when there are any, for a zero is never wrong
 */
void
wd_stat_button_set_count (WdStatButton *self, gint64 count, const char *tone)
{
  g_autofree char *figure = wd_text_count (count);

  wd_stat_button_set (self, figure, count > 0 ? tone : NULL, NULL);
}

/**
 * wd_stat_button_set_compact:
 * @self: a number
 * @compact: written smaller, for numbers of many digits
 */
void
wd_stat_button_set_compact (WdStatButton *self, gboolean compact)
{
  g_return_if_fail (WD_IS_STAT_BUTTON (self));

  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self->figure), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->figure), "compact");
}

/**
 * wd_stat_button_link:
 * @self: a number
 * @action: what a click does
 * @target: (nullable) (transfer floating): for @action
 */
void
wd_stat_button_link (WdStatButton *self, const char *action, GVariant *target)
{
  g_return_if_fail (WD_IS_STAT_BUTTON (self));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
}
