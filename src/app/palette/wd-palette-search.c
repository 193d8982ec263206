/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for the few wallets and jobs that what is being typed may mean. It waits for a pause in
 * the typing, and what was asked for an older text is cancelled, on the servers too. Wallets are
 * asked for twice: those that begin like it, then, if there is room, those that hold it. */

#include "app/palette/wd-palette-search.h"

#include <string.h>

#include "base/wd-error.h"

#define PAUSE_MS 180
#define ROWS_MAX 6

struct _WdPaletteSearch {
  GObject parent_instance;

  WdBackend *backend;          /* (owned) */
  char *text;                  /* (owned) (nullable): what is looked for */
  GPtrArray *wallets;          /* (owned) (element-type WdWallet) */
  GPtrArray *jobs;             /* (owned) (element-type WdJob) */
  GError *error;               /* (owned) (nullable): of the last request that failed */
  GCancellable *requests;      /* (owned) (nullable): of those under way */
  guint n_requests;
  guint pause_source;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdPaletteSearch, wd_palette_search, G_TYPE_OBJECT)

static void
forget (WdPaletteSearch *self)
{
  g_clear_handle_id (&self->pause_source, g_source_remove);
  if (self->requests != NULL)
    g_cancellable_cancel (self->requests);
  g_clear_object (&self->requests);
  self->n_requests = 0;
  g_ptr_array_set_size (self->wallets, 0);
  g_ptr_array_set_size (self->jobs, 0);
  g_clear_error (&self->error);
}

static gboolean
has_wallet (WdPaletteSearch *self, const WdWallet *wallet)
{
  for (guint i = 0; i < self->wallets->len; i++)
    if (g_strcmp0 (((WdWallet *) self->wallets->pdata[i])->address, wallet->address) == 0)
      return TRUE;
  return FALSE;
}

/* One request less. */
static void
take_answer (WdPaletteSearch *self, GError **error)
{
  self->n_requests--;
  if (*error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (error);
    }
}

static void ask_wallets (WdPaletteSearch *self, gboolean by_prefix);

static void
take_wallets (WdPaletteSearch *self, WdBackend *backend, GAsyncResult *result,
              gboolean by_prefix)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = wd_backend_list_wallets_finish (backend, result, &error);

  if (wd_error_is_cancelled (error))
    return;
  take_answer (self, &error);
  for (guint i = 0; page != NULL && i < page->items->len && self->wallets->len < ROWS_MAX; i++)
    if (!has_wallet (self, page->items->pdata[i]))
      g_ptr_array_add (self->wallets, wd_wallet_ref (page->items->pdata[i]));
  if (page != NULL && by_prefix && self->wallets->len < ROWS_MAX)
    ask_wallets (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
prefix_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdPaletteSearch) self = data;

  take_wallets (self, WD_BACKEND (source), result, TRUE);
}

static void
substring_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdPaletteSearch) self = data;

  take_wallets (self, WD_BACKEND (source), result, FALSE);
}

static WdPageRequest *
make_page (WdSort sort, gboolean ascending)
{
  WdPageRequest *page = wd_page_request_new ();

  page->sort = sort;
  page->ascending = ascending;
  page->limit = ROWS_MAX;
  page->with_total = FALSE;
  return page;
}

static void
ask_wallets (WdPaletteSearch *self, gboolean by_prefix)
{
  g_autoptr (WdWalletFilter) filter = wd_wallet_filter_new ();
  g_autoptr (WdPageRequest) page = make_page (WD_SORT_CREATED, FALSE);

  if (by_prefix)
    filter->address_prefix = g_strdup (self->text);
  else
    filter->search = g_strdup (self->text);
  self->n_requests++;
  wd_backend_list_wallets_async (self->backend, filter, page, self->requests,
                                 by_prefix ? prefix_cb : substring_cb, g_object_ref (self));
}

static void
jobs_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdPaletteSearch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdPage) page = wd_backend_list_jobs_finish (WD_BACKEND (source), result, &error);

  if (wd_error_is_cancelled (error))
    return;
  take_answer (self, &error);
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    g_ptr_array_add (self->jobs, wd_job_ref (page->items->pdata[i]));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
ask_jobs (WdPaletteSearch *self)
{
  g_autoptr (WdJobFilter) filter = wd_job_filter_new ();
  g_autoptr (WdPageRequest) page = make_page (WD_SORT_CREATED, FALSE);

  filter->id_prefix = g_strdup (self->text);
  self->n_requests++;
  wd_backend_list_jobs_async (self->backend, filter, page, self->requests, jobs_cb,
                              g_object_ref (self));
}

static gboolean
pause_cb (gpointer data)
{
  WdPaletteSearch *self = data;

  self->pause_source = 0;
  self->requests = g_cancellable_new ();
  ask_wallets (self, TRUE);
  ask_jobs (self);
  return G_SOURCE_REMOVE;
}

static void
wd_palette_search_dispose (GObject *object)
{
  WdPaletteSearch *self = WD_PALETTE_SEARCH (object);

  forget (self);
  g_clear_object (&self->backend);
  G_OBJECT_CLASS (wd_palette_search_parent_class)->dispose (object);
}

static void
wd_palette_search_finalize (GObject *object)
{
  WdPaletteSearch *self = WD_PALETTE_SEARCH (object);

  g_ptr_array_unref (self->wallets);
  g_ptr_array_unref (self->jobs);
  g_free (self->text);
  G_OBJECT_CLASS (wd_palette_search_parent_class)->finalize (object);
}

static void
wd_palette_search_class_init (WdPaletteSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_palette_search_dispose;
  object_class->finalize = wd_palette_search_finalize;

  /**
   * WdPaletteSearch::changed:
   *
   * Something was found, or is not being looked for any more.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", WD_TYPE_PALETTE_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
wd_palette_search_init (WdPaletteSearch *self)
{
  self->wallets = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_wallet_unref);
  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_job_unref);
}

/**
 * wd_palette_search_new:
 * @backend: whom to ask
 *
 * Returns: (transfer full): a search for nothing yet
 */
WdPaletteSearch *
wd_palette_search_new (WdBackend *backend)
{
  WdPaletteSearch *self;

  g_return_val_if_fail (WD_IS_BACKEND (backend), NULL);

  self = g_object_new (WD_TYPE_PALETTE_SEARCH, NULL);
  self->backend = g_object_ref (backend);
  return self;
}

/* A single letter would find everything; a single digit may be a whole id. No address and no id
 * has a space in it. */
static gboolean
is_worthwhile (const char *text)
{
  if (strchr (text, ' ') != NULL)
    return FALSE;
  return g_utf8_strlen (text, -1) >= 2 || g_ascii_isdigit (*text);
}

/**
 * wd_palette_search_set_text:
 * @self: a search
 * @text: what to look for, without space around it
 *
 * Forgets what was found for another text, without a signal.
 */
void
wd_palette_search_set_text (WdPaletteSearch *self, const char *text)
{
  g_return_if_fail (WD_IS_PALETTE_SEARCH (self));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (self->text, text) == 0)
    return;
  forget (self);
  g_free (self->text);
  self->text = g_strdup (text);
  if (is_worthwhile (text))
    self->pause_source = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/**
 * wd_palette_search_is_busy:
 * @self: a search
 */
gboolean
wd_palette_search_is_busy (WdPaletteSearch *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_SEARCH (self), FALSE);

  return self->pause_source != 0 || self->n_requests > 0;
}

/**
 * wd_palette_search_get_error:
 * @self: a search
 *
 * Returns: (transfer none) (nullable): why not all could be looked for
 */
const GError *
wd_palette_search_get_error (WdPaletteSearch *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_SEARCH (self), NULL);

  return self->error;
}

/**
 * wd_palette_search_get_wallets:
 * @self: a search
 *
 * Returns: (transfer none) (element-type WdWallet): the wallets found, those that begin like the
 *   text first
 */
GPtrArray *
wd_palette_search_get_wallets (WdPaletteSearch *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_SEARCH (self), NULL);

  return self->wallets;
}

/**
 * wd_palette_search_get_jobs:
 * @self: a search
 *
 * Returns: (transfer none) (element-type WdJob): the jobs found, newest first
 */
GPtrArray *
wd_palette_search_get_jobs (WdPaletteSearch *self)
{
  g_return_val_if_fail (WD_IS_PALETTE_SEARCH (self), NULL);

  return self->jobs;
}
