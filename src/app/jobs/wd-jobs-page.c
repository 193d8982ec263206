/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of jobs with its filters. */

#include "app/jobs/wd-jobs-page.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-filter-button.h"
#include "app/common/wd-when-filter.h"
#include "app/jobs/wd-job-actions.h"
#include "app/jobs/wd-job-columns.h"

#define DAY (24 * 3600 * (gint64) G_USEC_PER_SEC)

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

static void
set_words (char ***words, char **taken)
{
  g_strfreev (*words);
  *words = taken;
}

static void
wd_jobs_page_read_filter (WdListPage *page, gpointer data)
{
  WdJobsPage *self = WD_JOBS_PAGE (page);
  WdJobFilter *filter = data;
  WdWhenRange created, ended;

  set_words (&filter->statuses, wd_filter_button_get_selected (self->statuses));
  set_words (&filter->types, wd_filter_button_get_selected (self->types));
  set_words (&filter->triggers, wd_filter_button_get_selected (self->triggers));
  set_words (&filter->not_statuses, wd_filter_button_dup_excluded (self->statuses));
  set_words (&filter->not_types, wd_filter_button_dup_excluded (self->types));
  set_words (&filter->not_triggers, wd_filter_button_dup_excluded (self->triggers));
  wd_when_filter_read (self->created, &created);
  filter->from = created.from;
  filter->to = created.to;
  filter->from_ago = created.from_ago;
  filter->to_ago = created.to_ago;
  wd_when_filter_read (self->ended, &ended);
  filter->completed_from = ended.from;
  filter->completed_to = ended.to;
  filter->completed_from_ago = ended.from_ago;
  filter->completed_to_ago = ended.to_ago;
}

static void
wd_jobs_page_show_filter (WdListPage *page, gconstpointer data)
{
  WdJobsPage *self = WD_JOBS_PAGE (page);
  const WdJobFilter *filter = data;
  WdWhenRange created = { filter->from, filter->to, filter->from_ago, filter->to_ago };
  WdWhenRange ended = { filter->completed_from, filter->completed_to, filter->completed_from_ago,
                        filter->completed_to_ago };

  wd_filter_button_set_selected (self->statuses, filter->statuses, filter->not_statuses);
  wd_filter_button_set_selected (self->types, filter->types, filter->not_types);
  wd_filter_button_set_selected (self->triggers, filter->triggers, filter->not_triggers);
  wd_when_filter_show (self->created, &created);
  wd_when_filter_show (self->ended, &ended);
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
  page_class->show_filter = wd_jobs_page_show_filter;
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
    .page = "jobs",
    .list = wd_workspace_get_jobs (workspace),
    .kind = wd_list_kind_jobs (),
    .table = wd_job_table_spec (),
    .language = wd_filter_language_jobs (),
    .search_name = N_("Search jobs"),
    .search_hint = N_("Search id, wallet or error, or status:failed created:>-24h"),
  };

  wd_list_page_set_up (page, workspace, &spec);
  add_filters (self);
  self->actions = wd_job_actions_new (GTK_WIDGET (self), wd_list_page_get_table (page), workspace);
  wd_list_page_ask (page);
  return self;
}

static void
show (WdJobsPage *self, const char *type, const char *status, gint64 ended_ago)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  filter->types = type != NULL ? g_strsplit (type, ",", 1) : NULL;
  filter->statuses = status != NULL ? g_strsplit (status, ",", 1) : NULL;
  filter->completed_from_ago = ended_ago;
  wd_job_filter_set_now (filter, wd_time_now ());
  wd_list_page_show_filter (WD_LIST_PAGE (self), filter);
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

  show (self, type, status, 0);
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

  show (self, type, status, DAY);
}

/**
 * wd_jobs_page_show_wallet:
 * @self: a page
 * @address: of a wallet, whose jobs alone are shown
 */
void
wd_jobs_page_show_wallet (WdJobsPage *self, const char *address)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  filter->wallet = g_strdup (address);
  wd_list_page_show_filter (WD_LIST_PAGE (self), filter);
}

/**
 * wd_jobs_page_show_error_group:
 * @self: a page
 * @name: of a #WdErrorGroup, whose failed jobs alone are shown
 */
void
wd_jobs_page_show_error_group (WdJobsPage *self, const char *name)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();

  g_return_if_fail (WD_IS_JOBS_PAGE (self));

  filter->statuses = g_strsplit ("failed", ",", 1);
  filter->error_group = g_strdup (name);
  wd_list_page_show_filter (WD_LIST_PAGE (self), filter);
}
