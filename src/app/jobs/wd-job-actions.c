/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected jobs. */

#include "app/jobs/wd-job-actions.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-list-page.h"
#include "app/jobs/wd-job-copy.h"
#include "session/wd-row.h"

struct _WdJobActions {
  WdRowActions parent_instance;

  GtkWidget *retry;     /* not owned: the table's */
};

G_DEFINE_FINAL_TYPE (WdJobActions, wd_job_actions, WD_TYPE_ROW_ACTIONS)

static const WdJob *
get_job (GPtrArray *rows, guint i)
{
  return wd_row_get_record (rows->pdata[i]);
}

static gboolean
is_failed (const WdJob *job)
{
  return wd_job_status_from_string (job->status) == WD_JOB_STATUS_FAILED;
}

/* All of the selection: the dialog says which of them are not failed. */
static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (data);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (builder, get_job (rows, i)->id);
  ids = g_strv_builder_end (builder);
  gtk_widget_activate_action (wd_row_actions_get_page (data), "win.retry", "^as", ids);
}

static void
show_job_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (data);

  if (rows->len == 1)
    wd_list_page_open (WD_LIST_PAGE (wd_row_actions_get_page (data)), rows->pdata[0]);
}

static void
show_wallet_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GPtrArray) rows = wd_row_actions_dup_rows (data);
  const char *address = rows->len == 1 ? get_job (rows, 0)->wallet_address : NULL;

  if (address != NULL)
    gtk_widget_activate_action (wd_row_actions_get_page (data), "win.show-wallet", "s", address);
}

/* Its records change under the selection, too: a job fails, or is retried by somebody else. */
static void
wd_job_actions_update (WdRowActions *actions, GPtrArray *rows)
{
  WdJobActions *self = WD_JOB_ACTIONS (actions);
  const char *lack = wd_row_actions_get_lack (actions);
  guint n_failed = 0, n_wallets = 0, n_errors = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      n_failed += is_failed (get_job (rows, i));
      n_wallets += get_job (rows, i)->wallet_address != NULL;
      n_errors += get_job (rows, i)->error_message != NULL;
    }
  wd_row_actions_enable (actions, "retry", n_failed > 0 && lack == NULL);
  wd_row_actions_enable (actions, "show-job", rows->len == 1);
  wd_row_actions_enable (actions, "show-wallet", rows->len == 1 && n_wallets == 1);
  wd_row_actions_enable (actions, "copy-wallets", n_wallets > 0);
  wd_row_actions_enable (actions, "copy-errors", n_errors > 0);
  gtk_widget_set_tooltip_text (self->retry, lack != NULL ? lack
                                            : n_failed == 0 ? _("Only failed jobs can be retried")
                                                            : NULL);
}

static void
wd_job_actions_class_init (WdJobActionsClass *klass)
{
  static const WdCopyAction copies[] = {
    { "copy", wd_job_copy_rows },
    { "copy-ids", wd_job_copy_ids },
    { "copy-wallets", wd_job_copy_wallets },
    { "copy-errors", wd_job_copy_errors },
    { "copy-csv", wd_job_copy_csv },
    { "copy-json", wd_job_copy_json },
  };
  WdRowActionsClass *actions_class = WD_ROW_ACTIONS_CLASS (klass);

  actions_class->copies = copies;
  actions_class->n_copies = G_N_ELEMENTS (copies);
  actions_class->update = wd_job_actions_update;
}

static void
wd_job_actions_init (WdJobActions *self)
{
  static const GActionEntry entries[] = {
    { .name = "retry", .activate = retry_cb },
    { .name = "show-job", .activate = show_job_cb },
    { .name = "show-wallet", .activate = show_wallet_cb },
  };

  wd_row_actions_add (WD_ROW_ACTIONS (self), entries, G_N_ELEMENTS (entries));
}

/**
 * wd_job_actions_new:
 * @page: where the actions are looked up, and from where on those of the window
 * @table: of jobs
 * @workspace: whose jobs
 *
 * Returns: (transfer full): the actions of @table, which must outlive them
 */
WdJobActions *
wd_job_actions_new (GtkWidget *page, WdTable *table, WdWorkspace *workspace)
{
  WdJobActions *self = g_object_new (WD_TYPE_JOB_ACTIONS, NULL);
  WdRowActions *actions = WD_ROW_ACTIONS (self);
  GtkWidget *bar = wd_row_actions_set_up (
    actions, page, table, workspace,
    "/org/workerdashboard/WorkerDashboard/jobs/wd-job-actions.ui");

  self->retry = gtk_widget_get_first_child (bar);
  g_signal_connect_object (wd_workspace_get_jobs (workspace), "state-changed",
                           G_CALLBACK (wd_row_actions_update), self, G_CONNECT_SWAPPED);
  wd_row_actions_update (actions);
  return self;
}
