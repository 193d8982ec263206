/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One that is open: how bad, what, since when, against what, and what to do about it. */

#include "app/alerts/wd-alert-card.h"

#include <glib/gi18n-lib.h>

#include "app/alerts/wd-snooze.h"
#include "app/common/wd-badge.h"
#include "app/common/wd-menu.h"
#include "app/common/wd-name.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "session/wd-alert-text.h"

struct _WdAlertCard {
  GtkWidget parent_instance;

  WdIncident *incident;      /* (owned) (nullable) */
  GMenu *menu;               /* (owned): how long to snooze */

  GtkWidget *box;
  GtkLabel *severity;
  GtkLabel *title;
  GtkLabel *since;
  GtkLabel *measured;
  GtkLabel *advice;
  GtkLabel *state;
  GtkWidget *acknowledge;
  GtkMenuButton *snooze;
  GtkWidget *show;
};

G_DEFINE_FINAL_TYPE (WdAlertCard, wd_alert_card, GTK_TYPE_WIDGET)

static void
update_state (WdAlertCard *self, WdTime now)
{
  const WdIncident *incident = self->incident;
  g_autofree char *text = NULL;
  g_autofree char *time = NULL;

  if (incident->snoozed_until > now)
    {
      time = wd_text_minute (incident->snoozed_until);
      text = g_strdup_printf (_("Snoozed until %s"), time);
    }
  else if (incident->acknowledged != WD_TIME_NONE)
    {
      time = wd_format_age (incident->acknowledged, now);
      /* TRANSLATORS: %s is an age, such as “5 min ago” */
      text = g_strdup_printf (_("Acknowledged %s"), time);
    }
  gtk_label_set_text (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
  gtk_widget_set_visible (self->acknowledge, incident->acknowledged == WD_TIME_NONE);
}

/**
 * wd_alert_card_tick:
 * @self: a card
 * @now: what ages are counted to
 */
void
wd_alert_card_tick (WdAlertCard *self, WdTime now)
{
  g_autofree char *age = NULL;
  g_autofree char *time = NULL;

  g_return_if_fail (WD_IS_ALERT_CARD (self));

  age = wd_format_age (self->incident->opened, now);
  time = wd_text_time (self->incident->opened);
  gtk_label_set_text (self->since, age);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->since), time);
  update_state (self, now);
}

/* Buttons are told apart by what they are about. */
static void
set_names (WdAlertCard *self, const char *title)
{
  /* TRANSLATORS: accessible names of buttons; %s is what is wrong */
  g_autofree char *acknowledge = g_strdup_printf (_("Acknowledge %s"), title);
  g_autofree char *snooze = g_strdup_printf (_("Snooze %s"), title);
  g_autofree char *show = g_strdup_printf (_("Show %s"), title);

  wd_name_set (GTK_WIDGET (self), title);
  wd_name_set (self->acknowledge, acknowledge);
  wd_name_set (GTK_WIDGET (self->snooze), snooze);
  wd_name_set (self->show, show);
}

/* The action is looked up with whatever target there is: it goes first. */
static void
set_action (GtkWidget *button, const char *action, const char *id)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
update_menu (WdAlertCard *self)
{
  g_menu_remove_all (self->menu);
  for (WdSnooze snooze = 0; snooze < WD_N_SNOOZES; snooze++)
    wd_menu_add (self->menu, wd_snooze_label (snooze), "alerts.snooze",
                 g_variant_new ("(su)", self->incident->id, snooze));
}

/**
 * wd_alert_card_set_incident:
 * @self: a card
 * @incident: an open one; always the same, as it is now
 */
void
wd_alert_card_set_incident (WdAlertCard *self, WdIncident *incident)
{
  gboolean is_critical = incident->severity == WD_SEVERITY_CRITICAL;
  gboolean is_first = self->incident == NULL;
  g_autofree char *title = wd_alert_text_title (incident);
  g_autofree char *measured = wd_alert_text_measured (incident, wd_text_count_format ());

  g_return_if_fail (WD_IS_ALERT_CARD (self));

  wd_incident_ref (incident);
  g_clear_pointer (&self->incident, wd_incident_unref);
  self->incident = incident;
  gtk_label_set_text (self->severity, wd_severity_label (incident->severity));
  wd_tone_set (GTK_WIDGET (self->severity), is_critical ? WD_TONE_WRONG : WD_TONE_CAUTION);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->measured, measured);
  gtk_label_set_text (self->advice, wd_alert_text_advice (incident->metric));
  if (is_first)
    {
      set_action (self->acknowledge, "alerts.acknowledge", incident->id);
      set_action (self->show, "win.show-alert", incident->id);
      set_names (self, title);
      update_menu (self);
    }
  wd_alert_card_tick (self, wd_time_now ());
}

static void
wd_alert_card_dispose (GObject *object)
{
  WdAlertCard *self = WD_ALERT_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->incident, wd_incident_unref);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (wd_alert_card_parent_class)->dispose (object);
}

static void
wd_alert_card_class_init (WdAlertCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_alert_card_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/alerts/wd-alert-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, severity);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, title);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, since);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, measured);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, advice);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, state);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, acknowledge);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, snooze);
  gtk_widget_class_bind_template_child (widget_class, WdAlertCard, show);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_alert_card_init (WdAlertCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->snooze, G_MENU_MODEL (self->menu));
}

/**
 * wd_alert_card_new:
 *
 * Returns: (transfer floating): a card, to be given an incident at once
 */
WdAlertCard *
wd_alert_card_new (void)
{
  return g_object_new (WD_TYPE_ALERT_CARD, NULL);
}
