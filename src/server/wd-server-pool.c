/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which backend does what comes next: the one that has least of its kind to do. A backend connects
 * with its first work of a kind, so those that are never needed cost nothing. */

#include "server/wd-server-pool.h"

typedef struct {
  WdBackend *backend;                /* (owned) */
  guint busy[WD_SERVER_N_WORKS];
} Place;

struct _WdServerPool {
  Place *places;     /* (owned) */
  guint n_places;
};

/**
 * wd_server_pool_new:
 * @profile: where they connect
 * @n_backends: how many
 *
 * Returns: (transfer full): a pool
 */
WdServerPool *
wd_server_pool_new (WdProfile *profile, guint n_backends)
{
  WdServerPool *self = g_new0 (WdServerPool, 1);

  self->places = g_new0 (Place, n_backends);
  self->n_places = n_backends;
  for (guint i = 0; i < n_backends; i++)
    self->places[i].backend = wd_direct_backend_new (profile);
  return self;
}

/**
 * wd_server_pool_free:
 * @self: (transfer full): a pool
 */
void
wd_server_pool_free (WdServerPool *self)
{
  for (guint i = 0; i < self->n_places; i++)
    g_clear_object (&self->places[i].backend);
  g_free (self->places);
  g_free (self);
}

/**
 * wd_server_pool_take:
 * @self: a pool
 * @work: what is to be done
 * @place: (out): to be given back when it is done
 *
 * Returns: (transfer none): who does it
 */
WdBackend *
wd_server_pool_take (WdServerPool *self, WdServerWork work, guint *place)
{
  guint best = 0;

  for (guint i = 1; i < self->n_places; i++)
    if (self->places[i].busy[work] < self->places[best].busy[work])
      best = i;
  self->places[best].busy[work]++;
  *place = best;
  return self->places[best].backend;
}

/**
 * wd_server_pool_give_back:
 * @self: a pool
 * @work: what was done
 * @place: of wd_server_pool_take()
 */
void
wd_server_pool_give_back (WdServerPool *self, WdServerWork work, guint place)
{
  g_assert (self->places[place].busy[work] > 0);
  self->places[place].busy[work]--;
}

/**
 * wd_server_pool_close:
 * @self: a pool that nobody will ask any more
 * @milliseconds: to wait at most for each lane
 *
 * For a program about to exit. Blocks.
 */
void
wd_server_pool_close (WdServerPool *self, guint milliseconds)
{
  for (guint i = 0; i < self->n_places; i++)
    wd_direct_backend_close (WD_DIRECT_BACKEND (self->places[i].backend), milliseconds);
}
