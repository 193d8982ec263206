/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Most of what a dispatch costs is asked once for a transaction, however many wallets it is for.
 * So while as many dispatches of one kind (of one type of jobs, for one user, as urgent, in the
 * name of one token) are under way as there are lanes, those that come next wait, and go together
 * as soon as one ends. Nobody waits for company: who comes alone goes alone. It is a dispatch for
 * some wallets as any other, with all its promises, each under the key of its own asker, where he
 * named one, in the same transaction; each asker gets what came of his own wallet.
 * Where nothing was written because of one of them, each is tried by itself; where the first has
 * waited too long, the others are tried without it. */

#include "server/wd-server-dispatcher.h"

#include <string.h>

#include "base/wd-error.h"
#include "direct/wd-direct-service.h"

/* Wallets of one transaction. */
#define TOGETHER 32

typedef struct {
  WdDispatchRequest *dispatch;   /* (owned): for one wallet */
  GCancellable *cancellable;     /* (owned) */
  WdServerDispatcherFunc func;
  gpointer data;
  gboolean alone;                /* was in the way of others, or they in its */
} Item;

typedef struct {
  WdServerDispatcher *dispatcher;   /* (unowned) */
  char *key;                        /* (owned) */
  GQueue waiting;                   /* of Item */
  guint n_running;                  /* transactions */
} Kind;

typedef struct {
  Kind *kind;                    /* (unowned): lives while something runs */
  GPtrArray *items;              /* (owned) (element-type Item) */
  guint place;
} Batch;

struct _WdServerDispatcher {
  WdServerPool *pool;            /* (unowned): outlives it */
  GHashTable *kinds;             /* (owned) (element-type utf8 Kind) */
  guint most;                    /* transactions of a kind at a time */
};

static void flush (Kind *kind);

static void
item_free (gpointer data)
{
  Item *item = data;

  wd_dispatch_request_free (item->dispatch);
  g_object_unref (item->cancellable);
  g_free (item);
}

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_queue_clear_full (&kind->waiting, item_free);
  g_free (kind->key);
  g_free (kind);
}

/**
 * wd_server_dispatcher_new:
 * @pool: who does it; outlives the dispatcher
 * @most: transactions of one kind at a time
 *
 * Returns: (transfer full): a dispatcher
 */
WdServerDispatcher *
wd_server_dispatcher_new (WdServerPool *pool, guint most)
{
  WdServerDispatcher *self = g_new0 (WdServerDispatcher, 1);

  self->pool = pool;
  self->most = most;
  self->kinds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, kind_free);
  return self;
}

/**
 * wd_server_dispatcher_free:
 * @self: (transfer full): a dispatcher with nothing under way
 */
void
wd_server_dispatcher_free (WdServerDispatcher *self)
{
  g_hash_table_unref (self->kinds);
  g_free (self);
}

/* Whose fault it is can only be one wallet's: a store that does not answer does so to each, and
 * what may have been written is not written again. */
static gboolean
is_worth_parting (const GError *error)
{
  static const int codes[] = { WD_ERROR_BUSY, WD_ERROR_FAILED, WD_ERROR_REFUSED,
                               WD_ERROR_INVALID_ARGUMENT, WD_ERROR_DUPLICATE };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, WD_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* Whether it was only given up since the one that had waited longest was. */
static gboolean
goes_on (const Item *item, const GError *error)
{
  return wd_error_is_cancelled (error) && !g_cancellable_is_cancelled (item->cancellable);
}

static void
answer (Item *item, WdActionResult *own, const GError *error)
{
  item->func (own, error, item->data);
  item_free (item);
}

/* Of one among others. */
static void
answer_from (Item *item, const WdActionResult *all)
{
  const char *wallet = item->dispatch->wallets[0];
  g_autoptr (WdActionResult) own = wd_direct_pick_wallet (all, wallet);

  if (own->done->len + own->refused->len == 0)
    wd_action_result_refuse (own, wallet, WD_ERROR_UNKNOWN_OUTCOME, "Nothing is known of %s",
                             wallet);
  answer (item, own, NULL);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Batch *batch = data;
  Kind *kind = batch->kind;
  g_autoptr (GPtrArray) items = batch->items;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdActionResult) all = wd_backend_dispatch_finish (WD_BACKEND (source), result,
                                                               &error);
  gboolean parts = items->len > 1 && error != NULL && is_worth_parting (error);

  wd_server_pool_give_back (kind->dispatcher->pool, WD_SERVER_WRITES, batch->place);
  g_free (batch);
  for (guint i = items->len; i > 0; i--)
    {
      Item *item = items->pdata[i - 1];

      item->alone = parts;
      if (parts || goes_on (item, error))
        g_queue_push_head (&kind->waiting, item);
      else if (all != NULL && items->len > 1)
        answer_from (item, all);
      else
        answer (item, all, error);
    }
  kind->n_running--;
  flush (kind);
}

/* Each wallet is asked for under its own key, or under none. */
static void
name_keys (WdDispatchRequest *all, GPtrArray *items)
{
  const WdOrigin *first = ((const Item *) items->pdata[0])->dispatch->origin;

  wd_origin_unref (all->origin);
  all->origin = wd_origin_create (first->name, first->address);
  all->origins = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_origin_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (all->origins, wd_origin_ref (((Item *) items->pdata[i])->dispatch->origin));
}

static void
run (Kind *kind, GPtrArray *items)
{
  const Item *first = items->pdata[0];
  g_autoptr (WdDispatchRequest) all = wd_dispatch_request_copy (first->dispatch);
  Batch *batch = g_new0 (Batch, 1);
  WdBackend *backend = wd_server_pool_take (kind->dispatcher->pool, WD_SERVER_WRITES,
                                            &batch->place);

  batch->kind = kind;
  batch->items = items;
  kind->n_running++;
  g_strfreev (all->wallets);
  all->wallets = g_new0 (char *, items->len + 1);
  for (guint i = 0; i < items->len; i++)
    all->wallets[i] = g_strdup (((Item *) items->pdata[i])->dispatch->wallets[0]);
  if (items->len > 1)
    name_keys (all, items);
  wd_backend_dispatch_async (backend, all, first->cancellable, done_cb, batch);
}

/* Whoever has waited for too long is told so. */
static gboolean
is_given_up (Item *item)
{
  g_autoptr (GError) error = NULL;

  if (!g_cancellable_set_error_if_cancelled (item->cancellable, &error))
    return FALSE;
  answer (item, NULL, error);
  return TRUE;
}

/* Returns: (transfer full): those that go next, which is none where nobody waits */
static GPtrArray *
take_some (Kind *kind)
{
  g_autoptr (GHashTable) wallets = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *items = g_ptr_array_new ();
  GList *next;

  for (GList *l = kind->waiting.head; l != NULL && items->len < TOGETHER; l = next)
    {
      Item *item = l->data;

      next = l->next;
      /* The second one for a wallet is to hear of the first. */
      if (g_hash_table_contains (wallets, item->dispatch->wallets[0])
          || (item->alone && items->len > 0))
        continue;
      g_queue_delete_link (&kind->waiting, l);
      if (is_given_up (item))
        continue;
      g_hash_table_add (wallets, item->dispatch->wallets[0]);
      g_ptr_array_add (items, item);
      if (item->alone)
        break;
    }
  return items;
}

static void
flush (Kind *kind)
{
  while (kind->n_running < kind->dispatcher->most && !g_queue_is_empty (&kind->waiting))
    {
      GPtrArray *items = take_some (kind);

      if (items->len > 0)
        run (kind, items);
      else
        g_ptr_array_unref (items);
    }
  if (kind->n_running == 0 && g_queue_is_empty (&kind->waiting))
    g_hash_table_remove (kind->dispatcher->kinds, kind->key);
}

static char *
make_key (const WdDispatchRequest *dispatch)
{
  const char *address = dispatch->origin->address;

  /* A proxy may say anything of an address. */
  return g_strdup_printf ("%s %d %s %s %" G_GSIZE_FORMAT " %s %s", dispatch->job_type,
                          dispatch->priority,
                          dispatch->user_id != NULL ? dispatch->user_id : "-",
                          dispatch->trigger != NULL ? dispatch->trigger : "-", strlen (address),
                          address, dispatch->origin->name);
}

/**
 * wd_server_dispatcher_push:
 * @self: a dispatcher
 * @dispatch: for one wallet, on somebody's behalf; copied
 * @cancellable: ends waiting
 * @func: called once, later
 * @data: for @func
 */
void
wd_server_dispatcher_push (WdServerDispatcher *self, WdDispatchRequest *dispatch,
                           GCancellable *cancellable, WdServerDispatcherFunc func, gpointer data)
{
  g_autofree char *key = make_key (dispatch);
  Kind *kind = g_hash_table_lookup (self->kinds, key);
  Item *item = g_new0 (Item, 1);

  item->dispatch = wd_dispatch_request_copy (dispatch);
  item->cancellable = g_object_ref (cancellable);
  item->func = func;
  item->data = data;
  if (kind == NULL)
    {
      kind = g_new0 (Kind, 1);
      kind->dispatcher = self;
      kind->key = g_steal_pointer (&key);
      g_queue_init (&kind->waiting);
      g_hash_table_insert (self->kinds, kind->key, kind);
    }
  g_queue_push_tail (&kind->waiting, item);
  flush (kind);
}
