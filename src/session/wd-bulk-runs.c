/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bulk runs of a site that somebody should know of: those begun here, until they are forgotten,
 * and those that others work on or left half done. A list of WdBulkWork, the oldest first.
 *
 * The database is asked every few seconds while others are at it; else when something changed
 * there, and not often. */

#include "session/wd-bulk-runs.h"

#include "base/wd-error.h"

#define SOON_US   (4 * G_USEC_PER_SEC)
#define SELDOM_US (25 * G_USEC_PER_SEC)

struct _WdBulkRuns {
  GObject parent_instance;

  WdBackend *backend;        /* (owned) */
  GListStore *works;         /* (owned) (element-type WdBulkWork) */
  GHashTable *forgotten;     /* (owned) (element-type utf8): ids of what is not shown again */
  GCancellable *request;     /* (owned) (nullable): while the database is asked */
  gint64 next_look;          /* monotonic */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void wd_bulk_runs_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdBulkRuns, wd_bulk_runs, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wd_bulk_runs_list_model_init))

static GType
get_item_type (GListModel *model)
{
  return WD_TYPE_BULK_WORK;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (WD_BULK_RUNS (model)->works));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (WD_BULK_RUNS (model)->works), position);
}

static void
wd_bulk_runs_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The store holds it. */
static WdBulkWork *
peek (WdBulkRuns *self, guint i)
{
  g_autoptr (WdBulkWork) work = g_list_model_get_item (G_LIST_MODEL (self->works), i);

  return work;
}

static WdBulkWork *
find (WdBulkRuns *self, const char *id)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    if (g_str_equal (wd_bulk_work_get_run (peek (self, i))->id, id))
      return peek (self, i);
  return NULL;
}

static void
changed_cb (WdBulkRuns *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static WdBulkWork *
add (WdBulkRuns *self, WdBulkRun *run)
{
  g_autoptr (WdBulkWork) work = wd_bulk_work_new (self->backend, run);

  g_signal_connect_object (work, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_list_store_append (self->works, work);
  return work;
}

/* What was frozen only is somebody's question, or nobody's any more. */
static gboolean
is_open (const WdBulkRun *run)
{
  return run->state == WD_BULK_RUNNING || run->state == WD_BULK_PAUSED;
}

static gboolean
is_left_to_others (WdBulkWork *work)
{
  WdBulkWorkState state = wd_bulk_work_get_state (work);

  return state == WD_BULK_WORK_FOUND || state == WD_BULK_WORK_OTHERS;
}

/* The newest comes first. */
static void
take_runs (WdBulkRuns *self, GPtrArray *runs)
{
  for (guint i = runs->len; i > 0; i--)
    {
      WdBulkRun *run = runs->pdata[i - 1];
      WdBulkWork *work = find (self, run->id);

      if (work == NULL && is_open (run) && !g_hash_table_contains (self->forgotten, run->id))
        add (self, run);
      else if (work != NULL && is_left_to_others (work) && !is_open (run))
        wd_bulk_runs_forget (self, work);
      else if (work != NULL)
        wd_bulk_work_take_run (work, run);
    }
}

static gboolean
others_are_at_it (WdBulkRuns *self)
{
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    if (wd_bulk_work_get_state (peek (self, i)) == WD_BULK_WORK_OTHERS)
      return TRUE;
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdBulkRuns) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runs = wd_backend_list_bulk_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->request);
  /* Whoever may not read them, or has no tables for them, has none; a server that is gone is told
   * of elsewhere. */
  if (runs != NULL)
    take_runs (self, runs);
  self->next_look = g_get_monotonic_time () + (others_are_at_it (self) ? SOON_US : SELDOM_US);
}

static void
items_changed_cb (WdBulkRuns *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
wd_bulk_runs_dispose (GObject *object)
{
  WdBulkRuns *self = WD_BULK_RUNS (object);

  if (self->request != NULL)
    g_cancellable_cancel (self->request);
  g_clear_object (&self->request);
  wd_bulk_runs_let_go (self);
  G_OBJECT_CLASS (wd_bulk_runs_parent_class)->dispose (object);
}

static void
wd_bulk_runs_finalize (GObject *object)
{
  WdBulkRuns *self = WD_BULK_RUNS (object);

  g_clear_object (&self->works);
  g_hash_table_unref (self->forgotten);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_bulk_runs_parent_class)->finalize (object);
}

static void
wd_bulk_runs_class_init (WdBulkRunsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_bulk_runs_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_bulk_runs_finalize;

  /**
   * WdBulkRuns::changed:
   *
   * One of them did.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_BULK_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_bulk_runs_init (WdBulkRuns *self)
{
  self->works = g_list_store_new (WD_TYPE_BULK_WORK);
  self->forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_signal_connect_object (self->works, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wd_bulk_runs_new:
 * @backend: whose runs
 *
 * Returns: (transfer full): a list that knows of none yet
 */
WdBulkRuns *
wd_bulk_runs_new (WdBackend *backend)
{
  WdBulkRuns *self;

  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_BULK_RUNS, NULL);
  self->backend = g_object_ref (backend);
  return self;
}

/**
 * wd_bulk_runs_look:
 * @self: the runs
 *
 * Asks the database, when the last time is long enough ago.
 */
void
wd_bulk_runs_look (WdBulkRuns *self)
{
  g_return_if_fail (WD_IS_BULK_RUNS (self));

  if (self->request != NULL || g_get_monotonic_time () < self->next_look)
    return;
  self->request = g_cancellable_new ();
  wd_backend_list_bulk_async (self->backend, self->request, listed_cb, g_object_ref (self));
}

/**
 * wd_bulk_runs_tick:
 * @self: the runs
 *
 * Asks the database how far others are, where they are at it. To be called every second or so while
 * somebody looks.
 */
void
wd_bulk_runs_tick (WdBulkRuns *self)
{
  g_return_if_fail (WD_IS_BULK_RUNS (self));

  if (others_are_at_it (self))
    wd_bulk_runs_look (self);
}

/**
 * wd_bulk_runs_begin:
 * @self: the runs
 * @run: one that was frozen here
 *
 * Works on it from now on.
 */
void
wd_bulk_runs_begin (WdBulkRuns *self, WdBulkRun *run)
{
  g_return_if_fail (WD_IS_BULK_RUNS (self));
  g_return_if_fail (run != NULL);

  wd_bulk_work_go_on (add (self, run));
}

/**
 * wd_bulk_runs_forget:
 * @self: the runs
 * @work: one that is not worked on here
 *
 * Takes it off the list.
 */
void
wd_bulk_runs_forget (WdBulkRuns *self, WdBulkWork *work)
{
  guint position;

  g_return_if_fail (WD_IS_BULK_RUNS (self));
  g_return_if_fail (!wd_bulk_work_is_active (work));

  g_hash_table_add (self->forgotten, g_strdup (wd_bulk_work_get_run (work)->id));
  if (g_list_store_find (self->works, work, &position))
    g_list_store_remove (self->works, position);
}

/**
 * wd_bulk_runs_let_go:
 * @self: the runs
 *
 * Lets those that are worked on here rest, each after the slice under way. Those that go on without
 * this program do.
 */
void
wd_bulk_runs_let_go (WdBulkRuns *self)
{
  gboolean goes_on;

  g_return_if_fail (WD_IS_BULK_RUNS (self));

  goes_on = wd_backend_bulk_goes_on (self->backend);
  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    if (goes_on)
      wd_bulk_work_leave (peek (self, i));
    else
      wd_bulk_work_pause (peek (self, i));
  if (goes_on)
    wd_backend_leave_bulk (self->backend);
}

/**
 * wd_bulk_runs_hold:
 * @self: the runs
 *
 * Returns: whether this program has to stay for any
 */
gboolean
wd_bulk_runs_hold (WdBulkRuns *self)
{
  g_return_val_if_fail (WD_IS_BULK_RUNS (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    if (wd_bulk_work_holds (peek (self, i)))
      return TRUE;
  return FALSE;
}

/**
 * wd_bulk_runs_is_active:
 * @self: the runs
 *
 * Returns: whether any is worked on here
 */
gboolean
wd_bulk_runs_is_active (WdBulkRuns *self)
{
  g_return_val_if_fail (WD_IS_BULK_RUNS (self), FALSE);

  for (guint i = 0; i < get_n_items (G_LIST_MODEL (self)); i++)
    if (wd_bulk_work_is_active (peek (self, i)))
      return TRUE;
  return FALSE;
}
