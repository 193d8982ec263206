/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with one queue, each with a dialog of its own. */

#include <glib/gi18n-lib.h>

#include "app/bulk/wd-bulk-dialog.h"
#include "app/queues/wd-limits-dialog.h"
#include "app/queues/wd-queue-dialog.h"
#include "app/queues/wd-schedulers-dialog.h"
#include "app/wd-window-private.h"

static void
present (GtkWidget *widget, GVariant *target, WdQueueAction action)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (wd_queue_dialog_new (GTK_WINDOW (self), self->workspace,
                                                         g_variant_get_string (target, NULL),
                                                         action)));
}

static void
promote_action (GtkWidget *widget, const char *name, GVariant *target)
{
  present (widget, target, WD_QUEUE_PROMOTE);
}

static void
clean_action (GtkWidget *widget, const char *name, GVariant *target)
{
  present (widget, target, WD_QUEUE_CLEAN);
}

static void
drain_action (GtkWidget *widget, const char *name, GVariant *target)
{
  present (widget, target, WD_QUEUE_DRAIN);
}

/* Returns: (transfer full): the types whose jobs go into @queue */
static char **
types_of (const WdProfile *profile, const char *queue)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    if (g_str_equal (wd_profile_get_mapping (profile, types[i].name)->queue, queue))
      g_strv_builder_add (builder, types[i].name);
  return g_strv_builder_end (builder);
}

/* By the rows: each is retried once, whatever else happens meanwhile. */
static void
retry_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autoptr (WdBulkRequest) request = wd_bulk_request_new (WD_BULK_RETRY);

  if (self->workspace == NULL)
    return;
  request->jobs = wd_job_filter_new ();
  request->jobs->types = types_of (wd_workspace_get_profile (self->workspace),
                                   g_variant_get_string (target, NULL));
  if (request->jobs->types[0] == NULL)
    wd_window_toast (self, _("No type of job goes into this queue: its jobs have no rows to retry "
                             "them by"));
  else
    gtk_window_present (GTK_WINDOW (wd_bulk_dialog_new (GTK_WINDOW (self), self->workspace,
                                                        request)));
}

static void
schedulers_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (wd_schedulers_dialog_new (GTK_WINDOW (self), self->workspace,
                                                              g_variant_get_string (target,
                                                                                    NULL))));
}

static void
limits_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (wd_limits_dialog_new (GTK_WINDOW (self), self->workspace,
                                                          g_variant_get_string (target, NULL))));
}

static void
show_queue_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *queue, *state;

  g_variant_get (target, "(&s&s)", &queue, &state);
  if (self->workspace != NULL)
    wd_window_show_queue (self, queue, state);
}

static void
show_queue_job_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *queue, *id;

  g_variant_get (target, "(&s&s)", &queue, &id);
  if (self->workspace != NULL)
    wd_window_show_queue_job (self, queue, id);
}

void
wd_window_install_queue_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.retry-queue", "s", retry_action);
  gtk_widget_class_install_action (widget_class, "win.promote-queue", "s", promote_action);
  gtk_widget_class_install_action (widget_class, "win.clean-queue", "s", clean_action);
  gtk_widget_class_install_action (widget_class, "win.drain-queue", "s", drain_action);
  gtk_widget_class_install_action (widget_class, "win.show-schedulers", "s", schedulers_action);
  gtk_widget_class_install_action (widget_class, "win.show-limits", "s", limits_action);
  gtk_widget_class_install_action (widget_class, "win.show-queue", "(ss)", show_queue_action);
  gtk_widget_class_install_action (widget_class, "win.show-queue-job", "(ss)",
                                   show_queue_job_action);
}
