/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-result-private.h"

#include <string.h>

#include "postgres/wd-pg-time.h"

struct _WdPgResult {
  PGresult *result; /* (owned) */
  GPtrArray *valid; /* (owned) (nullable): copies of texts that were no UTF-8 */
};

static gboolean
holds (WdPgResult *self, guint row, guint column)
{
  return self != NULL && row < wd_pg_result_get_rows (self)
         && column < wd_pg_result_get_columns (self);
}

/* The server refuses a result over INT_MAX rows, so libpq's ints never overflow here. */
static const char *
get_value (WdPgResult *self, guint row, guint column)
{
  if (PQgetisnull (self->result, (int) row, (int) column))
    return NULL;
  return PQgetvalue (self->result, (int) row, (int) column);
}

/**
 * wd_pg_result_new:
 * @result: (transfer full): a result of libpq without an error
 *
 * Returns: (transfer full): the same, to be read
 */
WdPgResult *
wd_pg_result_new (PGresult *result)
{
  WdPgResult *self = g_new0 (WdPgResult, 1);

  self->result = result;
  return self;
}

/**
 * wd_pg_result_free:
 * @self: (transfer full) (nullable): a result; texts read from it go with it
 */
void
wd_pg_result_free (WdPgResult *self)
{
  if (self == NULL)
    return;
  PQclear (self->result);
  g_clear_pointer (&self->valid, g_ptr_array_unref);
  g_free (self);
}

/**
 * wd_pg_result_get_rows:
 * @self: a result
 *
 * Returns: how many rows it has
 */
guint
wd_pg_result_get_rows (WdPgResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) PQntuples (self->result);
}

/**
 * wd_pg_result_get_columns:
 * @self: a result
 *
 * Returns: how many columns each row has
 */
guint
wd_pg_result_get_columns (WdPgResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) PQnfields (self->result);
}

/**
 * wd_pg_result_get_size:
 * @self: a result
 *
 * Returns: the bytes it takes in memory
 */
gsize
wd_pg_result_get_size (WdPgResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return PQresultMemorySize (self->result);
}

/**
 * wd_pg_result_get_affected:
 * @self: a result
 *
 * Returns: how many rows the statement inserted, changed, deleted or read
 */
gint64
wd_pg_result_get_affected (WdPgResult *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_ascii_strtoll (PQcmdTuples (self->result), NULL, 10);
}

/**
 * wd_pg_result_is_null:
 * @self: a result
 * @row: from 0
 * @column: from 0
 *
 * Returns: whether SQL NULL stands there
 */
gboolean
wd_pg_result_is_null (WdPgResult *self, guint row, guint column)
{
  g_return_val_if_fail (holds (self, row, column), TRUE);

  return PQgetisnull (self->result, (int) row, (int) column) != 0;
}

/**
 * wd_pg_result_text:
 * @self: a result
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer none) (nullable): the value as valid UTF-8, %NULL for null. A database with
 *   encoding SQL_ASCII may hold anything; what is no UTF-8 in it becomes replacement characters.
 */
const char *
wd_pg_result_text (WdPgResult *self, guint row, guint column)
{
  const char *value;

  g_return_val_if_fail (holds (self, row, column), NULL);

  value = get_value (self, row, column);
  if (value == NULL || g_utf8_validate (value, -1, NULL))
    return value;
  if (self->valid == NULL)
    self->valid = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->valid, g_utf8_make_valid (value, -1));
  return g_ptr_array_index (self->valid, self->valid->len - 1);
}

/**
 * wd_pg_result_int:
 * @self: a result
 * @row: from 0
 * @column: from 0
 *
 * Returns: a whole number, 0 for null
 */
gint64
wd_pg_result_int (WdPgResult *self, guint row, guint column)
{
  const char *value;

  g_return_val_if_fail (holds (self, row, column), 0);

  value = get_value (self, row, column);
  return value == NULL ? 0 : g_ascii_strtoll (value, NULL, 10);
}

/**
 * wd_pg_result_bool:
 * @self: a result
 * @row: from 0
 * @column: from 0
 *
 * Returns: a boolean, %FALSE for null
 */
gboolean
wd_pg_result_bool (WdPgResult *self, guint row, guint column)
{
  g_return_val_if_fail (holds (self, row, column), FALSE);

  return g_strcmp0 (get_value (self, row, column), "t") == 0;
}

/**
 * wd_pg_result_time:
 * @self: a result
 * @row: from 0
 * @column: from 0
 *
 * Returns: the time of a `timestamptz`, `timestamp` (taken as UTC) or `date`; %WD_TIME_NONE for
 *   null and for what is no time
 */
WdTime
wd_pg_result_time (WdPgResult *self, guint row, guint column)
{
  const char *value;
  WdTime time;

  g_return_val_if_fail (holds (self, row, column), WD_TIME_NONE);

  value = get_value (self, row, column);
  return value != NULL && wd_pg_time_parse (value, &time) ? time : WD_TIME_NONE;
}
