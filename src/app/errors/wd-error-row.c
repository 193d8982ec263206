/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One way in which jobs fail: what the messages say, how often, and whether it gets worse. */

#include "app/errors/wd-error-row.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-menu.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

struct _WdErrorRow {
  GtkListBoxRow parent_instance;

  WdErrorReport *report;     /* (owned): has the group */
  const WdErrorGroup *group;

  GtkLabel *message;
  GtkLabel *facts;
  GtkLabel *count;
  GtkLabel *trend;
  GtkMenuButton *more;
};

G_DEFINE_FINAL_TYPE (WdErrorRow, wd_error_row, GTK_TYPE_LIST_BOX_ROW)

static char *
describe_types (const WdErrorGroup *group)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; group->job_types[i] != NULL; i++)
    {
      g_autofree char *type = wd_format_visible (wd_job_type_label (group->job_types[i]), 64);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", type);
    }
  return g_string_free (text, FALSE);
}

static char *
describe_facts (const WdErrorGroup *group, WdTime now)
{
  g_autofree char *types = describe_types (group);
  g_autofree char *n_wallets = wd_text_count (group->n_wallets);
  g_autofree char *wallets = NULL;
  g_autofree char *first = wd_format_age (group->first_failed_at, now);
  g_autofree char *last = wd_format_age (group->last_failed_at, now);

  wallets = g_strdup_printf (ngettext ("%s wallet", "%s wallets", (gulong) group->n_wallets),
                             n_wallets);
  if (group->n_wallets == 0)
    /* TRANSLATORS: of failed jobs: their types, and two ages such as “3 d ago” */
    return g_strdup_printf (_("%s · first %s, last %s"), types, first, last);
  /* TRANSLATORS: of failed jobs: their types, their wallets, and two ages such as “3 d ago” */
  return g_strdup_printf (_("%s · %s · first %s, last %s"), types, wallets, first, last);
}

/* Compared with the day before; a first failure is no trend. */
static const char *
get_arrow (const WdErrorGroup *group)
{
  if (group->n_last_day > group->n_day_before)
    return "▲ ";
  return group->n_last_day < group->n_day_before ? "▼ " : "";
}

static void
set_class (GtkLabel *label, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (label), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), name);
}

static void
show_trend (WdErrorRow *self)
{
  g_autofree char *today = wd_text_count (self->group->n_last_day);
  g_autofree char *before = wd_text_count (self->group->n_day_before);
  /* TRANSLATORS: an arrow or nothing, then jobs that failed in the last 24 hours */
  g_autofree char *text = g_strdup_printf (_("%s%s in 24 h"), get_arrow (self->group), today);
  g_autofree char *tip = g_strdup_printf (_("Last 24 hours: %s. The 24 hours before: %s"), today,
                                          before);
  gboolean worse = self->group->n_last_day > self->group->n_day_before;

  gtk_label_set_text (self->trend, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->trend), tip);
  set_class (self->trend, "error", worse);
  set_class (self->trend, "dim-label", !worse);
}

/* What is done with the group as a whole; its jobs are shown by the row itself. */
static void
add_menu (WdErrorRow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *name = self->group->name;

  wd_menu_add (menu, _("Show Jobs"), "win.show-error-group", g_variant_new_string (name));
  wd_menu_add (menu, _("Retry All…"), "win.retry-error-group", g_variant_new_string (name));
  wd_menu_add (menu, _("Save as View…"), "win.save-error-view", g_variant_new_string (name));
  wd_menu_add (menu, _("Copy Message"), "errors.copy", g_variant_new_string (name));
  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
}

static void
wd_error_row_finalize (GObject *object)
{
  g_clear_pointer (&WD_ERROR_ROW (object)->report, wd_error_report_unref);
  G_OBJECT_CLASS (wd_error_row_parent_class)->finalize (object);
}

static void
wd_error_row_class_init (WdErrorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_error_row_finalize;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/errors/wd-error-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WdErrorRow, message);
  gtk_widget_class_bind_template_child (widget_class, WdErrorRow, facts);
  gtk_widget_class_bind_template_child (widget_class, WdErrorRow, count);
  gtk_widget_class_bind_template_child (widget_class, WdErrorRow, trend);
  gtk_widget_class_bind_template_child (widget_class, WdErrorRow, more);
}

static void
wd_error_row_init (WdErrorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_error_row_new:
 * @report: a report
 * @group: (not transferred): one of its groups
 *
 * Returns: (transfer floating): a row of the group
 */
GtkWidget *
wd_error_row_new (WdErrorReport *report, const WdErrorGroup *group)
{
  WdErrorRow *self = g_object_new (WD_TYPE_ERROR_ROW, NULL);

  self->group = group;
  add_menu (self);
  wd_error_row_set_group (self, report, group);
  return GTK_WIDGET (self);
}

/**
 * wd_error_row_set_group:
 * @self: a row
 * @report: a newer report
 * @group: (not transferred): in it, the group with the same name
 *
 * Shows what became of it. Its menu, perhaps open, stays.
 */
void
wd_error_row_set_group (WdErrorRow *self, WdErrorReport *report, const WdErrorGroup *group)
{
  g_autofree char *count = NULL, *message = NULL, *sample = NULL, *name = NULL;
  WdErrorReport *before;

  g_return_if_fail (WD_IS_ERROR_ROW (self));

  before = self->report;
  self->report = wd_error_report_ref (report);
  self->group = group;
  g_clear_pointer (&before, wd_error_report_unref);
  count = wd_text_count (group->n_jobs);
  sample = wd_format_visible (group->sample, 1024);
  message = *group->name != '\0' ? wd_format_visible (group->name, 512)
                                 : g_strdup (_("Failed without a message"));
  name = g_strdup_printf (ngettext ("%s: %s job", "%s: %s jobs", (gulong) group->n_jobs), message,
                          count);
  gtk_label_set_text (self->message, message);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->message), sample);
  gtk_label_set_text (self->count, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_trend (self);
  wd_error_row_tick (self, wd_time_now ());
}

/**
 * wd_error_row_get_name:
 * @self: a row
 *
 * Returns: (transfer none): the group's name, by which a filter finds its jobs
 */
const char *
wd_error_row_get_name (WdErrorRow *self)
{
  g_return_val_if_fail (WD_IS_ERROR_ROW (self), NULL);

  return self->group->name;
}

/**
 * wd_error_row_get_sample:
 * @self: a row
 *
 * Returns: (transfer none): a message of the group, as it was written
 */
const char *
wd_error_row_get_sample (WdErrorRow *self)
{
  g_return_val_if_fail (WD_IS_ERROR_ROW (self), NULL);

  return self->group->sample;
}

/**
 * wd_error_row_tick:
 * @self: a row
 * @now: the time
 *
 * Tells the ages anew.
 */
void
wd_error_row_tick (WdErrorRow *self, WdTime now)
{
  g_autofree char *facts = NULL;

  g_return_if_fail (WD_IS_ERROR_ROW (self));

  facts = describe_facts (self->group, now);
  gtk_label_set_text (self->facts, facts);
}
