/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads can be slow, and whoever may only read shuts nobody out who is to act, nor, with many
 * requests of one token, the others who read; and whoever has no token nobody who has one, nor,
 * with many requests of one address, the others who have none. */

#include "server/wd-server-turns.h"

/* Of each kind at a time; and of those for one token, or address. */
static const guint most[] = { 48, 32, 32, 32 };
#define MOST_OF_ONE 16

G_STATIC_ASSERT (G_N_ELEMENTS (most) == WD_SERVER_N_TURNS);

struct _WdServerTurns {
  guint n[WD_SERVER_N_TURNS];
  GHashTable *of_one[WD_SERVER_N_TURNS];   /* (owned) (element-type utf8 guint) */
};

/**
 * wd_server_turns_new:
 *
 * Returns: (transfer full): nobody is being worked for
 */
WdServerTurns *
wd_server_turns_new (void)
{
  WdServerTurns *self = g_new0 (WdServerTurns, 1);

  for (guint i = 0; i < WD_SERVER_N_TURNS; i++)
    self->of_one[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * wd_server_turns_free:
 * @self: (transfer full): turns
 */
void
wd_server_turns_free (WdServerTurns *self)
{
  for (guint i = 0; i < WD_SERVER_N_TURNS; i++)
    g_hash_table_unref (self->of_one[i]);
  g_free (self);
}

static guint
get_n_of (const WdServerTurns *self, WdServerTurn turn, const char *who)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->of_one[turn], who));
}

static void
set_n_of (WdServerTurns *self, WdServerTurn turn, const char *who, guint n)
{
  if (n > 0)
    g_hash_table_insert (self->of_one[turn], g_strdup (who), GUINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->of_one[turn], who);
}

/**
 * wd_server_turns_take:
 * @self: turns
 * @turn: of which kind
 * @who: the name of a token, or the address of somebody who has none
 *
 * Returns: whether there is one left, which is to be given back then
 */
gboolean
wd_server_turns_take (WdServerTurns *self, WdServerTurn turn, const char *who)
{
  guint n_of = get_n_of (self, turn, who);

  if (self->n[turn] >= most[turn] || n_of >= MOST_OF_ONE)
    return FALSE;
  self->n[turn]++;
  set_n_of (self, turn, who, n_of + 1);
  return TRUE;
}

/**
 * wd_server_turns_give_back:
 * @self: turns
 * @turn: as it was taken
 * @who: as it was taken
 */
void
wd_server_turns_give_back (WdServerTurns *self, WdServerTurn turn, const char *who)
{
  g_assert (self->n[turn] > 0);
  self->n[turn]--;
  set_n_of (self, turn, who, get_n_of (self, turn, who) - 1);
}

/**
 * wd_server_turns_get_n:
 * @self: turns
 *
 * Returns: how many requests are being worked on
 */
guint
wd_server_turns_get_n (const WdServerTurns *self)
{
  guint n = 0;

  for (guint i = 0; i < WD_SERVER_N_TURNS; i++)
    n += self->n[i];
  return n;
}
