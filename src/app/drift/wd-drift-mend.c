/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A remedy from its question to what came of it. Jobs that may have run are queued again only when
 * their number is typed, on any connection. */

#include "app/drift/wd-drift-mend.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-confirm.h"
#include "app/drift/wd-drift-text.h"
#include "base/wd-error.h"
#include "base/wd-format.h"

typedef struct {
  GtkWindow *parent;         /* (owned) */
  WdBackend *backend;        /* (owned) */
  WdDriftFix *fix;           /* (owned) */
} Mend;

static void
mend_free (gpointer data)
{
  Mend *mend = data;

  g_object_unref (mend->parent);
  g_object_unref (mend->backend);
  wd_drift_fix_unref (mend->fix);
  g_free (mend);
}

static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME);
}

static gboolean
is_doubtful (const WdOutboxReport *report, const GError *error)
{
  gboolean doubtful = is_unknown (error);

  for (guint i = 0; report != NULL && !doubtful && i < report->left->len; i++)
    doubtful = is_unknown (((const WdRefusal *) report->left->pdata[i])->error);
  return doubtful;
}

static const char *
head (const WdOutboxReport *report, gboolean doubtful)
{
  if (report != NULL && report->left->len == 0)
    return _("Done");
  if (report != NULL && report->done->len > 0)
    return _("Done in part");
  return doubtful ? _("It is not known whether it was done") : _("Nothing was done");
}

static void
fixed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Mend *mend = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (WdOutboxReport) report = wd_backend_fix_drift_finish (WD_BACKEND (source), result,
                                                                   &error);
  gboolean doubtful = is_doubtful (report, error);
  gboolean left = g_cancellable_is_cancelled (g_task_get_cancellable (task));
  g_autofree char *text = NULL;

  text = report != NULL ? wd_drift_text_result (report) : wd_format_visible (error->message, 1024);
  /* Who has left the page still has to know what was done. */
  if (!left || doubtful || (report != NULL && report->done->len > 0))
    wd_confirm_tell (mend->parent, head (report, doubtful), text);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Mend *mend = g_task_get_task_data (task);

  if (!wd_confirm_finish (result, NULL))
    g_task_return_boolean (task, FALSE);
  else if (!g_task_return_error_if_cancelled (task))
    /* To its end, though the page be left meanwhile. */
    wd_backend_fix_drift_async (mend->backend, mend->fix, NULL, fixed_cb, g_object_ref (task));
}

static guint
count_unproven (WdDriftRemedy remedy, GPtrArray *drifts)
{
  guint n = 0;

  for (guint i = 0; remedy == WD_DRIFT_REQUEUE && i < drifts->len; i++)
    n += ((const WdDrift *) drifts->pdata[i])->ran != WD_QUEUE_RAN_NOT;
  return n;
}

/**
 * wd_drift_mend_async:
 * @parent: whose question it is
 * @workspace: of the connection
 * @remedy: what to do
 * @drifts: (element-type WdDrift): about which findings; read at once
 * @cancellable: (nullable): takes the question back; what was confirmed is done to its end
 * @callback: called when it is over
 * @data: for @callback
 *
 * Asks first, and tells afterwards.
 */
void
wd_drift_mend_async (GtkWindow *parent, WdWorkspace *workspace, WdDriftRemedy remedy,
                     GPtrArray *drifts, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (parent, cancellable, callback, data);
  const WdProfile *profile = wd_workspace_get_profile (workspace);
  guint n_unproven = count_unproven (remedy, drifts);
  g_autofree char *heading = wd_drift_text_question (remedy, drifts->len);
  g_autofree char *body = wd_drift_text_consequences (remedy, drifts->len, n_unproven);
  g_autofree char *typed = NULL;
  Mend *mend = g_new0 (Mend, 1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_task_set_source_tag (task, wd_drift_mend_async);
  mend->parent = g_object_ref (parent);
  mend->backend = g_object_ref (wd_workspace_get_backend (workspace));
  mend->fix = wd_drift_fix_new ();
  mend->fix->remedy = remedy;
  mend->fix->may_run_twice = n_unproven > 0;
  for (guint i = 0; i < drifts->len; i++)
    g_ptr_array_add (ids, ((WdDrift *) drifts->pdata[i])->id);
  g_ptr_array_add (ids, NULL);
  mend->fix->ids = g_strdupv ((char **) ids->pdata);
  g_task_set_task_data (task, mend, mend_free);
  if (n_unproven > 0 || (profile->production && drifts->len > WD_CONFIRM_FREELY))
    typed = wd_confirm_number (drifts->len);
  wd_confirm_async (parent,
                    &(WdConfirmSpec) { heading, body,
                                       remedy == WD_DRIFT_REQUEUE ? _("_Queue Again")
                                       : remedy == WD_DRIFT_WRITE_ROW ? _("_Write")
                                       : remedy == WD_DRIFT_REMOVE ? _("_Remove")
                                                                   : C_("drift", "_Mark"),
                                       n_unproven > 0 || remedy == WD_DRIFT_REMOVE, typed },
                    cancellable, confirmed_cb, task);
}

/**
 * wd_drift_mend_finish:
 * @result: of the remedy
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether anything may have changed
 */
gboolean
wd_drift_mend_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
