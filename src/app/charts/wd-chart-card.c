/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A chart with its title, what its colours mean, what is read, and the same as a table. */

#include "app/charts/wd-chart-card.h"

#include <glib/gi18n-lib.h>

#include "app/charts/wd-chart-swatch.h"
#include "app/charts/wd-chart-table.h"
#include "app/charts/wd-chart.h"
#include "app/common/wd-name.h"

struct _WdChartCard {
  GtkWidget parent_instance;

  const WdChartMetric *metric;
  WdHistory *history;        /* (owned) (nullable) */
  char *note;                /* (owned) (nullable) */
  WdChart *chart;
  WdChartTable *table;       /* (nullable): once it was asked for */

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkToggleButton *as_table;
  GtkBox *legend;
  GtkLabel *reading;
  GtkStack *stack;
  GtkLabel *limits;
};

enum {
  SIGNAL_READ,
  SIGNAL_OPEN,
  SIGNAL_RANGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChartCard, wd_chart_card, GTK_TYPE_WIDGET)

static void
update_reading (WdChartCard *self)
{
  int bar = wd_chart_get_read_bar (self->chart);
  const WdHistoryPoint *point;
  g_autofree char *when = NULL;
  g_autofree char *values = NULL;
  g_autofree char *text = NULL;

  if (self->history == NULL)
    return;
  point = bar >= 0 ? wd_history_get_point (self->history, (guint) bar) : &self->history->total;
  values = wd_chart_metric_read (self->metric, point);
  when = bar >= 0 ? wd_chart_point_text (self->history, point)
                  : g_strdup (self->metric->is_level ? C_("chart", "at the end")
                                                     : C_("chart", "in all"));
  text = g_strdup_printf ("%s: %s", when, values);
  gtk_label_set_text (self->reading, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reading), text);
}

static void
update_card (WdChartCard *self)
{
  g_autofree char *limits = NULL;

  if (self->metric->tell_limits != NULL && self->history != NULL)
    limits = self->metric->tell_limits (self->history);
  if (limits == NULL)
    limits = g_strdup (self->note);
  gtk_label_set_text (self->limits, limits != NULL ? limits : "");
  gtk_widget_set_visible (GTK_WIDGET (self->limits), limits != NULL);
  update_reading (self);
  if (self->table != NULL && self->history != NULL
      && gtk_toggle_button_get_active (self->as_table))
    wd_chart_table_set_history (self->table, self->history);
}

static void
read_cb (WdChartCard *self, int bar)
{
  g_signal_emit (self, signals[SIGNAL_READ], 0, bar);
}

static void
open_cb (WdChartCard *self, guint bar, int series)
{
  if (self->history != NULL && bar < wd_history_get_length (self->history))
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, wd_history_get_point (self->history, bar),
                   series);
}

static void
range_cb (WdChartCard *self, gint64 from, gint64 to)
{
  g_signal_emit (self, signals[SIGNAL_RANGE], 0, from, to);
}

static void
toggled_cb (WdChartCard *self)
{
  gboolean as_table = gtk_toggle_button_get_active (self->as_table);

  if (as_table && self->table == NULL)
    {
      self->table = wd_chart_table_new (self->metric);
      g_signal_connect_object (self->table, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->table));
    }
  gtk_stack_set_visible_child (self->stack, as_table ? GTK_WIDGET (self->table)
                                                     : GTK_WIDGET (self->chart));
  update_card (self);
}

static void
wd_chart_card_dispose (GObject *object)
{
  WdChartCard *self = WD_CHART_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->history, wd_history_unref);
  g_clear_pointer (&self->note, g_free);
  G_OBJECT_CLASS (wd_chart_card_parent_class)->dispose (object);
}

static void
wd_chart_card_class_init (WdChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_chart_card_dispose;

  /**
   * WdChartCard::read:
   * @bar: the bar whose values are read now, or -1
   */
  signals[SIGNAL_READ] = g_signal_new ("read", WD_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * WdChartCard::open:
   * @point: (type WdHistoryPoint): the bar whose jobs are wanted
   * @series: the part of it that was pointed at, or -1
   */
  signals[SIGNAL_OPEN] = g_signal_new ("open", WD_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_INT);
  /**
   * WdChartCard::range:
   * @from: a #WdTime
   * @to: likewise
   */
  signals[SIGNAL_RANGE] = g_signal_new ("range", WD_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/charts/wd-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, as_table);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, legend);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, reading);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, WdChartCard, limits);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_chart_card_init (WdChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_legend (WdChartCard *self)
{
  for (guint i = 0; i < self->metric->n_series; i++)
    {
      GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
      GtkWidget *label = gtk_label_new (g_dgettext (GETTEXT_PACKAGE,
                                                    self->metric->series[i].name));

      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (item), wd_chart_swatch_new (&self->metric->series[i]));
      gtk_box_append (GTK_BOX (item), label);
      gtk_box_append (self->legend, item);
    }
}

/**
 * wd_chart_card_new:
 * @metric: what it shows
 *
 * Returns: (transfer floating): a card without values
 */
WdChartCard *
wd_chart_card_new (const WdChartMetric *metric)
{
  WdChartCard *self = g_object_new (WD_TYPE_CHART_CARD, NULL);
  const char *title = g_dgettext (GETTEXT_PACKAGE, metric->title);
  /* TRANSLATORS: what a button does; then the title of a chart */
  g_autofree char *button = g_strdup_printf (_("Show as Table: %s"), title);

  self->metric = metric;
  self->chart = wd_chart_new (metric);
  g_signal_connect_object (self->chart, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chart, "range", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->chart));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, g_dgettext (GETTEXT_PACKAGE, metric->subtitle));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  wd_name_set (GTK_WIDGET (self->as_table), button);
  fill_legend (self);
  return self;
}

/**
 * wd_chart_card_set_history:
 * @self: a card
 * @history: what to show
 */
void
wd_chart_card_set_history (WdChartCard *self, WdHistory *history)
{
  g_return_if_fail (WD_IS_CHART_CARD (self));
  g_return_if_fail (history != NULL);

  wd_history_ref (history);
  g_clear_pointer (&self->history, wd_history_unref);
  self->history = history;
  wd_chart_set_history (self->chart, history);
  update_card (self);
}

/**
 * wd_chart_card_set_read_bar:
 * @self: a card
 * @bar: the bar whose values are read, or -1 for those of all
 */
void
wd_chart_card_set_read_bar (WdChartCard *self, int bar)
{
  g_return_if_fail (WD_IS_CHART_CARD (self));

  wd_chart_set_read_bar (self->chart, bar);
  update_reading (self);
}

/**
 * wd_chart_card_get_metric:
 * @self: a card
 *
 * Returns: (transfer none): what it shows
 */
const WdChartMetric *
wd_chart_card_get_metric (WdChartCard *self)
{
  g_return_val_if_fail (WD_IS_CHART_CARD (self), NULL);

  return self->metric;
}

/**
 * wd_chart_card_set_note:
 * @self: a card
 * @note: (nullable): what is said below the chart where it has nothing to say itself
 */
void
wd_chart_card_set_note (WdChartCard *self, const char *note)
{
  g_return_if_fail (WD_IS_CHART_CARD (self));

  if (g_strcmp0 (note, self->note) == 0)
    return;
  g_free (self->note);
  self->note = g_strdup (note);
  update_card (self);
}
