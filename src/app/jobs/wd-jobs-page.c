/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of jobs with its filters. */

#include "app/jobs/wd-jobs-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-button.h"
#include "app/common/wd-when-filter.h"
#include "app/jobs/wd-job-actions.h"
#include "app/jobs/wd-job-columns.h"

struct _WdJobsPage {
  WdListPage parent_instance;

  WdJobActions *actions;     /* (owned) */
  WdFilterButton *statuses;
  WdFilterButton *types;
  WdFilterButton *triggers;
  WdRangeFilter *created;
  WdRangeFilter *ended;      /* shown while it keeps anything back */
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdJobsPage, wd_jobs_page, WD_TYPE_LIST_PAGE)

static gpointer
wd_jobs_page_read_filter (WdListPage *page, const char *search)
{
  WdJobsPage *self = WD_JOBS_PAGE (page);
  WdJobFilter *filter = wd_job_filter_new ();

  filter->search = g_strdup (search);
  filter->statuses = wd_filter_button_get_selected (self->statuses);
  filter->types = wd_filter_button_get_selected (self->types);
  filter->triggers = wd_filter_button_get_selected (self->triggers);
  wd_when_filter_read (self->created, &filter->from, &filter->to);
  wd_when_filter_read (self->ended, &filter->completed_from, &filter->completed_to);
  return filter;
}

static void
wd_jobs_page_row_activated (WdListPage *page, WdRow *row)
{
  g_signal_emit (page, signals[SIGNAL_JOB_ACTIVATED], 0, wd_row_get_id (row),
                 wd_workspace_get_jobs (wd_list_page_get_workspace (page)));
}

static void
wd_jobs_page_dispose (GObject *object)
{
  g_clear_object (&WD_JOBS_PAGE (object)->actions);
  G_OBJECT_CLASS (wd_jobs_page_parent_class)->dispose (object);
}

static void
wd_jobs_page_class_init (WdJobsPageClass *klass)
{
  WdListPageClass *page_class = WD_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_jobs_page_dispose;
  page_class->read_filter = wd_jobs_page_read_filter;
  page_class->row_activated = wd_jobs_page_row_activated;

  /**
   * WdJobsPage::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_JOBS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);
}

static void
wd_jobs_page_init (WdJobsPage *self)
{
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
  self->ended = wd_when_filter_new (WD_WHEN_ENDED);
  g_object_bind_property (self->ended, "in-force", self->ended, "visible", G_BINDING_SYNC_CREATE);
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->statuses));
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->types));
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->triggers));
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->created));
  wd_list_page_add_filter (WD_LIST_PAGE (self), WD_FILTER (self->ended));
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
  WdListPage *page = WD_LIST_PAGE (self);
  WdListPageSpec spec = {
    .list = wd_workspace_get_jobs (workspace),
    .kind = wd_list_kind_jobs (),
    .table = wd_job_table_spec (),
    .search_name = N_("Search jobs"),
    .search_hint = N_("Search id or wallet"),
  };

  wd_list_page_set_up (page, workspace, &spec);
  add_filters (self);
  self->actions = wd_job_actions_new (GTK_WIDGET (self), wd_list_page_get_table (page), workspace);
  wd_list_page_ask (page);
  return self;
}

static void
show (WdJobsPage *self, const char *type, const char *status, int ended)
{
  const char *types[] = { type, NULL };
  const char *statuses[] = { status, NULL };

  wd_list_page_clear (WD_LIST_PAGE (self), NULL);
  wd_filter_button_set_selected (self->types, types);
  wd_filter_button_set_selected (self->statuses, statuses);
  wd_range_filter_set_preset (self->ended, ended);
  wd_list_page_ask (WD_LIST_PAGE (self));
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

  wd_list_page_clear (WD_LIST_PAGE (self), address);
  wd_list_page_ask (WD_LIST_PAGE (self));
}
