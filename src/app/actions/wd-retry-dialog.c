/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Retries jobs. It says in words what will happen, and of a single job asks its queue first:
 * what BullMQ is about to run by itself is not to be retried, and a record that is gone is added
 * anew. Where another job does the same work for the wallet already, the job is left out until the
 * admin says that a second one is meant; the database looks again under its locks. */

#include "app/actions/wd-retry-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-retry-subjects.h"
#include "app/actions/wd-retry-text.h"
#include "app/common/wd-text.h"
#include "base/wd-error.h"

struct _WdRetryDialog {
  WdActionDialog parent_instance;

  char **ids;                /* (owned) */
  GHashTable *jobs;          /* (owned) (nullable) (element-type utf8 WdJob): as last read, by id */
  WdJobDetail *detail;       /* (owned) (nullable): of the only one */
  WdOutlook *outlook;        /* (owned) (nullable): on their wallets */
  gboolean looked_up;        /* the outlook is about all of them */

  GtkWidget *controls;
  GtkSwitch *reset;
  GtkLabel *consequence;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (WdRetryDialog, wd_retry_dialog, WD_TYPE_ACTION_DIALOG)

static gboolean
is_single (WdRetryDialog *self)
{
  return self->ids[1] == NULL;
}

static void
update_summary (WdRetryDialog *self, guint n_failed, guint n_going)
{
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);
  guint n = g_list_model_get_n_items (wd_action_dialog_get_subjects (dialog));
  g_autofree char *all = wd_text_count (n);
  g_autofree char *failed = wd_text_count (n_failed);
  g_autofree char *going = wd_text_count (n_going);
  g_autofree char *text = NULL;

  if (n > 1 && n_failed < n)
    text = g_strdup_printf (ngettext ("%s of %s selected jobs is failed; the others are left out.",
                                      "%s of %s selected jobs are failed; the others are left out.",
                                      n_failed), failed, all);
  else if (n > 1 && n_going < n)
    text = g_strdup_printf (ngettext ("%s of %s failed jobs is retried now.",
                                      "%s of %s failed jobs are retried now.", n_going), going,
                            all);
  else if (n > 1)
    text = g_strdup_printf (ngettext ("%s failed job", "%s failed jobs", n), all);
  wd_action_dialog_set_summary (dialog, text);
}

static void
update_words (WdRetryDialog *self)
{
  const WdProfile *profile
    = wd_workspace_get_profile (wd_action_dialog_get_workspace (WD_ACTION_DIALOG (self)));
  gboolean reset = gtk_switch_get_active (self->reset);
  const WdQueueJob *queue_job = self->detail != NULL ? self->detail->queue_job : NULL;
  guint n_failed;
  g_autoptr (GPtrArray) jobs = wd_retry_subjects_collect (
    wd_action_dialog_get_subjects (WD_ACTION_DIALOG (self)), self->jobs, &n_failed);
  g_autofree char *consequence = jobs->len > 0
                                   ? wd_retry_text_consequence (jobs, queue_job, reset, profile)
                                   : NULL;
  g_autofree char *note = self->detail != NULL && jobs->len > 0
                            ? wd_retry_text_queue (self->detail, profile) : NULL;

  gtk_label_set_text (self->consequence, consequence != NULL ? consequence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->consequence), consequence != NULL);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  update_summary (self, n_failed, jobs->len);
}

static void
update (WdActionDialog *dialog)
{
  WdRetryDialog *self = WD_RETRY_DIALOG (dialog);

  if (self->jobs == NULL || !self->looked_up)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->consequence), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->note), FALSE);
      wd_action_dialog_set_summary (dialog, _("Looking it up…"));
      return;
    }
  if (wd_action_dialog_is_running (dialog))
    return;
  wd_retry_subjects_update (wd_action_dialog_get_subjects (dialog), self->jobs, self->outlook,
                            self->detail, gtk_switch_get_active (self->reset),
                            wd_workspace_get_profile (wd_action_dialog_get_workspace (dialog)));
  update_words (self);
}

/* The rows are there with the first answer, since it knows the jobs' wallets. */
static void
take_jobs (WdRetryDialog *self, GPtrArray *jobs)
{
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);
  gboolean first = self->jobs == NULL;

  g_clear_pointer (&self->jobs, g_hash_table_unref);
  self->jobs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                      (GDestroyNotify) wd_job_unref);
  for (guint i = 0; i < jobs->len; i++)
    {
      WdJob *job = jobs->pdata[i];

      g_hash_table_insert (self->jobs, job->id, wd_job_ref (job));
    }
  for (char **id = self->ids; first && *id != NULL; id++)
    {
      const WdJob *job = g_hash_table_lookup (self->jobs, *id);
      g_autofree char *title = job != NULL ? wd_retry_text_title (job) : g_strdup (*id);

      if (wd_action_dialog_find_subject (dialog, *id) == NULL)
        wd_action_dialog_add_subject (dialog, wd_subject_new (*id, title));
    }
}

static void
outlook_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdRetryDialog) self = WD_RETRY_DIALOG (data);
  GError *error = NULL;
  g_autoptr (WdOutlook) outlook = wd_backend_load_outlook_finish (WD_BACKEND (source), result,
                                                                  &error);

  /* What does not say so is asked once more by the retry itself. */
  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED))
    {
      self->looked_up = TRUE;
      g_clear_error (&error);
    }
  if (!wd_action_dialog_end_reading (WD_ACTION_DIALOG (self), error))
    return;
  if (outlook != NULL)
    {
      g_clear_pointer (&self->outlook, wd_outlook_unref);
      self->outlook = g_steal_pointer (&outlook);
      self->looked_up = TRUE;
    }
  wd_action_dialog_update (WD_ACTION_DIALOG (self));
}

/* What else is under way for the wallets of jobs of which one is enough. */
static void
look_further (WdRetryDialog *self, WdBackend *backend)
{
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);
  g_auto (GStrv) wallets = wd_retry_subjects_dup_wallets (self->jobs);

  if (*wallets != NULL)
    {
      wd_backend_load_outlook_async (backend, (const char *const *) wallets,
                                     wd_action_dialog_begin_reading (dialog), outlook_cb,
                                     g_object_ref (self));
      return;
    }
  self->looked_up = TRUE;
  wd_action_dialog_update (dialog);
}

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdRetryDialog) self = WD_RETRY_DIALOG (data);
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = wd_backend_find_jobs_finish (WD_BACKEND (source), result, &error);

  if (!wd_action_dialog_end_reading (WD_ACTION_DIALOG (self), error))
    return;
  if (jobs == NULL)
    {
      wd_action_dialog_update (WD_ACTION_DIALOG (self));
      return;
    }
  take_jobs (self, jobs);
  look_further (self, WD_BACKEND (source));
}

/* A job that is gone is an answer, too. */
static void
detail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdRetryDialog) self = WD_RETRY_DIALOG (data);
  GError *error = NULL;
  g_autoptr (WdJobDetail) detail = wd_backend_load_job_finish (WD_BACKEND (source), result, &error);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  gboolean answered;

  if (g_error_matches (error, WD_ERROR, WD_ERROR_NOT_FOUND))
    g_clear_error (&error);
  answered = error == NULL;
  if (!wd_action_dialog_end_reading (WD_ACTION_DIALOG (self), error))
    return;
  if (detail != NULL)
    g_ptr_array_add (jobs, detail->job);
  g_clear_pointer (&self->detail, wd_job_detail_unref);
  self->detail = g_steal_pointer (&detail);
  if (!answered)
    {
      wd_action_dialog_update (WD_ACTION_DIALOG (self));
      return;
    }
  take_jobs (self, jobs);
  look_further (self, WD_BACKEND (source));
}

static void
look (WdActionDialog *dialog)
{
  WdRetryDialog *self = WD_RETRY_DIALOG (dialog);
  WdBackend *backend = wd_workspace_get_backend (wd_action_dialog_get_workspace (dialog));

  if (is_single (self))
    wd_backend_load_job_async (backend, self->ids[0], wd_action_dialog_begin_reading (dialog),
                               detail_cb, g_object_ref (self));
  else
    wd_backend_find_jobs_async (backend, (const char *const *) self->ids,
                                wd_action_dialog_begin_reading (dialog), jobs_cb,
                                g_object_ref (self));
}

static void
reset_cb (WdRetryDialog *self)
{
  wd_action_dialog_update (WD_ACTION_DIALOG (self));
}

static void
add_requests (WdActionDialog *dialog, WdActionRun *run, GPtrArray *subjects)
{
  wd_retry_subjects_add_requests (subjects, run,
                                  gtk_switch_get_active (WD_RETRY_DIALOG (dialog)->reset));
}

static const char *
get_key (const WdJob *job)
{
  return job->id;
}

static char *
describe_go (WdActionDialog *dialog, guint n_subjects)
{
  g_autofree char *number = wd_text_count (n_subjects);

  if (n_subjects <= 1)
    return g_strdup (_("_Retry Job"));
  return g_strdup_printf (ngettext ("_Retry %s Job", "_Retry %s Jobs", n_subjects), number);
}

static char *
describe_done (WdActionDialog *dialog, guint n_done, guint n_undelivered)
{
  return wd_retry_text_done (n_done, n_undelivered);
}

static char *
describe_question (WdActionDialog *dialog, guint n_subjects)
{
  g_autofree char *number = wd_text_count (n_subjects);

  return g_strdup_printf (ngettext ("Retry %s Job?", "Retry %s Jobs?", n_subjects), number);
}

static gboolean
is_ready (WdActionDialog *dialog)
{
  return WD_RETRY_DIALOG (dialog)->jobs != NULL && WD_RETRY_DIALOG (dialog)->looked_up;
}

static void
wd_retry_dialog_finalize (GObject *object)
{
  WdRetryDialog *self = WD_RETRY_DIALOG (object);

  g_strfreev (self->ids);
  g_clear_pointer (&self->jobs, g_hash_table_unref);
  g_clear_pointer (&self->detail, wd_job_detail_unref);
  g_clear_pointer (&self->outlook, wd_outlook_unref);
  G_OBJECT_CLASS (wd_retry_dialog_parent_class)->finalize (object);
}

static void
wd_retry_dialog_class_init (WdRetryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  WdActionDialogClass *dialog_class = WD_ACTION_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wd_retry_dialog_finalize;
  dialog_class->add_requests = add_requests;
  dialog_class->get_key = get_key;
  dialog_class->describe_go = describe_go;
  dialog_class->describe_done = describe_done;
  dialog_class->describe_question = describe_question;
  dialog_class->look = look;
  dialog_class->unreadable = N_("The job cannot be read now. Nothing can be retried until it can.");
  dialog_class->is_ready = is_ready;
  dialog_class->update = update;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/actions/wd-retry-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WdRetryDialog, controls);
  gtk_widget_class_bind_template_child (widget_class, WdRetryDialog, reset);
  gtk_widget_class_bind_template_child (widget_class, WdRetryDialog, consequence);
  gtk_widget_class_bind_template_child (widget_class, WdRetryDialog, note);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
wd_retry_dialog_init (WdRetryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_retry_dialog_new:
 * @window: the window it belongs to
 * @workspace: where the jobs are
 * @ids: (array zero-terminated=1): rows' ids, at least one
 *
 * Returns: (transfer none): a dialog that looks up the jobs
 */
WdRetryDialog *
wd_retry_dialog_new (WdWindow *window, WdWorkspace *workspace, const char *const *ids)
{
  WdRetryDialog *self = g_object_new (WD_TYPE_RETRY_DIALOG, NULL);
  WdActionDialog *dialog = WD_ACTION_DIALOG (self);

  self->ids = g_strdupv ((char **) ids);
  if (!is_single (self))
    gtk_window_set_title (GTK_WINDOW (self), _("Retry Jobs"));
  wd_action_dialog_set_controls (dialog, self->controls);
  wd_action_dialog_set_list_name (dialog, _("Jobs"));
  wd_action_dialog_set_up (dialog, window, workspace);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->reset));
  look (dialog);
  wd_action_dialog_update (dialog);
  return self;
}
