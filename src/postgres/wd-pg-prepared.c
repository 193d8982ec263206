/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* To read and plan a short statement takes the server longer than to run it. So it is asked to keep
 * those of which one plan is right whatever the values are, under a name, where that is safe.
 *
 * Behind a pooler that gives each transaction to another server connection it is not. A pooler
 * answers the start of a connection with a process id that it made up; so nothing is kept before
 * the server has said that its id is the one we know, and it says so again in each round trip. Were
 * one to deceive us nevertheless, the name is made of the text: whoever keeps something under it
 * keeps the same statement, and a server that does not know the name says so, which is an error of
 * a transaction that only reads: it is read again without names, and from then on so is all. */

#include "postgres/wd-pg-prepared.h"

#include <string.h>

/* Filters and page sizes make many texts; when there are so many, all are dropped. */
#define MOST 64

#define NAME_LENGTH 32

struct _WdPgPrepared {
  GHashTable *names;   /* (owned) (element-type utf8 utf8): by the text of the statement */
  guint64 serial;      /* of the connection that keeps them */
  gboolean is_direct;  /* nothing is between us and the server */
  gboolean refused;    /* nothing seemed to be, and yet it did not know a name */
  gboolean may_keep;   /* in the exchange under way */
  gboolean to_drop;    /* the server may keep what is not in names */
  guint n_used, n_new; /* by the exchange under way */
};

/**
 * wd_pg_prepared_new:
 *
 * Returns: (transfer full): nothing is kept yet, and nothing known of the server
 */
WdPgPrepared *
wd_pg_prepared_new (void)
{
  WdPgPrepared *self = g_new0 (WdPgPrepared, 1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * wd_pg_prepared_free:
 * @self: (transfer full): the statements; a server drops them with its connection
 */
void
wd_pg_prepared_free (WdPgPrepared *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
forget (WdPgPrepared *self)
{
  g_hash_table_remove_all (self->names);
  self->to_drop = TRUE;
}

/**
 * wd_pg_prepared_begin:
 * @self: the statements
 * @serial: of the connection on which an exchange begins
 * @may_keep: whether names may be used in it: it can be repeated
 */
void
wd_pg_prepared_begin (WdPgPrepared *self, guint64 serial, gboolean may_keep)
{
  self->may_keep = may_keep && !self->refused;
  self->n_used = self->n_new = 0;
  if (serial == self->serial)
    return;
  g_hash_table_remove_all (self->names);
  self->serial = serial;
  self->is_direct = FALSE;
  self->to_drop = FALSE;
}

static const char *
add_name (WdPgPrepared *self, GArray *steps, const WdPgStatement *statement)
{
  g_autofree char *checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, statement->sql, -1);
  WdPgStep prepare = { { statement->sql }, NULL, TRUE };
  char *name = g_strdup_printf ("wd_%.*s", NAME_LENGTH, checksum);

  g_hash_table_insert (self->names, g_strdup (statement->sql), name);
  prepare.name = name;
  g_array_append_val (steps, prepare);
  self->n_new++;
  return name;
}

/* The name of @statement, which is kept by a step added to @steps unless it is already; NULL where
 * none may have one. */
static const char *
name_of (WdPgPrepared *self, GArray *steps, const WdPgStatement *statement)
{
  const char *name;

  if (!statement->one_plan || !self->is_direct || !self->may_keep)
    return NULL;
  self->n_used++;
  name = g_hash_table_lookup (self->names, statement->sql);
  return name != NULL ? name : add_name (self, steps, statement);
}

static void
drop_all (WdPgPrepared *self, GArray *steps)
{
  const WdPgStep drop = { { "DEALLOCATE ALL" } };

  if (!self->is_direct || !self->may_keep || self->n_used > 0)
    return;
  if (g_hash_table_size (self->names) >= MOST)
    forget (self);
  if (!self->to_drop)
    return;
  g_array_append_val (steps, drop);
  self->to_drop = FALSE;
}

/**
 * wd_pg_prepared_add:
 * @self: the statements
 * @steps: (element-type WdPgStep): of an exchange that has begun; names in it are @self's until
 *   its end
 * @statements: (array length=n_statements): added at its end, those that may be kept by name,
 *   after what makes the server keep them
 * @n_statements: how many; so many steps are the last ones then
 */
void
wd_pg_prepared_add (WdPgPrepared *self, GArray *steps, const WdPgStatement *statements,
                    gsize n_statements)
{
  g_autofree const char **names = g_new0 (const char *, n_statements + 1);

  drop_all (self, steps);
  for (gsize i = 0; i < n_statements; i++)
    names[i] = name_of (self, steps, &statements[i]);
  for (gsize i = 0; i < n_statements; i++)
    {
      WdPgStep step = { statements[i], names[i], FALSE };

      g_array_append_val (steps, step);
    }
}

/**
 * wd_pg_prepared_end:
 * @self: the statements
 * @is_direct: whether the server said that it is the process we know
 * @error: (nullable): the first error of its answer
 *
 * The exchange was answered, whole.
 *
 * Returns: whether @error is of the keeping alone, so that the same is to be asked once more
 */
gboolean
wd_pg_prepared_end (WdPgPrepared *self, gboolean is_direct, const PGresult *error)
{
  const char *state = error != NULL ? PQresultErrorField (error, PG_DIAG_SQLSTATE) : NULL;
  gboolean unknown = g_strcmp0 (state, "26000") == 0 || g_strcmp0 (state, "42P05") == 0;

  if (error == NULL)
    {
      self->is_direct = is_direct;
      return FALSE;
    }
  if (self->n_used == 0)
    return FALSE;
  /* Of what was to be kept behind the error nothing is. */
  if (self->n_new > 0)
    forget (self);
  self->refused = self->refused || unknown;
  if (unknown)
    return TRUE;
  /* "cached plan must not change result type": a column has another type now. */
  if (g_strcmp0 (state, "0A000") != 0)
    return FALSE;
  forget (self);
  return TRUE;
}
