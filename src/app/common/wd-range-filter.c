/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A menu button that narrows a list to a range: everything, a ready choice, or own bounds. */

#include "app/common/wd-range-filter.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-focus.h"

struct _WdRangeFilter {
  WdFilter parent_instance;

  const WdRangeSpec *spec;
  GPtrArray *checks;       /* (owned) (element-type GtkWidget): of the presets; not owned each */
  int preset;              /* -1 without one */
  char *lower_text;        /* (owned) (nullable): as applied */
  char *upper_text;        /* (owned) (nullable) */
  gboolean updating;       /* widgets are being set, not used */
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkBox *box;
  GtkCheckButton *all_check;
  GtkLabel *lower_label;
  GtkLabel *upper_label;
  GtkEditable *lower;
  GtkEditable *upper;
  GtkWidget *apply;
};

G_DEFINE_FINAL_TYPE (WdRangeFilter, wd_range_filter, WD_TYPE_FILTER)

static char *
describe (WdRangeFilter *self)
{
  if (self->preset >= 0)
    return g_strdup (_(self->spec->presets[self->preset]));
  if (self->lower_text != NULL && self->upper_text != NULL)
    return g_strdup_printf ("%s – %s", self->lower_text, self->upper_text);
  /* A bound that is out itself says so. */
  if (self->lower_text != NULL)
    return g_strdup_printf (*self->lower_text == '>' ? "%s" : "≥ %s", self->lower_text);
  if (self->upper_text != NULL)
    return g_strdup_printf (*self->upper_text == '<' ? "%s" : "≤ %s", self->upper_text);
  return g_strdup (_(self->spec->all_label));
}

static void
update_filter (WdRangeFilter *self)
{
  g_autofree char *label = describe (self);

  wd_filter_label_button (self->button, _(self->spec->name), label);
  self->updating = TRUE;
  gtk_editable_set_text (self->lower, self->lower_text != NULL ? self->lower_text : "");
  gtk_editable_set_text (self->upper, self->upper_text != NULL ? self->upper_text : "");
  gtk_check_button_set_active (self->all_check, self->preset < 0 && self->lower_text == NULL
                                                && self->upper_text == NULL);
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (self->checks->pdata[i], self->preset == (int) i);
  self->updating = FALSE;
  wd_filter_set_in_force (WD_FILTER (self), self->preset >= 0 || self->lower_text != NULL
                                            || self->upper_text != NULL);
}

static void
set_range (WdRangeFilter *self, int preset, const char *lower, const char *upper)
{
  g_free (self->lower_text);
  g_free (self->upper_text);
  self->preset = preset;
  self->lower_text = lower != NULL && *lower != '\0' ? g_strdup (lower) : NULL;
  self->upper_text = upper != NULL && *upper != '\0' ? g_strdup (upper) : NULL;
  update_filter (self);
}

static void
toggled_cb (WdRangeFilter *self, GtkCheckButton *check)
{
  guint preset;

  if (self->updating || !gtk_check_button_get_active (check))
    return;
  if (g_ptr_array_find (self->checks, check, &preset))
    set_range (self, (int) preset, NULL, NULL);
  else
    set_range (self, -1, NULL, NULL);
  wd_filter_emit_changed (WD_FILTER (self));
}

static gboolean
check_bound (WdRangeFilter *self, GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  gboolean is_valid = *text == '\0' || self->spec->is_valid (text, entry == self->upper);

  if (is_valid)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_valid ? GTK_ACCESSIBLE_INVALID_FALSE
                                        : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  return is_valid;
}

static void
edited_cb (WdRangeFilter *self)
{
  gboolean lower = check_bound (self, self->lower);
  gboolean upper = check_bound (self, self->upper);

  gtk_widget_set_sensitive (self->apply, lower && upper);
}

static void
apply_cb (WdRangeFilter *self)
{
  g_autofree char *lower = g_strstrip (g_strdup (gtk_editable_get_text (self->lower)));
  g_autofree char *upper = g_strstrip (g_strdup (gtk_editable_get_text (self->upper)));

  if (!gtk_widget_get_sensitive (self->apply))
    return;
  set_range (self, -1, lower, upper);
  gtk_popover_popdown (self->popover);
  wd_filter_emit_changed (WD_FILTER (self));
}

static void
wd_range_filter_finalize (GObject *object)
{
  WdRangeFilter *self = WD_RANGE_FILTER (object);

  g_ptr_array_unref (self->checks);
  g_free (self->lower_text);
  g_free (self->upper_text);
  G_OBJECT_CLASS (wd_range_filter_parent_class)->finalize (object);
}

static void
wd_range_filter_class_init (WdRangeFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_range_filter_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/common/wd-range-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, button);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, popover);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, box);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, all_check);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, lower_label);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, upper_label);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, lower);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, upper);
  gtk_widget_class_bind_template_child (widget_class, WdRangeFilter, apply);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
wd_range_filter_init (WdRangeFilter *self)
{
  self->preset = -1;
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  wd_focus_come_back (self->popover, self->button);
}

/**
 * wd_range_filter_new:
 * @spec: what it filters by; static
 *
 * Returns: (transfer floating): a filter that lets everything through
 */
WdRangeFilter *
wd_range_filter_new (const WdRangeSpec *spec)
{
  WdRangeFilter *self = g_object_new (WD_TYPE_RANGE_FILTER, NULL);
  GtkWidget *previous = GTK_WIDGET (self->all_check);

  self->spec = spec;
  gtk_check_button_set_label (self->all_check, _(spec->all_label));
  for (guint i = 0; i < spec->n_presets; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_(spec->presets[i]));

      gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->all_check);
      gtk_box_insert_child_after (self->box, check, previous);
      g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->checks, check);
      previous = check;
    }
  gtk_label_set_text (self->lower_label, _(spec->lower_label));
  gtk_label_set_text (self->upper_label, _(spec->upper_label));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->lower), _(spec->placeholder));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->upper), _(spec->placeholder));
  update_filter (self);
  return self;
}

/**
 * wd_range_filter_get_preset:
 * @self: a filter
 *
 * Returns: which preset is chosen, or -1
 */
int
wd_range_filter_get_preset (WdRangeFilter *self)
{
  g_return_val_if_fail (WD_IS_RANGE_FILTER (self), -1);

  return self->preset;
}

/**
 * wd_range_filter_get_lower:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the lower bound, valid
 */
const char *
wd_range_filter_get_lower (WdRangeFilter *self)
{
  g_return_val_if_fail (WD_IS_RANGE_FILTER (self), NULL);

  return self->lower_text;
}

/**
 * wd_range_filter_get_upper:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): the upper bound, valid
 */
const char *
wd_range_filter_get_upper (WdRangeFilter *self)
{
  g_return_val_if_fail (WD_IS_RANGE_FILTER (self), NULL);

  return self->upper_text;
}

/**
 * wd_range_filter_set_preset:
 * @self: a filter
 * @preset: which, or -1 for everything
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_range_filter_set_preset (WdRangeFilter *self, int preset)
{
  g_return_if_fail (WD_IS_RANGE_FILTER (self));

  set_range (self, preset, NULL, NULL);
}

/**
 * wd_range_filter_set_bounds:
 * @self: a filter
 * @lower: (nullable): the lower bound, valid
 * @upper: (nullable): the upper bound, valid
 *
 * Does not emit "changed": that says what people did.
 */
void
wd_range_filter_set_bounds (WdRangeFilter *self, const char *lower, const char *upper)
{
  g_return_if_fail (WD_IS_RANGE_FILTER (self));

  set_range (self, -1, lower, upper);
}
