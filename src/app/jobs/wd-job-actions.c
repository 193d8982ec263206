/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with the selected jobs: in the bar below the table, in its context menu, and
 * by key. */

#include "app/jobs/wd-job-actions.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-copy.h"
#include "app/jobs/wd-job-copy.h"
#include "session/wd-row.h"

struct _WdJobActions {
  GObject parent_instance;

  WdTable *table;                /* not owned: the page's, which owns this too */
  GtkWidget *page;               /* not owned */
  GtkWidget *retry;              /* not owned: the table's */
  gboolean read_only;
  GSimpleActionGroup *group;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (WdJobActions, wd_job_actions, G_TYPE_OBJECT)

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
  WdJobActions *self = data;
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < rows->len; i++)
    g_strv_builder_add (builder, get_job (rows, i)->id);
  ids = g_strv_builder_end (builder);
  gtk_widget_activate_action (self->page, "win.retry", "^as", ids);
}

static void
show_job_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdJobActions *self = data;
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);

  if (rows->len == 1)
    gtk_widget_activate_action (self->page, "win.show-job", "s", get_job (rows, 0)->id);
}

static void
show_wallet_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WdJobActions *self = data;
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);
  const char *address = rows->len == 1 ? get_job (rows, 0)->wallet_address : NULL;

  if (address != NULL)
    gtk_widget_activate_action (self->page, "win.show-wallet", "s", address);
}

static void
copy_text (WdJobActions *self, char *(*make) (GPtrArray *rows))
{
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);
  g_autofree char *text = rows->len > 0 ? make (rows) : NULL;

  if (text != NULL)
    wd_copy_set (self->page, text);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_job_copy_rows);
}

static void
copy_ids_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_job_copy_ids);
}

static void
copy_wallets_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_job_copy_wallets);
}

static void
copy_errors_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_job_copy_errors);
}

static void
copy_json_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  copy_text (data, wd_job_copy_json);
}

static void
enable (WdJobActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Its records change under the selection, too: a job fails, or is retried by somebody else. */
static void
update_actions (WdJobActions *self)
{
  g_autoptr (GPtrArray) rows = wd_table_dup_selected (self->table);
  guint n_failed = 0, n_wallets = 0, n_errors = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      n_failed += is_failed (get_job (rows, i));
      n_wallets += get_job (rows, i)->wallet_address != NULL;
      n_errors += get_job (rows, i)->error_message != NULL;
    }
  enable (self, "retry", n_failed > 0 && !self->read_only);
  enable (self, "show-job", rows->len == 1);
  enable (self, "show-wallet", rows->len == 1 && n_wallets == 1);
  enable (self, "copy", rows->len > 0);
  enable (self, "copy-ids", rows->len > 0);
  enable (self, "copy-wallets", n_wallets > 0);
  enable (self, "copy-errors", n_errors > 0);
  enable (self, "copy-json", rows->len > 0);
  gtk_widget_set_tooltip_text (self->retry, self->read_only ? _("This connection is read-only")
                                            : n_failed == 0 ? _("Only failed jobs can be retried")
                                                            : NULL);
}

static void
wd_job_actions_finalize (GObject *object)
{
  g_clear_object (&WD_JOB_ACTIONS (object)->group);
  G_OBJECT_CLASS (wd_job_actions_parent_class)->finalize (object);
}

static void
wd_job_actions_class_init (WdJobActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_job_actions_finalize;
}

static void
wd_job_actions_init (WdJobActions *self)
{
  static const GActionEntry entries[] = {
    { .name = "retry", .activate = retry_cb },
    { .name = "show-job", .activate = show_job_cb },
    { .name = "show-wallet", .activate = show_wallet_cb },
    { .name = "copy", .activate = copy_cb },
    { .name = "copy-ids", .activate = copy_ids_cb },
    { .name = "copy-wallets", .activate = copy_wallets_cb },
    { .name = "copy-errors", .activate = copy_errors_cb },
    { .name = "copy-json", .activate = copy_json_cb },
  };

  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries),
                                   self);
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
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
    "/org/workerdashboard/WorkerDashboard/jobs/wd-job-actions.ui");
  GtkWidget *bar = GTK_WIDGET (gtk_builder_get_object (builder, "bar"));

  self->page = page;
  self->table = table;
  self->read_only = wd_workspace_get_profile (workspace)->read_only;
  gtk_widget_insert_action_group (page, "rows", G_ACTION_GROUP (self->group));
  wd_table_set_actions (table, bar, G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
  self->retry = gtk_widget_get_first_child (bar);
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_jobs (workspace), "state-changed",
                           G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  update_actions (self);
  return self;
}
