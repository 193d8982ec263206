/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A queue: what it holds, who works on it, and what is odd about it. */

#include "app/queues/wd-queue-card.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-flow-holder.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-name.h"
#include "app/common/wd-text.h"
#include "app/overview/wd-stat-button.h"
#include "app/queues/wd-queue-findings.h"
#include "app/queues/wd-queue-menu.h"
#include "app/queues/wd-queue-note.h"
#include "app/queues/wd-queue-status.h"
#include "base/wd-format.h"

struct _WdQueueCard {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) */
  WdQueueCounts *counts;     /* (owned) (nullable) */
  gboolean may_write;
  gboolean busy;

  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *note;
  GtkLabel *status;
  GtkButton *pause;
  GtkWidget *more;
  WdStatButton *waiting;
  WdStatButton *active;
  WdStatButton *delayed;
  WdStatButton *prioritized;
  WdStatButton *failed;
  WdStatButton *completed;
  GtkWidget *stuck;
  WdQueueFindings *findings;
  GtkLabel *warning;
  GtkLabel *no_workers;
  GtkExpander *workers;
  GtkGrid *worker_grid;
};

enum {
  SIGNAL_PAUSE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdQueueCard, wd_queue_card, GTK_TYPE_WIDGET)

static void
pause_cb (WdQueueCard *self)
{
  if (self->counts != NULL)
    g_signal_emit (self, signals[SIGNAL_PAUSE], 0, !self->counts->paused);
}

static void
update_pause (WdQueueCard *self)
{
  const WdQueueCounts *counts = self->counts;
  const char *queue = gtk_label_get_text (self->title);
  const char *lack = wd_lack_get (self->workspace, WD_ABILITY_PAUSE);
  g_autofree char *name = NULL;

  if (counts == NULL)
    return;
  /* TRANSLATORS: accessible name of a button; %s is a queue */
  name = g_strdup_printf (counts->paused ? _("Resume %s") : _("Pause %s"), queue);
  gtk_button_set_label (self->pause, counts->paused ? C_("queue", "Resume…")
                                                    : C_("queue", "Pause…"));
  wd_name_set (GTK_WIDGET (self->pause), name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->pause),
                            self->may_write && lack == NULL && counts->layout == NULL
                              && !self->busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause),
                               !self->may_write ? _("This connection is read-only")
                               : lack != NULL   ? lack
                                                : counts->layout);
}

static void
update_figures (WdQueueCard *self)
{
  const WdQueueCounts *counts = self->counts;

  wd_stat_button_set_count (self->active, counts->active, NULL);
  wd_stat_button_set_count (self->delayed, counts->delayed, NULL);
  wd_stat_button_set_count (self->prioritized, counts->prioritized, NULL);
  wd_stat_button_set_count (self->failed, counts->failed, WD_TONE_WRONG);
  wd_stat_button_set_count (self->completed, counts->completed, NULL);
}

static void
update_warning (WdQueueCard *self)
{
  const WdQueueCounts *counts = self->counts;
  g_autofree char *odd = g_strconcat (counts->warning != NULL ? counts->warning : "",
                                      counts->warning != NULL && counts->layout != NULL ? "\n" : "",
                                      counts->layout != NULL ? counts->layout : "", NULL);
  g_autofree char *text = wd_text_block (odd);

  gtk_label_set_text (self->warning, text);
  gtk_widget_set_visible (GTK_WIDGET (self->warning), *odd != '\0');
}

static void
add_cell (WdQueueCard *self, int column, int row, const char *text, const char *css_class)
{
  g_autofree char *visible = wd_format_visible (text, 128);
  GtkWidget *label = gtk_label_new (visible);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->worker_grid, label, column, row, 1, 1);
}

static void
update_workers (WdQueueCard *self)
{
  const GPtrArray *workers = self->counts->connected;
  guint n = workers != NULL ? workers->len : 0;
  g_autofree char *title = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->worker_grid))) != NULL)
    gtk_grid_remove (self->worker_grid, child);
  for (guint i = 0; i < n; i++)
    {
      const WdQueueWorker *worker = workers->pdata[i];
      g_autofree char *clock = wd_text_time (worker->since);
      g_autofree char *since = g_strdup_printf (_("since %s"), clock);

      add_cell (self, 0, (int) i, worker->name != NULL ? worker->name : _("without a name"),
                "name");
      add_cell (self, 1, (int) i, worker->address != NULL ? worker->address : "", "numeric");
      add_cell (self, 2, (int) i, since, "dim-label");
    }
  if (self->counts->workers < 0 && self->counts->has_signs && workers != NULL)
    title = g_strdup (_("No worker is seen, but there are signs of one"));
  else if (self->counts->workers < 0)
    title = g_strdup (_("Workers cannot be seen on this Redis"));
  else if (n == 0)
    title = g_strdup (_("No worker connected"));
  else
    title = g_strdup_printf (ngettext ("%u worker connected", "%u workers connected", n), n);
  gtk_expander_set_label (self->workers, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->workers), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->workers), n > 0);
  /* There is nothing to unfold. */
  gtk_label_set_text (self->no_workers, title);
  gtk_widget_set_visible (GTK_WIDGET (self->no_workers), n == 0);
}

static void
wd_queue_card_dispose (GObject *object)
{
  WdQueueCard *self = WD_QUEUE_CARD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_queue_card_parent_class)->dispose (object);
}

static void
wd_queue_card_finalize (GObject *object)
{
  g_clear_pointer (&WD_QUEUE_CARD (object)->counts, wd_queue_counts_unref);
  g_clear_object (&WD_QUEUE_CARD (object)->workspace);
  G_OBJECT_CLASS (wd_queue_card_parent_class)->finalize (object);
}

static void
wd_queue_card_class_init (WdQueueCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queue_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queue_card_finalize;

  /**
   * WdQueueCard::pause:
   * @paused: whether it shall be
   *
   * Somebody wants it paused, or no longer.
   */
  signals[SIGNAL_PAUSE] = g_signal_new ("pause", WD_TYPE_QUEUE_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (WD_TYPE_QUEUE_FINDINGS);
  g_type_ensure (WD_TYPE_FLOW_HOLDER);
  g_type_ensure (WD_TYPE_STAT_BUTTON);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-queue-card.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, box);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, title);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, note);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, status);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, pause);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, more);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, waiting);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, active);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, delayed);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, prioritized);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, failed);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, completed);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, stuck);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, findings);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, warning);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, no_workers);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, workers);
  gtk_widget_class_bind_template_child (widget_class, WdQueueCard, worker_grid);
  gtk_widget_class_bind_template_callback (widget_class, pause_cb);
}

static void
wd_queue_card_init (WdQueueCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_queue_card_new:
 * @queue: its name
 * @workspace: whose queue
 *
 * Returns: (transfer floating): a card without figures yet
 */
WdQueueCard *
wd_queue_card_new (const char *queue, WdWorkspace *workspace)
{
  WdQueueCard *self = g_object_new (WD_TYPE_QUEUE_CARD, NULL);
  g_autofree char *visible = wd_format_visible (queue, 128);
  /* TRANSLATORS: what a menu is called: the actions of the queue named so */
  g_autofree char *more = g_strdup_printf (_("Actions of %s"), visible);
  WdStatButton *figures[] = { self->waiting, self->active, self->delayed, self->prioritized,
                              self->failed,  self->completed };
  static const char *const states[] = { "waiting", "active", "delayed", "prioritized", "failed",
                                        "completed" };
  gboolean lacks_jobs;

  self->workspace = g_object_ref (workspace);
  wd_queue_findings_set_up (self->findings, queue, wd_workspace_get_health (workspace),
                            self->stuck);
  wd_queue_menu_set_up (GTK_WIDGET (self), queue);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  more, -1);
  gtk_label_set_text (self->title, visible);
  lacks_jobs = wd_lack_disable (self->more, workspace, WD_ABILITY_QUEUE_JOBS);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      wd_stat_button_set_subject (figures[i], visible);
      if (!lacks_jobs)
        wd_stat_button_link (figures[i], "win.show-queue",
                             g_variant_new ("(ss)", queue, states[i]));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, visible,
                                  -1);
  return self;
}

/**
 * wd_queue_card_set_counts:
 * @self: a card
 * @counts: what its queue holds
 * @finished_last_hour: how many jobs of it ended in the last hour, or -1 where nobody knows
 * @may_write: whether the connection lets it be paused
 */
void
wd_queue_card_set_counts (WdQueueCard *self, WdQueueCounts *counts, gint64 finished_last_hour,
                          gboolean may_write)
{
  g_autofree char *note = NULL;

  g_return_if_fail (WD_IS_QUEUE_CARD (self));

  wd_queue_counts_ref (counts);
  g_clear_pointer (&self->counts, wd_queue_counts_unref);
  self->counts = counts;
  self->may_write = may_write;
  note = wd_queue_note (counts, finished_last_hour);
  gtk_label_set_text (self->note, note);
  wd_queue_status_show (self->status, counts);
  update_pause (self);
  wd_queue_menu_update (GTK_WIDGET (self), counts, may_write);
  update_figures (self);
  update_warning (self);
  update_workers (self);
  wd_queue_card_tick (self, wd_time_now ());
}

/**
 * wd_queue_card_get_counts:
 * @self: a card
 *
 * Returns: (transfer none) (nullable): what it shows
 */
const WdQueueCounts *
wd_queue_card_get_counts (WdQueueCard *self)
{
  g_return_val_if_fail (WD_IS_QUEUE_CARD (self), NULL);

  return self->counts;
}

/**
 * wd_queue_card_set_busy:
 * @self: a card
 * @busy: whether it is being paused or resumed
 */
void
wd_queue_card_set_busy (WdQueueCard *self, gboolean busy)
{
  g_return_if_fail (WD_IS_QUEUE_CARD (self));

  self->busy = busy;
  update_pause (self);
}

/**
 * wd_queue_card_tick:
 * @self: a card
 * @now: the time
 *
 * Tells ages anew.
 */
void
wd_queue_card_tick (WdQueueCard *self, WdTime now)
{
  g_autofree char *figure = NULL;
  g_autofree char *age = NULL;
  g_autofree char *note = NULL;

  g_return_if_fail (WD_IS_QUEUE_CARD (self));

  if (self->counts == NULL)
    return;
  figure = wd_text_count (self->counts->waiting);
  if (self->counts->oldest_waiting != WD_TIME_NONE)
    {
      age = wd_format_duration (self->counts->oldest_waiting, now);
      /* TRANSLATORS: how long the job waits that has waited longest, such as “oldest 3 min 4 s” */
      note = g_strdup_printf (_("oldest %s"), age);
    }
  wd_stat_button_set (self->waiting, figure, NULL, note);
  wd_queue_findings_tick (self->findings, now);
}
