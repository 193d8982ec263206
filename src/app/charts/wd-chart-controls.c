/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What charts show: jobs of which type, over which time, how exactly. A time that was dragged lies
 * on top of the one before, to which one goes back. */

#include "app/charts/wd-chart-controls.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-name.h"
#include "app/common/wd-text.h"
#include "app/preferences/wd-preferences.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

typedef struct {
  WdTime from;
  WdTime to;
} Zoom;

struct _WdChartControls {
  GtkWidget parent_instance;

  WdHistoryRange chosen;
  GArray *zooms;             /* (owned) (element-type Zoom): the last one is shown */

  GtkWidget *box;
  GtkWidget *ranges;
  GtkToggleButton *buttons[WD_HISTORY_CUSTOM];
  GtkDropDown *types;
  GtkToggleButton *exact;
  GtkWidget *zoomed;
  GtkLabel *range;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdChartControls, wd_chart_controls, GTK_TYPE_WIDGET)

static const Zoom *
get_zoom (WdChartControls *self)
{
  return self->zooms->len > 0 ? &g_array_index (self->zooms, Zoom, self->zooms->len - 1) : NULL;
}

static void
update_controls (WdChartControls *self)
{
  const Zoom *zoom = get_zoom (self);
  GTimeZone *zone = wd_preferences_get_zone (wd_preferences_get ());

  gtk_widget_set_visible (self->zoomed, zoom != NULL);
  if (zoom != NULL)
    {
      g_autofree char *from = wd_text_minute_in (zoom->from, zone);
      g_autofree char *to = wd_text_minute_in (zoom->to, zone);
      g_autofree char *text = g_strdup_printf ("%s – %s", from, to);

      gtk_label_set_text (self->range, text);
    }
}

static void
changed_cb (WdChartControls *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
range_cb (WdChartControls *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    if (self->buttons[i] == button)
      self->chosen = (WdHistoryRange) i;
  g_array_set_size (self->zooms, 0);
  update_controls (self);
  changed_cb (self);
}

/* The button of a range that is on already leads out of what was dragged in it. */
static void
range_clicked_cb (WdChartControls *self, GtkToggleButton *button)
{
  if (self->zooms->len > 0 && self->buttons[self->chosen] == button)
    range_cb (self, button);
}

static void
back_cb (WdChartControls *self)
{
  wd_chart_controls_go_back (self);
}

static void
wd_chart_controls_dispose (GObject *object)
{
  WdChartControls *self = WD_CHART_CONTROLS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_chart_controls_parent_class)->dispose (object);
}

static void
wd_chart_controls_finalize (GObject *object)
{
  g_array_unref (WD_CHART_CONTROLS (object)->zooms);
  G_OBJECT_CLASS (wd_chart_controls_parent_class)->finalize (object);
}

static void
wd_chart_controls_class_init (WdChartControlsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_chart_controls_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_chart_controls_finalize;

  /**
   * WdChartControls::changed:
   *
   * Somebody wants to see something else.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_CHART_CONTROLS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/charts/wd-chart-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, box);
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, ranges);
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, types);
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, exact);
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, zoomed);
  gtk_widget_class_bind_template_child (widget_class, WdChartControls, range);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_ranges (WdChartControls *self)
{
  static const struct { const char *label, *name; } words[] = {
    { NC_("chart", "1 h"), N_("The last hour") },
    { NC_("chart", "24 h"), N_("The last 24 hours") },
    { NC_("chart", "7 d"), N_("The last 7 days") },
    { NC_("chart", "30 d"), N_("The last 30 days") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (
        g_dpgettext2 (GETTEXT_PACKAGE, "chart", words[i].label));
      const char *name = g_dgettext (GETTEXT_PACKAGE, words[i].name);

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_set_tooltip_text (button, name);
      wd_name_set (button, name);
      gtk_toggle_button_set_group (self->buttons[i], i > 0 ? self->buttons[0] : NULL);
      gtk_toggle_button_set_active (self->buttons[i], i == self->chosen);
      g_signal_connect_object (button, "toggled", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (button, "clicked", G_CALLBACK (range_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->ranges), button);
    }
}

static void
wd_chart_controls_init (WdChartControls *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->zooms = g_array_new (FALSE, FALSE, sizeof (Zoom));
  self->chosen = WD_HISTORY_DAY;
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_name_set (GTK_WIDGET (self->exact), _("Exact percentiles"));
  add_ranges (self);
  gtk_string_list_append (names, _("All types"));
  for (gsize i = 0; i < n_types; i++)
    gtk_string_list_append (names, wd_job_type_label (types[i].name));
  gtk_drop_down_set_model (self->types, G_LIST_MODEL (names));
  wd_name_set (GTK_WIDGET (self->types), _("Type of jobs"));
  /* The button in it is what takes the focus. */
  wd_name_set (gtk_widget_get_first_child (GTK_WIDGET (self->types)), _("Type of jobs"));
  g_signal_connect_object (self->types, "notify::selected", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What charts show"), -1);
}

/**
 * wd_chart_controls_make_request:
 * @self: controls
 *
 * Returns: (transfer full): what somebody wants to see
 */
WdHistoryRequest *
wd_chart_controls_make_request (WdChartControls *self)
{
  WdHistoryRequest *request = wd_history_request_new ();
  const Zoom *zoom = get_zoom (self);
  guint selected = gtk_drop_down_get_selected (self->types);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (selected > 0 && selected <= n_types)
    request->job_type = g_strdup (types[selected - 1].name);
  request->range = zoom != NULL ? WD_HISTORY_CUSTOM : self->chosen;
  request->from = zoom != NULL ? zoom->from : WD_TIME_NONE;
  request->to = zoom != NULL ? zoom->to : WD_TIME_NONE;
  request->zone = g_time_zone_ref (wd_preferences_get_zone (wd_preferences_get ()));
  request->exact = gtk_toggle_button_get_active (self->exact);
  return request;
}

/**
 * wd_chart_controls_zoom:
 * @self: controls
 * @from: when the time begins that somebody wants to see
 * @to: when it ends
 */
void
wd_chart_controls_zoom (WdChartControls *self, WdTime from, WdTime to)
{
  Zoom zoom = { from, to };

  g_return_if_fail (WD_IS_CHART_CONTROLS (self));

  g_array_append_val (self->zooms, zoom);
  update_controls (self);
  changed_cb (self);
}

/**
 * wd_chart_controls_go_back:
 * @self: controls
 *
 * Returns: whether there was a time to go back to
 */
gboolean
wd_chart_controls_go_back (WdChartControls *self)
{
  g_return_val_if_fail (WD_IS_CHART_CONTROLS (self), FALSE);

  if (self->zooms->len == 0)
    return FALSE;
  g_array_set_size (self->zooms, self->zooms->len - 1);
  update_controls (self);
  changed_cb (self);
  return TRUE;
}

/**
 * wd_chart_controls_refuse_exact:
 * @self: controls
 *
 * Takes back that exact percentiles are wanted, without a signal.
 */
void
wd_chart_controls_refuse_exact (WdChartControls *self)
{
  g_return_if_fail (WD_IS_CHART_CONTROLS (self));

  g_signal_handlers_block_by_func (self->exact, changed_cb, self);
  gtk_toggle_button_set_active (self->exact, FALSE);
  g_signal_handlers_unblock_by_func (self->exact, changed_cb, self);
}
