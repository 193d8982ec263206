/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was: the newest first, narrowed by words. Only the first rows are made; more are on
 * demand. */

#include "app/alerts/wd-alert-history.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"
#include "session/wd-alert-text.h"

#define PAGE 50

struct _WdAlertHistory {
  GtkWidget parent_instance;

  WdWatch *watch;            /* (owned) (nullable) */
  GCancellable *request;     /* (owned) (nullable) */
  GPtrArray *incidents;      /* (owned) (element-type WdIncident): the newest first */
  guint n_shown;             /* rows at most */

  GtkWidget *box;
  GtkEditable *search;
  GtkListBox *list;
  GtkWidget *more;
  GtkLabel *note;            /* instead of rows */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdAlertHistory, wd_alert_history, GTK_TYPE_WIDGET)

/* Returns: (transfer full): what it was, against what, when, and for how long */
static char *
describe (const WdIncident *incident)
{
  g_autofree char *measured = wd_alert_text_measured (incident, wd_text_count_format ());
  g_autofree char *opened = wd_text_minute (incident->opened);
  g_autofree char *lasted = wd_format_duration (incident->opened, incident->resolved);

  /* TRANSLATORS: what was measured; when it began; how long it lasted */
  return g_strdup_printf (_("%s · %s · for %s"), measured, opened, lasted);
}

static GtkWidget *
make_row (const WdIncident *incident)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *badge = gtk_label_new (wd_severity_label (incident->severity));
  g_autofree char *title = wd_alert_text_title (incident);
  g_autofree char *text = describe (incident);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  wd_tone_set (badge, incident->severity == WD_SEVERITY_CRITICAL ? WD_TONE_WRONG
                                                                 : WD_TONE_CAUTION);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  return row;
}

/* In whatever it says. */
static gboolean
matches (const WdIncident *incident, const char *words)
{
  g_autofree char *title = wd_alert_text_title (incident);
  g_autofree char *text = describe (incident);
  g_autofree char *all = g_strjoin (" ", title, text, wd_severity_label (incident->severity),
                                    incident->subject, NULL);

  return *words == '\0' || g_str_match_string (words, all, TRUE);
}

static void
update_rows (WdAlertHistory *self)
{
  const char *words = gtk_editable_get_text (self->search);
  GtkListBoxRow *row;
  guint n = 0;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->incidents->len; i++)
    if (matches (self->incidents->pdata[i], words) && n++ < self->n_shown)
      gtk_list_box_append (self->list, make_row (self->incidents->pdata[i]));
  gtk_widget_set_visible (self->more, n > self->n_shown);
  gtk_label_set_text (self->note, self->incidents->len == 0 ? _("Nothing was wrong so far.")
                                                            : _("Nothing in it has these words."));
  gtk_widget_set_visible (GTK_WIDGET (self->search), self->incidents->len > 0);
}

static void
search_cb (WdAlertHistory *self)
{
  self->n_shown = PAGE;
  update_rows (self);
}

static void
more_cb (WdAlertHistory *self)
{
  self->n_shown += PAGE;
  update_rows (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdAlertHistory) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history =
    wd_watch_load_history_finish (WD_WATCH (source), result, &error);

  if (wd_error_is_cancelled (error) || self->watch == NULL)
    return;
  g_clear_object (&self->request);
  if (history == NULL)
    {
      gtk_label_set_text (self->note, error->message);
      return;
    }
  g_ptr_array_unref (self->incidents);
  self->incidents = g_steal_pointer (&history);
  update_rows (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * wd_alert_history_load:
 * @self: a history that has a watch
 *
 * Reads it anew; “changed” says when it is there.
 */
void
wd_alert_history_load (WdAlertHistory *self)
{
  g_return_if_fail (WD_IS_ALERT_HISTORY (self));

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  self->request = g_cancellable_new ();
  wd_watch_load_history_async (self->watch, self->request, loaded_cb, g_object_ref (self));
}

/**
 * wd_alert_history_is_empty:
 * @self: a history
 *
 * Returns: whether nothing is known to have been wrong
 */
gboolean
wd_alert_history_is_empty (WdAlertHistory *self)
{
  g_return_val_if_fail (WD_IS_ALERT_HISTORY (self), TRUE);

  return self->incidents->len == 0;
}

static void
wd_alert_history_dispose (GObject *object)
{
  WdAlertHistory *self = WD_ALERT_HISTORY (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_alert_history_parent_class)->dispose (object);
}

static void
wd_alert_history_finalize (GObject *object)
{
  g_ptr_array_unref (WD_ALERT_HISTORY (object)->incidents);
  G_OBJECT_CLASS (wd_alert_history_parent_class)->finalize (object);
}

static void
wd_alert_history_class_init (WdAlertHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_alert_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_alert_history_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_ALERT_HISTORY, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/alerts/wd-alert-history.ui");
  gtk_widget_class_bind_template_child (widget_class, WdAlertHistory, box);
  gtk_widget_class_bind_template_child (widget_class, WdAlertHistory, search);
  gtk_widget_class_bind_template_child (widget_class, WdAlertHistory, list);
  gtk_widget_class_bind_template_child (widget_class, WdAlertHistory, more);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
wd_alert_history_init (WdAlertHistory *self)
{
  self->incidents = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_incident_unref);
  self->n_shown = PAGE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_widget_set_margin_top (GTK_WIDGET (self->note), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->note), 12);
  gtk_list_box_set_placeholder (self->list, GTK_WIDGET (self->note));
  update_rows (self);
}

/**
 * wd_alert_history_set_watch:
 * @self: a new history
 * @watch: whose
 */
void
wd_alert_history_set_watch (WdAlertHistory *self, WdWatch *watch)
{
  g_return_if_fail (WD_IS_ALERT_HISTORY (self));

  g_set_object (&self->watch, watch);
}
