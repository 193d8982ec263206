/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/overview/wd-worker-card.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-flow-holder.h"
#include "app/common/wd-text.h"
#include "app/overview/wd-stat-button.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"

struct _WdWorkerCard {
  GtkWidget parent_instance;

  char *job_type;            /* (owned) */
  WdTime last_active_at;
  gboolean has_jobs;         /* there were some, whenever that was */

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *queue;
  GtkWidget *status;
  GtkWidget *stuck;
  WdStatButton *active;
  WdStatButton *queued;
  WdStatButton *failed;
  WdStatButton *completed;
  GtkLabel *workers;
  GtkLabel *last_active;
};

G_DEFINE_FINAL_TYPE (WdWorkerCard, wd_worker_card, GTK_TYPE_WIDGET)

static char *
describe_workers (const WdWorkerStats *worker)
{
  if (worker->workers < 0)
    return g_strdup (_("workers not visible"));
  if (worker->workers == 0)
    return g_strdup (_("no worker connected"));
  return g_strdup_printf (ngettext ("%d worker", "%d workers", (gulong) worker->workers),
                          (int) worker->workers);
}

static char *
describe_foot (WdStats *stats, const WdWorkerStats *worker, gboolean has_queues)
{
  g_autofree char *today = wd_text_count (worker->completed_today);
  g_autofree char *workers = NULL;

  if (has_queues && stats->queue_error != NULL)
    workers = g_strdup (_("queue not reachable"));
  else if (worker->paused)
    workers = g_strdup (_("queue paused"));
  else if (worker->lost_locks > 0)
    workers = g_strdup_printf (ngettext ("%d job lost its worker", "%d jobs lost their worker",
                                         (gulong) worker->lost_locks),
                               (int) worker->lost_locks);
  else
    workers = describe_workers (worker);
  /* TRANSLATORS: foot of a card: the workers, then how many jobs they completed today */
  return g_strdup_printf (_("%s · %s completed today"), workers, today);
}

/* The number is of all time, and red for what failed of late: this says how much of it is. */
static void
show_failures_of_hour (WdWorkerCard *self, const WdWorkerStats *worker)
{
  g_autofree char *n = wd_text_count (worker->failed_last_hour);
  /* TRANSLATORS: a number of jobs that failed */
  g_autofree char *text = g_strdup_printf (_("%s of them in the last hour"), n);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->failed),
                               worker->failed_last_hour >= 0 ? text : NULL);
}

static void
wd_worker_card_dispose (GObject *object)
{
  WdWorkerCard *self = WD_WORKER_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_worker_card_parent_class)->dispose (object);
}

static void
wd_worker_card_finalize (GObject *object)
{
  g_free (WD_WORKER_CARD (object)->job_type);
  G_OBJECT_CLASS (wd_worker_card_parent_class)->finalize (object);
}

static void
wd_worker_card_class_init (WdWorkerCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_worker_card_dispose;
  object_class->finalize = wd_worker_card_finalize;

  g_type_ensure (WD_TYPE_FLOW_HOLDER);
  g_type_ensure (WD_TYPE_STAT_BUTTON);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-worker-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, title);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, queue);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, status);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, stuck);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, active);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, queued);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, failed);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, completed);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, workers);
  gtk_widget_class_bind_template_child (widget_class, WdWorkerCard, last_active);
}

static void
wd_worker_card_init (WdWorkerCard *self)
{
  self->last_active_at = WD_TIME_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_button (WdWorkerCard *self, WdStatButton *button, const char *label, const char *status)
{
  wd_stat_button_set_subject (button, label);
  wd_stat_button_link (button, "win.show-jobs", g_variant_new ("(ss)", self->job_type, status));
}

/**
 * wd_worker_card_new:
 * @job_type: which kind of worker
 *
 * Returns: (transfer floating): a card without figures
 */
WdWorkerCard *
wd_worker_card_new (const char *job_type)
{
  WdWorkerCard *self = g_object_new (WD_TYPE_WORKER_CARD, NULL);
  const char *label = wd_job_type_label (job_type);

  self->job_type = g_strdup (job_type);
  gtk_label_set_text (self->title, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  set_up_button (self, self->active, label, "active");
  set_up_button (self, self->queued, label, "pending");
  set_up_button (self, self->failed, label, "failed");
  set_up_button (self, self->completed, label, "completed");
  return self;
}

/**
 * wd_worker_card_set_stats:
 * @self: a card
 * @stats: what @worker is a part of
 * @worker: its figures
 * @has_queues: whether the connection has queues at all
 */
void
wd_worker_card_set_stats (WdWorkerCard *self, WdStats *stats, const WdWorkerStats *worker,
                          gboolean has_queues)
{
  g_autofree char *foot = NULL;
  g_autofree char *queue = NULL;

  g_return_if_fail (WD_IS_WORKER_CARD (self));

  foot = describe_foot (stats, worker, has_queues);
  queue = worker->queue != NULL ? wd_format_visible (worker->queue, 128) : g_strdup ("");
  gtk_label_set_text (self->queue, queue);
  gtk_label_set_text (GTK_LABEL (self->status), wd_worker_status_label (worker->status));
  wd_tone_set (self->status, wd_tone_of_worker_status (worker->status));
  /* Of a queue that cannot be read nothing is known, least of all that it is idle. */
  gtk_widget_set_visible (self->status, !(has_queues && stats->queue_error != NULL));
  wd_stat_button_set_count (self->active, worker->active, NULL);
  wd_stat_button_set_count (self->queued, worker->queued, NULL);
  wd_stat_button_set_count (self->failed, worker->failed,
                            worker->failed_last_hour > 0 ? WD_TONE_WRONG : NULL);
  show_failures_of_hour (self, worker);
  wd_stat_button_set_count (self->completed, worker->completed, NULL);
  gtk_label_set_text (self->workers, foot);
  self->last_active_at = worker->last_active;
  self->has_jobs = worker->completed > 0 || worker->failed > 0 || worker->active > 0;
  wd_worker_card_tick (self, wd_time_now ());
}

/**
 * wd_worker_card_set_finding:
 * @self: a card
 * @finding: (nullable): what is stuck
 */
void
wd_worker_card_set_finding (WdWorkerCard *self, const WdFinding *finding)
{
  g_autofree char *what = finding != NULL ? wd_finding_describe (finding, wd_text_count_format ())
                                          : NULL;

  g_return_if_fail (WD_IS_WORKER_CARD (self));

  gtk_widget_set_tooltip_text (self->stuck, what);
  gtk_widget_set_visible (self->stuck, finding != NULL);
}

/**
 * wd_worker_card_set_compact:
 * @self: a card
 * @compact: with smaller figures
 */
void
wd_worker_card_set_compact (WdWorkerCard *self, gboolean compact)
{
  g_return_if_fail (WD_IS_WORKER_CARD (self));

  wd_stat_button_set_compact (self->active, compact);
  wd_stat_button_set_compact (self->queued, compact);
  wd_stat_button_set_compact (self->failed, compact);
  wd_stat_button_set_compact (self->completed, compact);
}

/**
 * wd_worker_card_tick:
 * @self: a card
 * @now: the present
 *
 * Tells the age of the last activity anew.
 */
void
wd_worker_card_tick (WdWorkerCard *self, WdTime now)
{
  g_autofree char *age = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  g_return_if_fail (WD_IS_WORKER_CARD (self));

  if (self->last_active_at == WD_TIME_NONE)
    {
      gtk_label_set_text (self->last_active, self->has_jobs ? "" : _("no job yet"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->last_active), NULL);
      return;
    }
  age = wd_format_age (self->last_active_at, now);
  /* TRANSLATORS: such as “last job 2 s ago” */
  text = g_strdup_printf (_("last job %s"), age);
  if (g_strcmp0 (text, gtk_label_get_text (self->last_active)) == 0)
    return;
  whole = wd_text_time (self->last_active_at);
  gtk_label_set_text (self->last_active, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->last_active), whole);
}
