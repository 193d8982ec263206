/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where every so many rows of a list stand, without their rows. Where an index gives rows and order
 * at once, the server skips from one mark to the next inside it, which is several times as fast as
 * to number the rows; elsewhere, and to count what is left behind the last mark, it numbers
 * them. */

#include "postgres/wd-pg-list-query-private.h"

/* A row with a null is in no relation to others: there must be none behind the beginning. */
gboolean
wd_pg_list_can_compare_rows (WdPgListQuery *self, const WdPgStretch *stretch)
{
  if (stretch->after == NULL || self->n_keys != 2 || self->keys[1].nullable
      || g_ptr_array_index (stretch->after, 0) == NULL)
    return FALSE;
  return !self->keys[0].nullable || !self->ascending;
}

/* One skip: from the row (@a, @b) to the @stride-th behind it. */
static char *
make_skip (WdPgListQuery *self, const WdPgBounds *bounds, const char *a, const char *b,
           guint stride)
{
  g_autofree char *order = wd_pg_list_order_by (self, bounds->ascending);
  g_autofree char *further = g_strdup_printf (
    "(%s, %s) %s (%s, %s)", self->keys[0].expression, self->keys[1].expression,
    bounds->ascending ? ">" : "<", a, b);
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s AS wd_key_0, %s AS wd_key_1, %s AS wd_beyond FROM %s",
                          self->keys[0].expression, self->keys[1].expression, bounds->beyond,
                          self->from);
  wd_pg_list_append_where (sql, self, further);
  g_string_append_printf (sql, "%s OFFSET %u LIMIT 1", order, stride - 1);
  return g_string_free (sql, FALSE);
}

/**
 * wd_pg_list_query_skip:
 * @self: a list with keys
 * @stretch: of which part; not backwards
 * @stride: of how many rows to give one
 * @n_marks: how many marks at most
 * @params: (out) (transfer full) (nullable): the values
 *
 * Returns: (transfer full) (nullable): SQL that gives the keys of every @stride-th row of the
 *   stretch, and after them its number, from 1; %NULL where no index can be skipped through
 */
char *
wd_pg_list_query_skip (WdPgListQuery *self, const WdPgStretch *stretch, guint stride,
                       guint n_marks, WdPgParams **params)
{
  WdPgBounds bounds = { FALSE, NULL, NULL };
  g_autofree char *a = NULL, *b = NULL, *first = NULL, *next = NULL;
  char *sql;

  g_return_val_if_fail (self != NULL && self->n_keys > 0, NULL);
  g_return_val_if_fail (stride > 0 && n_marks > 0 && !stretch->backwards, NULL);

  *params = NULL;
  if (!self->one_index || !wd_pg_list_can_compare_rows (self, stretch))
    return NULL;
  *params = wd_pg_list_copy_params (self->params);
  wd_pg_list_find_bounds (self, &(WdPgStretch) { NULL, stretch->until, FALSE }, *params, &bounds);
  a = g_strdup_printf ("$%u", wd_pg_params_text (*params, g_ptr_array_index (stretch->after, 0)));
  b = g_strdup_printf ("$%u", wd_pg_params_text (*params, g_ptr_array_index (stretch->after, 1)));
  first = make_skip (self, &bounds, a, b, stride);
  next = make_skip (self, &bounds, "mark.wd_key_0", "mark.wd_key_1", stride);
  sql = g_strdup_printf (
    "WITH RECURSIVE mark AS ((SELECT first.*, 1 AS wd_step FROM (%s) AS first) UNION ALL"
    " SELECT next.*, mark.wd_step + 1 FROM mark, LATERAL (%s) AS next"
    " WHERE mark.wd_step < %u AND NOT mark.wd_beyond)"
    " SELECT wd_key_0, wd_key_1, wd_step::bigint * %u AS wd_number FROM mark WHERE NOT wd_beyond"
    " ORDER BY wd_step", first, next, n_marks, stride);
  wd_pg_bounds_clear (&bounds);
  return sql;
}

/**
 * wd_pg_list_query_marks:
 * @self: a list with keys
 * @stretch: of which part; not backwards
 * @stride: of how many rows to give one
 * @limit: rows to pass at most
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that gives the keys of every @stride-th row of the stretch, and of
 *   the last one passed; after the keys comes its number, from 1
 */
char *
wd_pg_list_query_marks (WdPgListQuery *self, const WdPgStretch *stretch, guint stride, guint limit,
                        WdPgParams **params)
{
  WdPgBounds bounds = { FALSE, NULL, NULL };
  g_autofree char *page = NULL;
  g_autofree char *order = NULL;
  g_autoptr (GString) keys = g_string_new (NULL);
  char *sql;

  g_return_val_if_fail (self != NULL && self->n_keys > 0, NULL);
  g_return_val_if_fail (stride > 0 && !stretch->backwards, NULL);

  *params = wd_pg_list_copy_params (self->params);
  wd_pg_list_find_bounds (self, stretch, *params, &bounds);
  page = wd_pg_list_make_page (self, "", &bounds, limit);
  order = wd_pg_list_order_by (self, bounds.ascending);
  for (guint i = 0; i < self->n_keys; i++)
    g_string_append_printf (keys, "wd_key_%u, ", i);
  sql = g_strdup_printf (
    "SELECT %swd_number FROM (SELECT %srow_number() OVER rows AS wd_number,"
    " lead(FALSE, 1, TRUE) OVER rows AS wd_last FROM (%s) AS page WHERE NOT wd_beyond"
    " WINDOW rows AS (%s)) AS numbered WHERE wd_number %% %u = 0 OR wd_last ORDER BY wd_number",
    keys->str, keys->str, page, order, stride);
  wd_pg_bounds_clear (&bounds);
  return sql;
}
