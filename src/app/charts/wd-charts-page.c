/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What jobs did over time. Read again when something has changed, but at most a twentieth of the
 * time goes into it, and nothing is read while the page is not seen. */

#include "app/charts/wd-charts-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/charts/wd-chart-card.h"
#include "app/charts/wd-chart-controls.h"
#include "app/charts/wd-charts-text.h"
#include "app/common/wd-rest.h"
#include "app/common/wd-text.h"
#include "app/preferences/wd-preferences.h"
#include "base/wd-error.h"

#define REST_FACTOR 20
#define REST_US     (3 * G_USEC_PER_SEC)

struct _WdChartsPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  WdHistory *history;        /* (owned) (nullable): what is shown */
  GCancellable *request;     /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): of the last request */
  char *refusal;             /* (owned) (nullable): why percentiles are not exact */
  gboolean again;            /* something has changed since it was asked */
  gboolean asked_exact;      /* whether exact percentiles were asked for */
  gboolean stale;            /* what is shown is not what was asked for last */
  WdRest rest;

  GtkWidget *box;
  WdChartControls *controls;
  GtkStack *stack;
  AdwStatusPage *failure;
  GtkWidget *content;
  GtkFlowBox *cards;
  GtkLabel *note;
  GtkLabel *age;
};

enum {
  SIGNAL_JOBS_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChartsPage, wd_charts_page, GTK_TYPE_WIDGET)

static void load (WdChartsPage *self);

static WdChartCard *
get_card (WdChartsPage *self, guint i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->cards, (int) i);

  return child != NULL ? WD_CHART_CARD (gtk_flow_box_child_get_child (child)) : NULL;
}

static void
update_queues (WdChartsPage *self)
{
  gboolean has_queues = wd_workspace_has_queues (self->workspace);
  g_autofree char *note = NULL;
  WdChartCard *card;

  if (has_queues && self->history != NULL)
    note = wd_charts_text_queues (wd_workspace_get_stats (self->workspace),
                                  self->history->job_type);
  for (guint i = 0; (card = get_card (self, i)) != NULL; i++)
    if (wd_chart_card_get_metric (card)->is_level)
      wd_chart_card_set_note (card, note);
}

static void
set_old (GtkWidget *widget, gboolean old)
{
  if (old)
    gtk_widget_add_css_class (widget, "old");
  else
    gtk_widget_remove_css_class (widget, "old");
}

/* State to widgets. */
static void
update_page (WdChartsPage *self)
{
  if (self->error != NULL)
    {
      g_autofree char *reason = wd_text_block (self->error->message);
      g_autofree char *markup = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->failure, markup);
    }
  set_old (self->content, self->stale || self->error != NULL);
  if (self->history != NULL)
    {
      g_autofree char *age = wd_text_as_of (self->history->read_at);
      g_autofree char *note = self->refusal != NULL
                                ? g_strdup (self->refusal)
                                : wd_charts_text_precision (self->history);

      gtk_label_set_text (self->note, note);
      gtk_label_set_text (self->age, age);
    }
  update_queues (self);
  if (self->error != NULL && (self->history == NULL || self->stale))
    gtk_stack_set_visible_child_name (self->stack, "error");
  else if (self->history == NULL)
    gtk_stack_set_visible_child_name (self->stack, "waiting");
  else
    gtk_stack_set_visible_child_name (self->stack,
                                      wd_charts_text_is_empty (self->history) ? "empty" : "charts");
}

static void
show_history (WdChartsPage *self, WdHistory *history)
{
  WdChartCard *card;

  g_clear_pointer (&self->history, wd_history_unref);
  self->history = wd_history_ref (history);
  for (guint i = 0; (card = get_card (self, i)) != NULL; i++)
    wd_chart_card_set_history (card, history);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdChartsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdHistory) history = wd_backend_load_history_finish (WD_BACKEND (source), result,
                                                                  &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  wd_rest_begin (&self->rest, REST_FACTOR, REST_US);
  if (self->asked_exact && g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED))
    {
      /* Exact ones cannot be had: the others can. */
      g_free (self->refusal);
      self->refusal = g_strdup (error->message);
      wd_chart_controls_refuse_exact (self->controls);
      load (self);
      return;
    }
  self->error = g_steal_pointer (&error);
  if (history != NULL)
    {
      self->stale = FALSE;
      show_history (self, history);
    }
  update_page (self);
}

static void
load (WdChartsPage *self)
{
  g_autoptr (WdHistoryRequest) request = NULL;

  if (self->request != NULL)
    return;
  request = wd_chart_controls_make_request (self->controls);
  self->again = FALSE;
  self->request = g_cancellable_new ();
  wd_rest_ask (&self->rest);
  self->asked_exact = request->exact;
  wd_backend_load_history_async (wd_workspace_get_backend (self->workspace), request,
                                 self->request, loaded_cb, g_object_ref (self));
}

static void
cancel (WdChartsPage *self)
{
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
}

static void
changed_cb (WdChartsPage *self)
{
  if (self->workspace == NULL)
    return;
  cancel (self);
  g_clear_pointer (&self->refusal, g_free);
  self->stale = TRUE;
  update_page (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    load (self);
}

static gboolean
may_load (WdChartsPage *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && self->request == NULL
         && (self->error != NULL || wd_rest_is_over (&self->rest));
}

static void
refresh_cb (WdChartsPage *self)
{
  if (may_load (self))
    load (self);
  else
    self->again = TRUE;
}

static void
tick_cb (WdChartsPage *self)
{
  if (self->again && may_load (self))
    load (self);
}

/* Numbers and times are written otherwise, and days may be others. */
static void
preferences_cb (WdChartsPage *self)
{
  WdChartCard *card;

  for (guint i = 0; self->history != NULL && (card = get_card (self, i)) != NULL; i++)
    wd_chart_card_set_history (card, self->history);
  changed_cb (self);
}

static void
read_cb (WdChartsPage *self, int bar)
{
  WdChartCard *card;

  for (guint i = 0; (card = get_card (self, i)) != NULL; i++)
    wd_chart_card_set_read_bar (card, bar);
}

static void
open_cb (WdChartsPage *self, const WdHistoryPoint *point, int series, WdChartCard *card)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  wd_chart_card_get_metric (card)->restrict_jobs (filter, point, series);
  if (self->history->job_type != NULL)
    filter->types = g_strsplit (self->history->job_type, "\n", 1);
  g_signal_emit (self, signals[SIGNAL_JOBS_CHOSEN], 0, filter);
}

static void
range_cb (WdChartsPage *self, gint64 from, gint64 to)
{
  wd_chart_controls_zoom (self->controls, from, to);
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return wd_chart_controls_go_back (WD_CHARTS_PAGE (widget)->controls);
}

static void
wd_charts_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_charts_page_parent_class)->map (widget);
  load (WD_CHARTS_PAGE (widget));
}

static void
wd_charts_page_dispose (GObject *object)
{
  WdChartsPage *self = WD_CHARTS_PAGE (object);

  cancel (self);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->history, wd_history_unref);
  G_OBJECT_CLASS (wd_charts_page_parent_class)->dispose (object);
}

static void
wd_charts_page_finalize (GObject *object)
{
  WdChartsPage *self = WD_CHARTS_PAGE (object);

  g_clear_error (&self->error);
  g_free (self->refusal);
  G_OBJECT_CLASS (wd_charts_page_parent_class)->finalize (object);
}

static void
wd_charts_page_class_init (WdChartsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_charts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_charts_page_finalize;
  widget_class->map = wd_charts_page_map;

  /**
   * WdChartsPage::jobs-chosen:
   * @filter: (type WdJobFilter): which jobs somebody wants to see; valid during the signal
   */
  signals[SIGNAL_JOBS_CHOSEN] = g_signal_new ("jobs-chosen", WD_TYPE_CHARTS_PAGE,
                                              G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                              1, G_TYPE_POINTER);

  g_type_ensure (WD_TYPE_CHART_CONTROLS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/charts/wd-charts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, box);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, controls);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, failure);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, note);
  gtk_widget_class_bind_template_child (widget_class, WdChartsPage, age);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_cards (WdChartsPage *self)
{
  guint n_metrics;
  const WdChartMetric *metrics = wd_chart_metrics (&n_metrics);

  for (guint i = 0; i < n_metrics; i++)
    {
      WdChartCard *card = wd_chart_card_new (&metrics[i]);

      g_signal_connect_object (card, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (card, "range", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->cards, GTK_WIDGET (card));
      gtk_widget_set_focusable (gtk_widget_get_parent (GTK_WIDGET (card)), FALSE);
    }
}

static void
wd_charts_page_init (WdChartsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Charts"), -1);
  add_cards (self);
}

/**
 * wd_charts_page_new:
 * @workspace: whose jobs
 *
 * Returns: (transfer floating): a page that reads once it is seen
 */
WdChartsPage *
wd_charts_page_new (WdWorkspace *workspace)
{
  WdChartsPage *self = g_object_new (WD_TYPE_CHARTS_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (preferences_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (update_queues), self,
                           G_CONNECT_SWAPPED);
  update_page (self);
  return self;
}

/**
 * wd_charts_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was read, or why it cannot
 */
gboolean
wd_charts_page_is_ready (WdChartsPage *self)
{
  g_return_val_if_fail (WD_IS_CHARTS_PAGE (self), FALSE);

  return self->error != NULL || (self->history != NULL && !self->stale);
}
