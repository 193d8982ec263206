/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of jobs with its filters. */

#include "app/jobs/wd-jobs-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-bar.h"
#include "app/common/wd-filter-button.h"
#include "app/common/wd-when-filter.h"
#include "app/jobs/wd-job-actions.h"
#include "app/jobs/wd-job-columns.h"
#include "app/preferences/wd-preferences.h"

struct _WdJobsPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) */
  WdTable *table;
  WdJobActions *actions;     /* (owned) */
  WdFilterButton *statuses;
  WdFilterButton *types;
  WdFilterButton *triggers;
  WdRangeFilter *created;
  WdRangeFilter *ended;      /* shown while it keeps anything back */

  WdFilterBar *bar;
  GtkEditable *search;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdJobsPage, wd_jobs_page, GTK_TYPE_WIDGET)

static void
filter_cb (WdJobsPage *self)
{
  g_autoptr (WdJobFilter) filter = NULL;
  g_autofree char *search = NULL;
  gconstpointer before = wd_paged_list_get_filter (wd_workspace_get_jobs (self->workspace));

  filter = wd_job_filter_new ();
  search = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));
  filter->search = *search != '\0' ? g_steal_pointer (&search) : NULL;
  filter->statuses = wd_filter_button_get_selected (self->statuses);
  filter->types = wd_filter_button_get_selected (self->types);
  filter->triggers = wd_filter_button_get_selected (self->triggers);
  wd_when_filter_read (self->created, &filter->from, &filter->to);
  wd_when_filter_read (self->ended, &filter->completed_from, &filter->completed_to);
  if (before == NULL || !wd_job_filter_equal (before, filter))
    wd_table_set_filter (self->table, filter);
}

/* Escape: back to all rows, and to the table. */
static void
stop_search_cb (WdJobsPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

static void
clear_filters_cb (WdJobsPage *self)
{
  wd_jobs_page_show (self, NULL, NULL);
}

static void
row_activated_cb (WdJobsPage *self, WdRow *row)
{
  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, wd_row_get_id (row));
}

static void
refused_cb (WdJobsPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, text);
}

static void
tick_cb (WdJobsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_table_tick (self->table);
}

static void
refresh_cb (WdJobsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wd_paged_list_refresh (wd_workspace_get_jobs (self->workspace));
}

static void
wd_jobs_page_map (GtkWidget *widget)
{
  WdJobsPage *self = WD_JOBS_PAGE (widget);

  GTK_WIDGET_CLASS (wd_jobs_page_parent_class)->map (widget);
  wd_table_tell_ages (self->table);
  refresh_cb (self);
}

static void
wd_jobs_page_dispose (GObject *object)
{
  WdJobsPage *self = WD_JOBS_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->actions);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_jobs_page_parent_class)->dispose (object);
}

static void
wd_jobs_page_class_init (WdJobsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_jobs_page_dispose;
  widget_class->map = wd_jobs_page_map;

  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_JOBS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REFUSED] =
    g_signal_new ("refused", WD_TYPE_JOBS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (WD_TYPE_FILTER_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/jobs/wd-jobs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdJobsPage, bar);
  gtk_widget_class_bind_template_child (widget_class, WdJobsPage, search);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
wd_jobs_page_init (WdJobsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_filter (WdJobsPage *self, gpointer filter)
{
  wd_filter_bar_add (self->bar, GTK_WIDGET (filter));
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
}

static void
add_filters (WdJobsPage *self)
{
  const char *const *words = wd_job_status_words ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->statuses = wd_filter_button_new (_("Status"), _("All statuses"), TRUE);
  for (guint i = 0; words[i] != NULL; i++)
    wd_filter_button_add (self->statuses, words[i], wd_job_status_label (words[i]));
  self->types = wd_filter_button_new (_("Type"), _("All types"), TRUE);
  for (gsize i = 0; i < n_types; i++)
    wd_filter_button_add (self->types, types[i].name, wd_job_type_label (types[i].name));
  self->triggers = wd_filter_button_new (_("Trigger"), _("All triggers"), TRUE);
  words = wd_trigger_words ();
  for (guint i = 0; words[i] != NULL; i++)
    wd_filter_button_add (self->triggers, words[i], wd_trigger_label (words[i]));
  self->created = wd_when_filter_new (WD_WHEN_CREATED);
  add_filter (self, self->statuses);
  add_filter (self, self->types);
  add_filter (self, self->triggers);
  add_filter (self, self->created);
  self->ended = wd_when_filter_new (WD_WHEN_ENDED);
  g_object_bind_property (self->ended, "in-force", self->ended, "visible", G_BINDING_SYNC_CREATE);
  add_filter (self, self->ended);
}

/**
 * wd_jobs_page_new:
 * @workspace: whose jobs
 *
 * Returns: (transfer floating): a page; asks for all jobs unless they were asked for already
 */
WdJobsPage *
wd_jobs_page_new (WdWorkspace *workspace)
{
  WdJobsPage *self = g_object_new (WD_TYPE_JOBS_PAGE, NULL);
  WdPagedList *jobs = wd_workspace_get_jobs (workspace);

  self->workspace = g_object_ref (workspace);
  add_filters (self);
  self->table = wd_table_new (wd_job_table_spec (), jobs);
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->table), GTK_WIDGET (self));
  self->actions = wd_job_actions_new (GTK_WIDGET (self), self->table, workspace);
  g_signal_connect_object (self->table, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "clear-filters", G_CALLBACK (clear_filters_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "refused", G_CALLBACK (refused_cb), self,
                           G_CONNECT_SWAPPED);
  /* Bounds that were typed mean another time in another zone. */
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (filter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  if (wd_paged_list_get_filter (jobs) == NULL)
    filter_cb (self);
  return self;
}

/**
 * wd_jobs_page_focus_search:
 * @self: a page
 *
 * Puts the focus into the search entry.
 */
void
wd_jobs_page_focus_search (WdJobsPage *self)
{
  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/**
 * wd_jobs_page_focus_rows:
 * @self: a page
 *
 * Puts the focus back to the row that had it.
 */
void
wd_jobs_page_focus_rows (WdJobsPage *self)
{
  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  gtk_widget_child_focus (GTK_WIDGET (self->table), GTK_DIR_TAB_FORWARD);
}

static void
show (WdJobsPage *self, const char *type, const char *status, int ended)
{
  const char *types[] = { type, NULL };
  const char *statuses[] = { status, NULL };

  wd_filter_button_set_selected (self->types, types);
  wd_filter_button_set_selected (self->statuses, statuses);
  wd_filter_button_set_selected (self->triggers, NULL);
  wd_range_filter_set_preset (self->created, -1);
  wd_range_filter_set_preset (self->ended, ended);
  gtk_editable_set_text (self->search, "");
  filter_cb (self);
}

/**
 * wd_jobs_page_show:
 * @self: a page
 * @type: (nullable): only this kind
 * @status: (nullable): only in this status
 *
 * Replaces all filters and the search.
 */
void
wd_jobs_page_show (WdJobsPage *self, const char *type, const char *status)
{
  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  show (self, type, status, -1);
}

/**
 * wd_jobs_page_show_recent:
 * @self: a page
 * @type: (nullable): only this kind
 * @status: (nullable): only in this status
 *
 * Replaces all filters and the search; shows what ended in the last 24 hours, as
 * the overview counts it.
 */
void
wd_jobs_page_show_recent (WdJobsPage *self, const char *type, const char *status)
{
  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  show (self, type, status, WD_WHEN_PRESET_DAY);
}

/**
 * wd_jobs_page_show_wallet:
 * @self: a page
 * @address: of a wallet, whose jobs alone are shown
 */
void
wd_jobs_page_show_wallet (WdJobsPage *self, const char *address)
{
  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  wd_filter_button_set_selected (self->types, NULL);
  wd_filter_button_set_selected (self->statuses, NULL);
  wd_filter_button_set_selected (self->triggers, NULL);
  wd_range_filter_set_preset (self->created, -1);
  wd_range_filter_set_preset (self->ended, -1);
  gtk_editable_set_text (self->search, address);
  filter_cb (self);
}
