/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job in the timeline of its wallet; the first of a day has the day above it. */

#include "app/wallets/wd-timeline-row.h"

#include <glib/gi18n-lib.h>

#include "app/jobs/wd-job-line.h"
#include "app/jobs/wd-job-times.h"
#include "app/preferences/wd-preferences.h"
#include "model/wd-words.h"

struct _WdTimelineRow {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *heading;
  WdJobLine *line;
};

G_DEFINE_FINAL_TYPE (WdTimelineRow, wd_timeline_row, GTK_TYPE_WIDGET)

static void
wd_timeline_row_dispose (GObject *object)
{
  WdTimelineRow *self = WD_TIMELINE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_timeline_row_parent_class)->dispose (object);
}

static void
wd_timeline_row_class_init (WdTimelineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_timeline_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wd_timeline_row_init (WdTimelineRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->heading, 0);
  gtk_label_set_ellipsize (self->heading, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "day");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->heading));
  self->line = WD_JOB_LINE (wd_job_line_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->line));
}

/* Returns: (transfer full): under which heading @job stands */
static char *
get_heading (const WdJob *job, gboolean by_state, WdTime now)
{
  WdJobStatus status = wd_job_status_from_string (job->status);
  WdPreferences *preferences = wd_preferences_get ();

  if (by_state && status == WD_JOB_STATUS_ACTIVE)
    return g_strdup (_("Running Now"));
  if (by_state && (status == WD_JOB_STATUS_PENDING || status == WD_JOB_STATUS_RETRYING))
    return g_strdup (_("Waiting"));
  return wd_job_times_day (job->created_at, now,
                           wd_preferences_get_zone (preferences),
                           wd_preferences_get_day_format (preferences));
}

/**
 * wd_timeline_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
wd_timeline_row_new (void)
{
  return g_object_new (WD_TYPE_TIMELINE_ROW, NULL);
}

/**
 * wd_timeline_row_set:
 * @self: a row
 * @job: (nullable): what it shows; %NULL while that is being read
 * @above: (nullable): the job in the row above
 * @by_state: jobs under way stand apart from those of the days
 * @now: the present
 */
void
wd_timeline_row_set (WdTimelineRow *self, const WdJob *job, const WdJob *above, gboolean by_state,
                     WdTime now)
{
  g_autofree char *heading = NULL;
  g_autofree char *before = NULL;
  gboolean differs;

  g_return_if_fail (WD_IS_TIMELINE_ROW (self));

  if (wd_job_line_get_job (self->line) != job)
    wd_job_line_set_job (self->line, job, now);
  if (job != NULL)
    heading = get_heading (job, by_state, now);
  if (above != NULL)
    before = get_heading (above, by_state, now);
  differs = heading != NULL && g_strcmp0 (heading, before) != 0;
  gtk_widget_set_visible (GTK_WIDGET (self->heading), differs);
  if (differs && g_strcmp0 (gtk_label_get_text (self->heading), heading) != 0)
    gtk_label_set_text (self->heading, heading);
}

/**
 * wd_timeline_row_tell:
 * @self: a row
 * @now: the present
 *
 * Tells anew what changes with time alone.
 */
void
wd_timeline_row_tell (WdTimelineRow *self, WdTime now)
{
  g_return_if_fail (WD_IS_TIMELINE_ROW (self));

  wd_job_line_tell (self->line, now);
}
