/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A rule to be changed. What is inside is made when it is first opened; each change is written into
 * the rules at once, which nobody goes by until they are saved. */

#include "app/alerts/wd-rule-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "model/wd-job-type.h"
#include "session/wd-alert-text.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct _WdRuleRow {
  AdwExpanderRow parent_instance;

  WdAlertRules *rules;       /* (owned): not published yet */
  WdAlertMetric metric;
  gboolean filled;
};

/* The threshold of one type of job. */
typedef struct {
  WdRuleRow *row;            /* not owned: it has the widgets */
  const char *type;
  GtkSpinButton *spin;       /* not owned */
} Own;

static const gint64 windows[] = { 15 * MINUTE, HOUR, 6 * HOUR, DAY };

G_DEFINE_FINAL_TYPE (WdRuleRow, wd_rule_row, ADW_TYPE_EXPANDER_ROW)

static WdAlertRule *
get_rule (WdRuleRow *self)
{
  return &self->rules->rules[self->metric];
}

static void
update_subtitle (WdRuleRow *self)
{
  const WdAlertRule *rule = get_rule (self);
  const WdAlertMetricInfo *info = wd_alert_metric_info (self->metric);
  g_autofree char *threshold = wd_alert_text_value (self->metric, rule->threshold,
                                                    wd_text_count_format ());
  g_autofree char *window = wd_alert_text_span (rule->window);
  g_autofree char *hold = wd_alert_text_span (rule->hold);
  g_autoptr (GString) text = g_string_new (wd_severity_label (rule->severity));

  if (info->unit != WD_ALERT_UNIT_STATE && rule->window > 0)
    /* TRANSLATORS: a value, and a time such as “1 h” */
    g_string_append_printf (text, _(" · from %s in %s"), threshold, window);
  else if (info->unit != WD_ALERT_UNIT_STATE)
    g_string_append_printf (text, _(" · from %s"), threshold);
  if (rule->hold > 0)
    g_string_append_printf (text, _(" · for %s"), hold);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text->str);
}

static GtkSpinButton *
make_spin (const char *name, gint64 lower, gint64 upper, gint64 value)
{
  GtkWidget *spin = gtk_spin_button_new_with_range ((double) lower, (double) upper, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), (double) value);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 7);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_SPIN_BUTTON (spin);
}

static GtkWidget *
add_row (WdRuleRow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return row;
}

static GtkSpinButton *
add_spin (WdRuleRow *self, const char *title, const char *subtitle, gint64 lower, gint64 upper,
          gint64 value, GCallback callback)
{
  GtkWidget *row = add_row (self, title, subtitle);
  g_autofree char *name = g_strdup_printf ("%s, %s", wd_alert_metric_label (self->metric), title);
  GtkSpinButton *spin = make_spin (name, lower, upper, value);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (spin));
  g_signal_connect_object (spin, "value-changed", callback, self, 0);
  return spin;
}

static void
threshold_cb (GtkSpinButton *spin, WdRuleRow *self)
{
  get_rule (self)->threshold = gtk_spin_button_get_value_as_int (spin);
  update_subtitle (self);
}

static void
hold_cb (GtkSpinButton *spin, WdRuleRow *self)
{
  get_rule (self)->hold = gtk_spin_button_get_value_as_int (spin);
  update_subtitle (self);
}

static void
cooldown_cb (GtkSpinButton *spin, WdRuleRow *self)
{
  get_rule (self)->cooldown = (gint64) gtk_spin_button_get_value_as_int (spin) * MINUTE;
}

static void
severity_cb (AdwComboRow *row, GParamSpec *pspec, WdRuleRow *self)
{
  get_rule (self)->severity = adw_combo_row_get_selected (row);
  update_subtitle (self);
}

static void
window_cb (AdwComboRow *row, GParamSpec *pspec, WdRuleRow *self)
{
  guint selected = adw_combo_row_get_selected (row);

  /* One that somebody wrote into the file himself stands last, and stays. */
  if (selected < G_N_ELEMENTS (windows))
    get_rule (self)->window = windows[selected];
  update_subtitle (self);
}

static void
add_combo (WdRuleRow *self, const char *title, GtkStringList *choices, guint selected,
           GCallback callback)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", callback, self, 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_severity (WdRuleRow *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  for (WdSeverity severity = WD_SEVERITY_WARNING; severity <= WD_SEVERITY_CRITICAL; severity++)
    gtk_string_list_append (choices, wd_severity_label (severity));
  add_combo (self, _("Severity"), choices, get_rule (self)->severity, G_CALLBACK (severity_cb));
}

static void
add_window (WdRuleRow *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  gint64 window = get_rule (self)->window;
  guint selected = G_N_ELEMENTS (windows);

  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autofree char *span = wd_alert_text_span (windows[i]);

      gtk_string_list_append (choices, span);
      if (windows[i] == window)
        selected = i;
    }
  if (selected == G_N_ELEMENTS (windows))
    {
      g_autofree char *span = wd_alert_text_span (window);

      gtk_string_list_append (choices, span);
    }
  add_combo (self, _("Looks back over"), choices, selected, G_CALLBACK (window_cb));
}

static gboolean
own_toggled_cb (GtkSwitch *toggle, gboolean is_own, gpointer data)
{
  Own *own = data;

  gtk_widget_set_sensitive (GTK_WIDGET (own->spin), is_own);
  wd_alert_rule_set_threshold (get_rule (own->row), own->type,
                               is_own ? gtk_spin_button_get_value_as_int (own->spin) : -1);
  return FALSE;
}

static void
own_value_cb (GtkSpinButton *spin, gpointer data)
{
  Own *own = data;

  wd_alert_rule_set_threshold (get_rule (own->row), own->type,
                               gtk_spin_button_get_value_as_int (spin));
}

static void
own_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
add_type (WdRuleRow *self, const char *type, gint64 most)
{
  const WdAlertRule *rule = get_rule (self);
  const char *label = wd_job_type_label (type);
  const char *metric = wd_alert_metric_label (self->metric);
  GtkWidget *row = add_row (self, label, _("Its own threshold; 0 is never"));
  GtkWidget *toggle = gtk_switch_new ();
  g_autofree char *spin_name = g_strdup_printf (_("%s, threshold of %s"), metric, label);
  g_autofree char *toggle_name = g_strdup_printf (_("%s, own threshold of %s"), metric, label);
  Own *own = g_new (Own, 1);
  gint64 value;
  gboolean is_own = wd_alert_rule_find_own (rule, type, &value);

  *own = (Own) { self, type, make_spin (spin_name, 0, most, is_own ? value : rule->threshold) };
  gtk_widget_set_sensitive (GTK_WIDGET (own->spin), is_own);
  gtk_switch_set_active (GTK_SWITCH (toggle), is_own);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  toggle_name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (own->spin));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  g_signal_connect (own->spin, "value-changed", G_CALLBACK (own_value_cb), own);
  g_signal_connect_data (toggle, "state-set", G_CALLBACK (own_toggled_cb), own, own_free, 0);
}

static const char *
describe_unit (WdAlertUnit unit)
{
  switch (unit)
    {
    case WD_ALERT_UNIT_PERCENT:
      return _("Percent");
    case WD_ALERT_UNIT_SECONDS:
      return _("Seconds");
    case WD_ALERT_UNIT_COUNT:
    case WD_ALERT_UNIT_STATE:
    default:
      return _("How many");
    }
}

static void
fill (WdRuleRow *self)
{
  const WdAlertMetricInfo *info = wd_alert_metric_info (self->metric);
  const WdAlertRule *rule = get_rule (self);
  gint64 most = info->unit == WD_ALERT_UNIT_PERCENT ? 100 : 1000000000;
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  add_severity (self);
  if (info->unit != WD_ALERT_UNIT_STATE)
    add_spin (self, _("Threshold"), describe_unit (info->unit), 1, most, rule->threshold,
              G_CALLBACK (threshold_cb));
  for (gsize i = 0; info->by_type && i < n_types; i++)
    add_type (self, types[i].name, most);
  if (info->has_window)
    add_window (self);
  add_spin (self, _("Must hold"), _("Seconds without a break"), 0, DAY, rule->hold,
            G_CALLBACK (hold_cb));
  add_spin (self, _("Cooldown"), _("Minutes; what comes back meanwhile is not told of again"), 0,
            30 * 24 * 60, rule->cooldown / MINUTE, G_CALLBACK (cooldown_cb));
}

static void
expanded_cb (WdRuleRow *self)
{
  if (self->filled || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->filled = TRUE;
  fill (self);
}

static gboolean
enabled_cb (GtkSwitch *toggle, gboolean enabled, WdRuleRow *self)
{
  get_rule (self)->enabled = enabled;
  return FALSE;
}

/* Of the row's own switch nobody could say what it is for. */
static void
add_switch (WdRuleRow *self)
{
  GtkWidget *toggle = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (toggle), get_rule (self)->enabled);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  wd_alert_metric_label (self->metric), -1);
  g_signal_connect_object (toggle, "state-set", G_CALLBACK (enabled_cb), self, 0);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), toggle);
}

static void
wd_rule_row_finalize (GObject *object)
{
  wd_alert_rules_unref (WD_RULE_ROW (object)->rules);
  G_OBJECT_CLASS (wd_rule_row_parent_class)->finalize (object);
}

static void
wd_rule_row_class_init (WdRuleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_rule_row_finalize;
}

static void
wd_rule_row_init (WdRuleRow *self)
{
}

/**
 * wd_rule_row_new:
 * @rules: to be changed; not published yet
 * @metric: whose rule it is
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
wd_rule_row_new (WdAlertRules *rules, WdAlertMetric metric)
{
  WdRuleRow *self = g_object_new (WD_TYPE_RULE_ROW, NULL);

  self->rules = wd_alert_rules_ref (rules);
  self->metric = metric;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), wd_alert_metric_label (metric));
  add_switch (self);
  update_subtitle (self);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  return GTK_WIDGET (self);
}
