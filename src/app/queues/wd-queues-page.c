/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every queue that is found on Redis or named in the profile. Finding them walks over all keys, so
 * what took long is not done again at once: at most a twentieth of the time goes into it. */

#include "app/queues/wd-queues-page.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-confirm.h"
#include "app/common/wd-lack.h"
#include "app/common/wd-rest.h"
#include "app/common/wd-text.h"
#include "app/queues/wd-queue-card.h"
#include "base/wd-error.h"

#define REST_FACTOR  20
/* Queues that the profile does not name tell nothing. */
#define STRANGERS_US (5 * G_USEC_PER_SEC)

struct _WdQueuesPage {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */
  GHashTable *cards_by_name; /* (owned) (element-type utf8 WdQueueCard) */
  GCancellable *request;     /* (owned) (nullable) */
  GCancellable *action;      /* (owned): of what the cards do; triggered with the end of the page */
  GError *error;             /* (owned) (nullable): of the last request */
  gboolean again;            /* something has changed while it was read */
  WdRest rest;

  GtkStack *stack;
  AdwStatusPage *failure;
  GtkBox *cards;
  GtkLabel *age;
  GtkWidget *compare;
};

/* What is asked of one queue. */
typedef struct {
  WdQueuesPage *page;        /* (owned) */
  WdQueueCard *card;         /* (owned) */
  char *queue;               /* (owned) */
  gboolean paused;
} Change;

G_DEFINE_FINAL_TYPE (WdQueuesPage, wd_queues_page, GTK_TYPE_WIDGET)

static void load (WdQueuesPage *self);

static void
change_free (Change *change)
{
  g_object_unref (change->page);
  g_object_unref (change->card);
  g_free (change->queue);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static GtkWindow *
get_window (WdQueuesPage *self)
{
  return GTK_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW));
}

static const char *
head_of (const Change *change, const GError *error)
{
  if (g_error_matches (error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    return change->paused ? _("Whether the queue was paused is not known")
                          : _("Whether the queue was resumed is not known");
  return change->paused ? _("The queue was not paused") : _("The queue was not resumed");
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  g_autoptr (GError) error = NULL;

  wd_backend_set_queue_paused_finish (WD_BACKEND (source), result, &error);
  wd_queue_card_set_busy (change->card, FALSE);
  /* The page may have gone meanwhile; what was asked stands in the audit trail. */
  if (wd_error_is_cancelled (error) || change->page->workspace == NULL)
    return;
  wd_rest_end (&change->page->rest);
  load (change->page);
  if (error != NULL)
    wd_confirm_tell (get_window (change->page), head_of (change, error), error->message);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  WdQueuesPage *self = change->page;
  const char *queue = change->queue;
  gboolean paused = change->paused;

  if (!wd_confirm_finish (result, NULL) || self->workspace == NULL)
    return;
  wd_queue_card_set_busy (change->card, TRUE);
  wd_backend_set_queue_paused_async (wd_workspace_get_backend (self->workspace), queue, paused,
                                     NULL, changed_cb, g_steal_pointer (&change));
}

/* Returns: (transfer full): what pausing or resuming means now */
static char *
describe_change (const WdQueueCounts *counts, gboolean paused)
{
  gint64 ready = counts->waiting + counts->prioritized;
  g_autofree char *n_ready = wd_text_count (ready);

  if (paused)
    return g_strdup_printf (
      ngettext ("Workers end what they have begun and take no more from it, until it is resumed. "
                "%s job is waiting.",
                "Workers end what they have begun and take no more from it, until it is resumed. "
                "%s jobs are waiting.", (gulong) ready), n_ready);
  return g_strdup_printf (ngettext ("Workers take from it again, at once. %s job is waiting.",
                                    "Workers take from it again, at once. %s jobs are waiting.",
                                    (gulong) ready), n_ready);
}

static void
pause_cb (WdQueueCard *card, gboolean paused, gpointer data)
{
  WdQueuesPage *self = data;
  const WdQueueCounts *counts = wd_queue_card_get_counts (card);
  Change *change = g_new0 (Change, 1);
  g_autofree char *visible = wd_text_block (counts->queue);
  g_autofree char *body = describe_change (counts, paused);
  g_autofree char *heading = g_strdup_printf (paused ? _("Pause the queue “%s”?")
                                                     : _("Resume the queue “%s”?"), visible);
  WdConfirmSpec spec = { NULL };

  change->page = g_object_ref (self);
  change->card = g_object_ref (card);
  change->queue = g_strdup (counts->queue);
  change->paused = paused;
  spec.heading = heading;
  spec.body = body;
  spec.action = paused ? C_("queue", "_Pause") : C_("queue", "_Resume");
  wd_confirm_async (get_window (self), &spec, self->action, confirmed_cb, change);
}

static WdQueueCard *
ensure_card (WdQueuesPage *self, const char *queue)
{
  WdQueueCard *card = g_hash_table_lookup (self->cards_by_name, queue);

  if (card != NULL)
    return card;
  card = wd_queue_card_new (queue, self->workspace);
  g_signal_connect_object (card, "pause", G_CALLBACK (pause_cb), self, 0);
  gtk_box_append (self->cards, GTK_WIDGET (card));
  g_hash_table_insert (self->cards_by_name, g_strdup (queue), card);
  return card;
}

/* Several kinds of job may share a queue. */
static gint64
get_finished (WdQueuesPage *self, const char *queue)
{
  WdStats *stats = wd_workspace_get_stats (self->workspace);
  gint64 finished = -1;

  for (guint i = 0; stats != NULL && i < stats->workers->len; i++)
    {
      const WdWorkerStats *worker = stats->workers->pdata[i];

      if (worker->finished_last_hour >= 0 && g_strcmp0 (worker->queue, queue) == 0)
        finished = MAX (finished, 0) + worker->finished_last_hour;
    }
  return finished;
}

static void
remove_others (WdQueuesPage *self, GPtrArray *queues)
{
  GHashTableIter iter;
  gpointer name, card;

  g_hash_table_iter_init (&iter, self->cards_by_name);
  while (g_hash_table_iter_next (&iter, &name, &card))
    {
      gboolean found = FALSE;

      for (guint i = 0; i < queues->len && !found; i++)
        found = strcmp (((WdQueueCounts *) queues->pdata[i])->queue, name) == 0;
      if (found)
        continue;
      gtk_box_remove (self->cards, card);
      g_hash_table_iter_remove (&iter);
    }
}

static void
show_queues (WdQueuesPage *self, GPtrArray *queues)
{
  gboolean may_write = !wd_workspace_get_profile (self->workspace)->read_only;
  g_autofree char *age = wd_text_as_of (wd_time_now ());

  remove_others (self, queues);
  for (guint i = 0; i < queues->len; i++)
    {
      WdQueueCounts *counts = queues->pdata[i];

      wd_queue_card_set_counts (ensure_card (self, counts->queue), counts,
                                get_finished (self, counts->queue), may_write);
    }
  gtk_label_set_text (self->age, age);
}

static void
update_page (WdQueuesPage *self)
{
  gboolean has_cards = g_hash_table_size (self->cards_by_name) > 0;

  if (self->error != NULL)
    {
      g_autofree char *reason = wd_text_block (self->error->message);
      g_autofree char *markup = g_markup_escape_text (reason, -1);

      adw_status_page_set_description (self->failure, markup);
    }
  if (self->error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->cards), "old");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->cards), "old");
  gtk_stack_set_visible_child_name (self->stack, has_cards             ? "queues"
                                                 : self->error != NULL ? "error"
                                                                       : "waiting");
}

static void
queues_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdQueuesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queues = wd_backend_list_queues_finish (WD_BACKEND (source), result,
                                                                &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  wd_rest_begin (&self->rest, REST_FACTOR, 0);
  if (queues != NULL)
    show_queues (self, queues);
  update_page (self);
}

static void
load (WdQueuesPage *self)
{
  if (self->request != NULL)
    return;
  self->again = FALSE;
  self->request = g_cancellable_new ();
  wd_rest_ask (&self->rest);
  wd_backend_list_queues_async (wd_workspace_get_backend (self->workspace), self->request,
                                queues_cb, g_object_ref (self));
}

static gboolean
may_load (WdQueuesPage *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self)) && self->request == NULL
         && (self->error != NULL || wd_rest_is_over (&self->rest));
}

static void
refresh_cb (WdQueuesPage *self)
{
  if (may_load (self))
    load (self);
  else
    self->again = TRUE;
}

static void
tick_cb (WdQueuesPage *self)
{
  WdTime now = wd_time_now ();
  GHashTableIter iter;
  gpointer card;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_hash_table_iter_init (&iter, self->cards_by_name);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    wd_queue_card_tick (card, now);
  if (may_load (self) && (self->again || wd_rest_get_age (&self->rest) > STRANGERS_US))
    load (self);
}

static void
wd_queues_page_map (GtkWidget *widget)
{
  WdQueuesPage *self = WD_QUEUES_PAGE (widget);

  GTK_WIDGET_CLASS (wd_queues_page_parent_class)->map (widget);
  wd_health_watch_hold (wd_workspace_get_health (self->workspace));
  load (self);
}

static void
wd_queues_page_unmap (GtkWidget *widget)
{
  WdQueuesPage *self = WD_QUEUES_PAGE (widget);

  if (self->workspace != NULL)
    wd_health_watch_release (wd_workspace_get_health (self->workspace));
  GTK_WIDGET_CLASS (wd_queues_page_parent_class)->unmap (widget);
}

static void
wd_queues_page_dispose (GObject *object)
{
  WdQueuesPage *self = WD_QUEUES_PAGE (object);
  GtkWidget *stack = GTK_WIDGET (g_steal_pointer (&self->stack));

  g_cancellable_cancel (self->action);
  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  g_hash_table_remove_all (self->cards_by_name);
  g_clear_pointer (&stack, gtk_widget_unparent);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wd_queues_page_parent_class)->dispose (object);
}

static void
wd_queues_page_finalize (GObject *object)
{
  WdQueuesPage *self = WD_QUEUES_PAGE (object);

  g_hash_table_unref (self->cards_by_name);
  g_clear_error (&self->error);
  g_object_unref (self->action);
  G_OBJECT_CLASS (wd_queues_page_parent_class)->finalize (object);
}

static void
wd_queues_page_class_init (WdQueuesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_queues_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_queues_page_finalize;
  widget_class->map = wd_queues_page_map;
  widget_class->unmap = wd_queues_page_unmap;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/queues/wd-queues-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WdQueuesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WdQueuesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, WdQueuesPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WdQueuesPage, age);
  gtk_widget_class_bind_template_child (widget_class, WdQueuesPage, compare);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wd_queues_page_init (WdQueuesPage *self)
{
  self->cards_by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->action = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Queues"), -1);
}

/**
 * wd_queues_page_new:
 * @workspace: whose queues
 *
 * Returns: (transfer floating): a page that looks for them once it is seen
 */
WdQueuesPage *
wd_queues_page_new (WdWorkspace *workspace)
{
  WdQueuesPage *self = g_object_new (WD_TYPE_QUEUES_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  wd_lack_disable (self->compare, workspace, WD_ABILITY_DRIFT);
  g_signal_connect_object (workspace, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (workspace, "refresh", G_CALLBACK (refresh_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_queues_page_is_ready:
 * @self: a page
 *
 * Returns: whether it shows what was read, or why it cannot
 */
gboolean
wd_queues_page_is_ready (WdQueuesPage *self)
{
  g_return_val_if_fail (WD_IS_QUEUES_PAGE (self), FALSE);

  return self->error != NULL || g_hash_table_size (self->cards_by_name) > 0;
}
