/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is wrong now, each with what to do about it, and below it what was. */

#include "app/alerts/wd-alerts-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/alerts/wd-alert-card.h"
#include "app/alerts/wd-alert-history.h"
#include "app/alerts/wd-health-limits-dialog.h"
#include "app/alerts/wd-rules-dialog.h"
#include "app/alerts/wd-snooze.h"
#include "app/common/wd-confirm.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-text.h"
#include "app/preferences/wd-preferences.h"
#include "session/wd-alert-engine.h"
#include "session/wd-alert-text.h"

struct _WdAlertsPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdWatch *watch;            /* (owned) (nullable) */
  GHashTable *cards_by_id;   /* (owned) (element-type utf8 WdAlertCard) */
  GtkWindow *dialog;         /* (weak): of the rules */

  GtkStack *stack;
  GtkBox *cards;
  AdwStatusPage *nothing;
  GtkLabel *unmeasured;
  GtkLabel *quiet;
  GtkLabel *problem;
  WdAlertHistory *history;
  GtkLabel *age;
  GtkWidget *limits;
  GtkWidget *limits_when_quiet;
};

G_DEFINE_FINAL_TYPE (WdAlertsPage, wd_alerts_page, GTK_TYPE_WIDGET)

/* What is critical first, then what is new. */
static int
compare_incidents (gconstpointer a, gconstpointer b)
{
  const WdIncident *first = *(const WdIncident *const *) a;
  const WdIncident *second = *(const WdIncident *const *) b;

  if (first->severity != second->severity)
    return (int) second->severity - (int) first->severity;
  return first->opened < second->opened ? 1 : first->opened > second->opened ? -1 : 0;
}

/* Returns: (transfer none): its card */
static GtkWidget *
ensure_card (WdAlertsPage *self, WdIncident *incident)
{
  WdAlertCard *card = g_hash_table_lookup (self->cards_by_id, incident->id);

  if (card == NULL)
    {
      card = wd_alert_card_new ();
      gtk_box_append (self->cards, GTK_WIDGET (card));
      g_hash_table_insert (self->cards_by_id, g_strdup (incident->id), card);
    }
  wd_alert_card_set_incident (card, incident);
  return GTK_WIDGET (card);
}

static void
update_cards (WdAlertsPage *self)
{
  GPtrArray *incidents = wd_watch_get_incidents (self->watch);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GtkWidget *before = NULL;

  for (guint i = 0; i < incidents->len; i++)
    if (((WdIncident *) incidents->pdata[i])->state == WD_INCIDENT_OPEN)
      g_ptr_array_add (open, incidents->pdata[i]);
  g_ptr_array_sort (open, compare_incidents);
  for (guint i = 0; i < open->len; i++)
    {
      GtkWidget *card = ensure_card (self, open->pdata[i]);

      if (gtk_widget_get_prev_sibling (card) != before)
        gtk_box_reorder_child_after (self->cards, card, before);
      before = card;
    }
}

static void
remove_others (WdAlertsPage *self)
{
  GHashTableIter iter;
  gpointer id, card;

  g_hash_table_iter_init (&iter, self->cards_by_id);
  while (g_hash_table_iter_next (&iter, &id, &card))
    {
      const WdIncident *incident = wd_watch_find (self->watch, id);

      if (incident != NULL && incident->state == WD_INCIDENT_OPEN)
        continue;
      gtk_box_remove (self->cards, card);
      g_hash_table_iter_remove (&iter);
    }
}

static void
update_problem (WdAlertsPage *self)
{
  const char *problem = wd_watch_get_problem (self->watch);
  g_autofree char *text = problem != NULL ? wd_text_block (problem) : NULL;

  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* Nothing may be wrong, or nobody can see it. */
static void
update_unmeasured (WdAlertsPage *self)
{
  g_autofree char *text = wd_alert_text_unmeasured (wd_watch_get_unmeasured (self->watch));
  g_autofree char *both =
    g_strdup_printf ("%s%s%s", _("What the rules call wrong stands here while it is so, and in the "
                                 "history afterwards."),
                     text != NULL ? "\n" : "", text != NULL ? text : "");
  g_autofree char *markup = g_markup_escape_text (both, -1);

  adw_status_page_set_description (self->nothing, markup);
  gtk_label_set_text (self->unmeasured, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unmeasured), text != NULL);
}

/* Without anything to show, now or before, the page says so in large. */
static void
update_stack (WdAlertsPage *self)
{
  gboolean has_cards = g_hash_table_size (self->cards_by_id) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->quiet), !has_cards);
  gtk_stack_set_visible_child_name (
    self->stack,
    wd_watch_get_incidents (self->watch)->len > 0 || !wd_alert_history_is_empty (self->history)
      ? "alerts" : wd_watch_get_looked_at (self->watch) == WD_TIME_NONE ? "waiting" : "empty");
}

static void
looked_cb (WdAlertsPage *self)
{
  WdTime looked_at = wd_watch_get_looked_at (self->watch);
  g_autofree char *age = wd_text_as_of (looked_at);

  remove_others (self);
  update_cards (self);
  gtk_label_set_text (self->age, age);
  update_problem (self);
  update_unmeasured (self);
  update_stack (self);
}

static void
alert_cb (WdAlertsPage *self, const WdAlertChange *change)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && (change->event == WD_ALERT_RESOLVED || change->event == WD_ALERT_REOPENED))
    wd_alert_history_load (self->history);
}

static void
tick_cb (WdAlertsPage *self)
{
  WdTime now = wd_time_now ();
  GHashTableIter iter;
  gpointer card;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_hash_table_iter_init (&iter, self->cards_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    wd_alert_card_tick (card, now);
}

static GtkWindow *
get_window (WdAlertsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAlertsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!wd_watch_change_finish (WD_WATCH (source), result, &error) && self->watch != NULL)
    wd_confirm_tell (get_window (self), _("The alert was not changed"), error->message);
}

static void
acknowledge_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (widget);

  wd_watch_acknowledge_async (self->watch, g_variant_get_string (target, NULL), changed_cb,
                              g_object_ref (self));
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (widget);
  const char *id;
  guint snooze;

  g_variant_get (target, "(&su)", &id, &snooze);
  if (snooze < WD_N_SNOOZES)
    wd_watch_snooze_async (self->watch, id,
                           wd_snooze_end (snooze, wd_time_now (),
                                          wd_preferences_get_zone (wd_preferences_get ())),
                           changed_cb, g_object_ref (self));
}

static void
limits_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (widget);

  gtk_window_present (wd_health_limits_dialog_new (self->workspace, get_window (self)));
}

static void
rules_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (widget);

  if (self->dialog == NULL)
    g_set_weak_pointer (&self->dialog, wd_rules_dialog_new (self->watch, get_window (self)));
  gtk_window_present (self->dialog);
}

static void
wd_alerts_page_map (GtkWidget *widget)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (widget);

  GTK_WIDGET_CLASS (wd_alerts_page_parent_class)->map (widget);
  looked_cb (self);
  wd_alert_history_load (self->history);
}

static void
wd_alerts_page_dispose (GObject *object)
{
  WdAlertsPage *self = WD_ALERTS_PAGE (object);
  GtkWidget *stack = GTK_WIDGET (g_steal_pointer (&self->stack));

  g_clear_weak_pointer (&self->dialog);
  g_hash_table_remove_all (self->cards_by_id);
  g_clear_pointer (&stack, gtk_widget_unparent);
  g_clear_object (&self->watch);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_alerts_page_parent_class)->dispose (object);
}

static void
wd_alerts_page_finalize (GObject *object)
{
  g_hash_table_unref (WD_ALERTS_PAGE (object)->cards_by_id);
  G_OBJECT_CLASS (wd_alerts_page_parent_class)->finalize (object);
}

static void
wd_alerts_page_class_init (WdAlertsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_alerts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_alerts_page_finalize;
  widget_class->map = wd_alerts_page_map;

  g_type_ensure (WD_TYPE_ALERT_HISTORY);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/alerts/wd-alerts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, unmeasured);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, quiet);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, problem);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, history);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, limits);
  gtk_widget_class_bind_template_child (widget_class, WdAlertsPage, limits_when_quiet);
  gtk_widget_class_install_action (widget_class, "alerts.acknowledge", "s", acknowledge_action);
  gtk_widget_class_install_action (widget_class, "alerts.snooze", "(su)", snooze_action);
  gtk_widget_class_install_action (widget_class, "alerts.rules", NULL, rules_action);
  gtk_widget_class_install_action (widget_class, "alerts.limits", NULL, limits_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_alerts_page_init (WdAlertsPage *self)
{
  self->cards_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Alerts"), -1);
}

/**
 * wd_alerts_page_new:
 * @workspace: whose alerts
 *
 * Returns: (transfer floating): a page
 */
WdAlertsPage *
wd_alerts_page_new (WdWorkspace *workspace)
{
  WdAlertsPage *self = g_object_new (WD_TYPE_ALERTS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->watch = g_object_ref (wd_workspace_get_watch (workspace));
  if (wd_lack_disable (self->limits, workspace, WD_ABILITY_HEALTH)
      && wd_lack_disable (self->limits_when_quiet, workspace, WD_ABILITY_HEALTH))
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "alerts.limits", FALSE);
  wd_alert_history_set_watch (self->history, self->watch);
  g_signal_connect_object (self->history, "changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "alert", G_CALLBACK (alert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "looked", G_CALLBACK (looked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  looked_cb (self);
  return self;
}

/**
 * wd_alerts_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was found rather than waiting for it
 */
gboolean
wd_alerts_page_is_ready (WdAlertsPage *self)
{
  g_return_val_if_fail (WD_IS_ALERTS_PAGE (self), FALSE);

  return wd_watch_get_looked_at (self->watch) != WD_TIME_NONE;
}
