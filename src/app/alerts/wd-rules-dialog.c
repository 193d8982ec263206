/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is an alert, and when nobody wants to be told. A copy is changed, which holds once it is
 * saved. */

#include "app/alerts/wd-rules-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/alerts/wd-rule-row.h"
#include "app/common/wd-confirm.h"

struct _WdRulesDialog {
  AdwWindow parent_instance;

  WdWatch *watch;            /* (owned) (nullable) */
  WdAlertRules *rules;       /* (owned) (nullable): as they are to be */

  GtkWidget *save;
  AdwPreferencesGroup *group;
  GtkSwitch *quiet;
  GtkEditable *from;
  GtkEditable *to;
  GtkSwitch *critical;
};

G_DEFINE_FINAL_TYPE (WdRulesDialog, wd_rules_dialog, ADW_TYPE_WINDOW)

/* Returns: whether a time of day stands there */
static gboolean
read_time (GtkEditable *entry, int *minute)
{
  gboolean is_right = wd_quiet_hours_parse (gtk_editable_get_text (entry), minute);

  if (is_right)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_right ? GTK_ACCESSIBLE_INVALID_FALSE
                                        : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  return is_right;
}

static void
quiet_cb (WdRulesDialog *self)
{
  WdQuietHours *quiet;
  gboolean from, to;

  if (self->rules == NULL)
    return;
  quiet = &self->rules->quiet;
  quiet->enabled = gtk_switch_get_active (self->quiet);
  quiet->critical = gtk_switch_get_active (self->critical);
  from = read_time (self->from, &quiet->from);
  to = read_time (self->to, &quiet->to);
  gtk_widget_set_sensitive (GTK_WIDGET (self->from), quiet->enabled);
  gtk_widget_set_sensitive (GTK_WIDGET (self->to), quiet->enabled);
  gtk_widget_set_sensitive (GTK_WIDGET (self->critical), quiet->enabled);
  gtk_widget_set_sensitive (self->save, from && to);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdRulesDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved = wd_watch_change_finish (WD_WATCH (source), result, &error);

  if (self->watch == NULL)
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (saved)
    gtk_window_close (GTK_WINDOW (self));
  else
    wd_confirm_tell (GTK_WINDOW (self), _("The rules were not saved"), error->message);
}

static void
save_cb (WdRulesDialog *self)
{
  g_autoptr (WdAlertRules) rules = wd_alert_rules_copy (self->rules);

  gtk_widget_set_sensitive (self->save, FALSE);
  wd_watch_save_rules_async (self->watch, rules, saved_cb, g_object_ref (self));
}

static void
cancel_cb (WdRulesDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
wd_rules_dialog_dispose (GObject *object)
{
  WdRulesDialog *self = WD_RULES_DIALOG (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->rules, wd_alert_rules_unref);
  G_OBJECT_CLASS (wd_rules_dialog_parent_class)->dispose (object);
}

static void
wd_rules_dialog_class_init (WdRulesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_rules_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/alerts/wd-rules-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, save);
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, group);
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, quiet);
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, from);
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, to);
  gtk_widget_class_bind_template_child (widget_class, WdRulesDialog, critical);
  gtk_widget_class_bind_template_callback (widget_class, quiet_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
wd_rules_dialog_init (WdRulesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_rules_dialog_new:
 * @watch: whose rules
 * @parent: the window it is for
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *
wd_rules_dialog_new (WdWatch *watch, GtkWindow *parent)
{
  WdRulesDialog *self;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  WdAlertRules *rules;

  g_return_val_if_fail (WD_IS_WATCH (watch), NULL);

  self = g_object_new (WD_TYPE_RULES_DIALOG, "transient-for", parent, NULL);
  self->watch = g_object_ref (watch);
  rules = wd_alert_rules_copy (wd_watch_get_rules (watch));
  for (guint i = 0; i < WD_N_ALERT_METRICS; i++)
    adw_preferences_group_add (self->group, wd_rule_row_new (rules, i));
  from = wd_quiet_hours_format (rules->quiet.from);
  to = wd_quiet_hours_format (rules->quiet.to);
  gtk_switch_set_active (self->quiet, rules->quiet.enabled);
  gtk_switch_set_active (self->critical, rules->quiet.critical);
  gtk_editable_set_text (self->from, from);
  gtk_editable_set_text (self->to, to);
  self->rules = rules;
  quiet_cb (self);
  return GTK_WINDOW (self);
}
