/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A card for each kind of worker, and what the platform as a whole comes to. */

#include "app/overview/wd-overview-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-flow-holder.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-text.h"
#include "app/overview/wd-attention.h"
#include "app/overview/wd-latest-failures.h"
#include "app/overview/wd-stat-button.h"
#include "app/overview/wd-worker-card.h"
#include "app/preferences/wd-preferences.h"
#include "model/wd-job-type.h"

struct _WdOverviewPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;      /* (owned) */
  GHashTable *cards_by_type;   /* (owned) (element-type utf8 WdWorkerCard) */

  GtkWidget *scroller;
  GtkWidget *content;
  GtkFlowBox *cards;
  WdStatButton *success;
  WdStatButton *failed;
  WdStatButton *wallets;
  WdStatButton *needs_gas;
  WdStatButton *needs_consolidation;
  WdStatButton *undelivered;
  WdAttention *attention;
  WdLatestFailures *failures;
  GtkLabel *age;
};

enum {
  SIGNAL_JOB_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdOverviewPage, wd_overview_page, GTK_TYPE_WIDGET)

static WdWorkerCard *
ensure_card (WdOverviewPage *self, const char *job_type)
{
  WdWorkerCard *card = g_hash_table_lookup (self->cards_by_type, job_type);
  GtkWidget *child;

  if (card != NULL)
    return card;
  card = wd_worker_card_new (job_type);
  child = gtk_flow_box_child_new ();
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), GTK_WIDGET (card));
  gtk_flow_box_append (self->cards, child);
  g_hash_table_insert (self->cards_by_type, g_strdup (job_type), card);
  return card;
}

static void
update_success (WdOverviewPage *self, WdStats *stats)
{
  gint64 finished = stats->finished_last_day;
  gint64 succeeded = finished - stats->failed_last_day;
  g_autofree char *figure = NULL;
  g_autofree char *note = NULL;
  g_autofree char *n_succeeded = wd_text_count (succeeded);
  g_autofree char *n_finished = wd_text_count (finished);

  if (finished <= 0)
    {
      wd_stat_button_set (self->success, "—", NULL,
                          finished < 0 ? NULL : _("nothing finished"));
      return;
    }
  figure = g_strdup_printf (_("%d.%d %%"), (int) (succeeded * 100 / finished),
                            (int) (succeeded * 1000 / finished % 10));
  /* TRANSLATORS: such as “14 204 of 14 437” */
  note = g_strdup_printf (_("%s of %s"), n_succeeded, n_finished);
  wd_stat_button_set (self->success, figure, NULL, note);
}

/* All figures in one size, in which the longest fits into its share of the narrowest card. */
static gboolean
needs_compact (WdStats *stats)
{
  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      if (MAX (MAX (worker->active, worker->queued), worker->failed) >= 1000
          || worker->completed >= 100000)
        return TRUE;
    }
  return FALSE;
}

static void
caption_wallets (WdOverviewPage *self, gint64 n)
{
  /* TRANSLATORS: what is counted, below a big number */
  wd_stat_button_set_caption (self->wallets, ngettext ("wallet", "wallets", (gulong) MAX (n, 0)));
}

static void
update_stats (WdOverviewPage *self, WdStats *stats)
{
  gboolean has_queues = wd_workspace_has_queues (self->workspace);
  gboolean compact = needs_compact (stats);

  for (guint i = 0; i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      wd_worker_card_set_stats (ensure_card (self, worker->job_type), stats, worker, has_queues);
      wd_worker_card_set_compact (ensure_card (self, worker->job_type), compact);
    }
  update_success (self, stats);
  wd_stat_button_set_count (self->failed, stats->failed_last_day, WD_TONE_WRONG);
  caption_wallets (self, stats->wallets);
  wd_stat_button_set_count (self->wallets, stats->wallets, NULL);
  wd_stat_button_set_compact (self->wallets, stats->wallets >= 1000000);
  wd_stat_button_set_count (self->needs_gas, stats->wallets_need_gas, WD_TONE_CAUTION);
  wd_stat_button_set_count (self->needs_consolidation, stats->wallets_need_consolidation, NULL);
  wd_stat_button_set_count (self->undelivered, stats->undelivered_jobs, WD_TONE_WRONG);
}

/* What is stuck stands beside each card's status, which says what the statistics say. */
static void
update_health (WdOverviewPage *self)
{
  const WdHealth *health
      = wd_health_watch_get_health (wd_workspace_get_health (self->workspace));
  WdStats *stats = wd_workspace_get_stats (self->workspace);

  for (guint i = 0; health != NULL && stats != NULL && i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      wd_worker_card_set_finding (ensure_card (self, worker->job_type),
                                  wd_health_find_queue (health, worker->queue, worker->job_type));
    }
}

/* State to widgets, all of it. */
static void
update_page (WdOverviewPage *self)
{
  WdStats *stats = wd_workspace_get_stats (self->workspace);
  g_autofree char *age = NULL;
  WdFeed feed;
  WdTime since;

  if (stats == NULL)
    return;
  update_stats (self, stats);
  update_health (self);
  age = wd_text_as_of (stats->last_updated);
  gtk_label_set_text (self->age, age);
  if (wd_workspace_get_trouble (self->workspace, &feed, &since) != NULL && feed == WD_FEED_STATS)
    gtk_widget_add_css_class (self->content, "old");
  else
    gtk_widget_remove_css_class (self->content, "old");
}

static void
tick_cb (WdOverviewPage *self)
{
  WdTime now = wd_time_now ();
  GHashTableIter iter;
  gpointer card;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self))
      || wd_workspace_get_stats (self->workspace) == NULL)
    return;
  g_hash_table_iter_init (&iter, self->cards_by_type);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    wd_worker_card_tick (card, now);
}

static void
job_activated_cb (WdOverviewPage *self, const char *id, WdPagedList *list)
{
  g_signal_emit (self, signals[SIGNAL_JOB_ACTIVATED], 0, id, list);
}

static void
wd_overview_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wd_overview_page_parent_class)->map (widget);
  wd_health_watch_hold (wd_workspace_get_health (WD_OVERVIEW_PAGE (widget)->workspace));
}

static void
wd_overview_page_unmap (GtkWidget *widget)
{
  WdOverviewPage *self = WD_OVERVIEW_PAGE (widget);

  if (self->workspace != NULL)
    wd_health_watch_release (wd_workspace_get_health (self->workspace));
  GTK_WIDGET_CLASS (wd_overview_page_parent_class)->unmap (widget);
}

static void
wd_overview_page_dispose (GObject *object)
{
  WdOverviewPage *self = WD_OVERVIEW_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_overview_page_parent_class)->dispose (object);
}

static void
wd_overview_page_finalize (GObject *object)
{
  g_hash_table_unref (WD_OVERVIEW_PAGE (object)->cards_by_type);
  G_OBJECT_CLASS (wd_overview_page_parent_class)->finalize (object);
}

static void
wd_overview_page_class_init (WdOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wd_overview_page_dispose;
  object_class->finalize = wd_overview_page_finalize;
  widget_class->map = wd_overview_page_map;
  widget_class->unmap = wd_overview_page_unmap;

  /**
   * WdOverviewPage::job-activated:
   * @id: of its row
   * @list: the #WdPagedList it is in
   */
  signals[SIGNAL_JOB_ACTIVATED] =
    g_signal_new ("job-activated", WD_TYPE_OVERVIEW_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, WD_TYPE_PAGED_LIST);

  g_type_ensure (WD_TYPE_ATTENTION);
  g_type_ensure (WD_TYPE_FLOW_HOLDER);
  g_type_ensure (WD_TYPE_LATEST_FAILURES);
  g_type_ensure (WD_TYPE_STAT_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/overview/wd-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, content);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, success);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, failed);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, wallets);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, needs_gas);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, needs_consolidation);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, undelivered);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, attention);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, failures);
  gtk_widget_class_bind_template_child (widget_class, WdOverviewPage, age);
  gtk_widget_class_bind_template_callback (widget_class, job_activated_cb);
}

static void
wd_overview_page_init (WdOverviewPage *self)
{
  self->cards_by_type = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * wd_overview_page_new:
 * @workspace: whose workers
 *
 * Returns: (transfer floating): a page; its cards stand there before their figures come
 */
WdOverviewPage *
wd_overview_page_new (WdWorkspace *workspace)
{
  WdOverviewPage *self = g_object_new (WD_TYPE_OVERVIEW_PAGE, NULL);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  self->workspace = g_object_ref (workspace);
  for (gsize i = 0; i < n_types; i++)
    ensure_card (self, types[i].name);
  caption_wallets (self, 0);
  wd_stat_button_link (self->success, "win.show-jobs", g_variant_new ("(ss)", "", ""));
  wd_stat_button_link (self->failed, "win.show-recent-jobs", g_variant_new ("(ss)", "", "failed"));
  wd_stat_button_link (self->wallets, "win.show-wallets", g_variant_new_string (""));
  if (wd_lack_get (workspace, WD_ABILITY_OUTBOX) == NULL)
    wd_stat_button_link (self->undelivered, "win.review", NULL);
  wd_stat_button_link (self->needs_gas, "win.show-wallets", g_variant_new_string ("gas"));
  wd_stat_button_link (self->needs_consolidation, "win.show-wallets",
                       g_variant_new_string ("consolidation"));
  wd_attention_set_workspace (self->attention, workspace);
  wd_latest_failures_set_workspace (self->failures, workspace);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "stats-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_preferences_get (), "changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "trouble-changed", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wd_workspace_get_health (workspace), "changed",
                           G_CALLBACK (update_health), self, G_CONNECT_SWAPPED);
  update_page (self);
  return self;
}
