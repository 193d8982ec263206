/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A search without an index reads rows in the order of the list, a bounded number at a time, and
 * keeps those that match. So each statement takes about as long as the one before it, whatever is
 * searched for; what was looked at is known; and the next one goes on there. One statement gives
 * both, the rows that match and the last that was looked at, since between two of them rows may
 * come and go. */

#include "postgres/wd-pg-list-query-private.h"

#include <string.h>

/* "j" of "public.job_logs AS j" */
static const char *
get_alias (WdPgListQuery *self)
{
  return strrchr (self->from, ' ') + 1;
}

/* Parameters that no statement uses have no type: so many of the first. */
static WdPgParams *
copy_params (WdPgParams *params, guint n)
{
  WdPgParams *copy = wd_pg_params_new ();

  for (guint i = 0; i < n; i++)
    wd_pg_params_text (copy, wd_pg_params_get_values (params)[i]);
  return copy;
}

/* Where reading begins: by one comparison of rows where that is possible, which reads an index from
 * there on without a branch for each key. */
static void
find_bounds (WdPgListQuery *self, const WdPgStretch *stretch, WdPgParams *params,
             WdPgBounds *bounds)
{
  guint a, b;

  if (!wd_pg_list_can_compare_rows (self, stretch))
    {
      wd_pg_list_find_bounds (self, stretch, params, bounds);
      return;
    }
  wd_pg_list_find_bounds (self, &(WdPgStretch) { NULL, stretch->until, FALSE }, params, bounds);
  a = wd_pg_params_text (params, g_ptr_array_index (stretch->after, 0));
  b = wd_pg_params_text (params, g_ptr_array_index (stretch->after, 1));
  bounds->begin = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (bounds->begin,
                   g_strdup_printf ("(%s, %s) %s ($%u, $%u)", self->keys[0].expression,
                                    self->keys[1].expression, bounds->ascending ? ">" : "<", a, b));
}

/* The next @n_rows rows of the scope, whether or not they match. */
static char *
make_slice (WdPgListQuery *self, const char *select, const WdPgBounds *bounds, guint n_rows)
{
  g_autoptr (GString) scope = g_string_new (self->scope);
  WdPgListQuery scoped = *self;

  scoped.conditions = scope;
  return wd_pg_list_make_page (&scoped, select, bounds, n_rows);
}

/* A slice whole, and its keys alone, which an index has without looking at the rows. */
static void
make_twice (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows, WdPgParams *params,
            char **rows, char **keys)
{
  g_autofree char *whole = g_strdup_printf ("%s.*", get_alias (self));
  WdPgBounds bounds = { FALSE, NULL, NULL };

  find_bounds (self, stretch, params, &bounds);
  *rows = make_slice (self, whole, &bounds, n_rows);
  *keys = make_slice (self, "", &bounds, n_rows);
  wd_pg_bounds_clear (&bounds);
}

static void
append_keys (GString *sql, WdPgListQuery *self)
{
  for (guint i = 0; i < self->n_keys; i++)
    g_string_append_printf (sql, "wd_key_%u, ", i);
}

/* What remains of the conditions beside the scope is all of them: to test those of the scope again
 * costs nothing. */
static const char *
get_conditions (WdPgListQuery *self)
{
  return self->conditions->len > 0 ? self->conditions->str : "TRUE";
}

/**
 * wd_pg_list_query_end_scope:
 * @self: a list that has only those conditions yet that an index in its order knows
 *
 * Those that follow are tested on each row.
 */
void
wd_pg_list_query_end_scope (WdPgListQuery *self)
{
  g_return_if_fail (self != NULL && self->scope == NULL);

  self->in_order = TRUE;
  self->scope = g_strdup (self->conditions->str);
  self->n_scope_params = wd_pg_params_get_length (self->params);
}

/**
 * wd_pg_list_query_explain_scope:
 * @self: a list with a scope
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that asks the planner how many rows there are to look at
 */
char *
wd_pg_list_query_explain_scope (WdPgListQuery *self, WdPgParams **params)
{
  g_return_val_if_fail (self != NULL && self->in_order, NULL);

  *params = copy_params (self->params, self->n_scope_params);
  return g_strdup_printf ("EXPLAIN (FORMAT JSON) SELECT FROM %s%s%s", self->from,
                          *self->scope != '\0' ? " WHERE " : "", self->scope);
}

/**
 * wd_pg_list_query_scope_top:
 * @self: a list with a scope
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that gives the keys of the first row there is to look at
 */
char *
wd_pg_list_query_scope_top (WdPgListQuery *self, WdPgParams **params)
{
  WdPgBounds bounds = { self->ascending, NULL, (char *) "FALSE" };

  g_return_val_if_fail (self != NULL && self->in_order, NULL);

  *params = copy_params (self->params, self->n_scope_params);
  return make_slice (self, "", &bounds, 1);
}

/**
 * wd_pg_list_query_slice:
 * @self: a list with a scope
 * @stretch: of which part; not backwards
 * @n_rows: how many rows to look at, at most
 * @limit: how many that match to give, at most
 * @n_columns: how many columns are selected
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that gives what wd_pg_list_query_page() does, and a last column
 *   that is true for one row only: the last that was looked at, of which only the keys are given,
 *   where there were @n_rows
 */
char *
wd_pg_list_query_slice (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows, guint limit,
                        guint n_columns, WdPgParams **params)
{
  g_autofree char *rows = NULL, *keys = NULL;
  g_autoptr (GString) sql = g_string_new ("(SELECT ");

  g_return_val_if_fail (self != NULL && self->in_order && !stretch->backwards, NULL);

  *params = wd_pg_list_copy_params (self->params);
  make_twice (self, stretch, n_rows, *params, &rows, &keys);
  g_string_append_printf (sql, "%s, ", self->select);
  append_keys (sql, self);
  g_string_append_printf (sql, "wd_beyond, FALSE AS wd_end FROM (%s) AS %s WHERE wd_beyond OR (%s)"
                               " LIMIT %u) UNION ALL (SELECT ", rows, get_alias (self),
                          get_conditions (self), limit);
  for (guint i = 0; i < n_columns; i++)
    g_string_append (sql, "NULL, ");
  append_keys (sql, self);
  g_string_append_printf (sql, "wd_beyond, TRUE FROM (%s) AS passed OFFSET %u LIMIT 1)", keys,
                          n_rows - 1);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * wd_pg_list_query_slice_count:
 * @self: a list with a scope
 * @stretch: of which part; not backwards
 * @n_rows: how many rows to look at, at most
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that gives one row for the rows looked at: how many match, then the
 *   keys of the last one where there were @n_rows, else nulls
 */
char *
wd_pg_list_query_slice_count (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows,
                              WdPgParams **params)
{
  g_autofree char *rows = NULL, *keys = NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT counted.n, ");

  g_return_val_if_fail (self != NULL && self->in_order && !stretch->backwards, NULL);

  *params = wd_pg_list_copy_params (self->params);
  make_twice (self, stretch, n_rows, *params, &rows, &keys);
  append_keys (sql, self);
  g_string_append_printf (sql, "last.wd_beyond FROM (SELECT count(*) AS n FROM (%s) AS %s"
                               " WHERE NOT wd_beyond AND (%s)) AS counted LEFT JOIN"
                               " (SELECT * FROM (%s) AS passed OFFSET %u LIMIT 1) AS last ON TRUE",
                          rows, get_alias (self), get_conditions (self), keys, n_rows - 1);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/**
 * wd_pg_list_query_scope_count:
 * @self: a list with a scope
 * @stretch: of which part; not backwards
 * @n_rows: how many rows it has at most
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that counts the rows there, whether or not they match
 */
char *
wd_pg_list_query_scope_count (WdPgListQuery *self, const WdPgStretch *stretch, guint n_rows,
                              WdPgParams **params)
{
  g_autofree char *keys = NULL;
  WdPgBounds bounds = { FALSE, NULL, NULL };

  g_return_val_if_fail (self != NULL && self->in_order && !stretch->backwards, NULL);

  *params = copy_params (self->params, self->n_scope_params);
  find_bounds (self, stretch, *params, &bounds);
  keys = make_slice (self, "", &bounds, n_rows);
  wd_pg_bounds_clear (&bounds);
  return g_strdup_printf ("SELECT count(*) FROM (%s) AS passed WHERE NOT wd_beyond", keys);
}

/**
 * wd_pg_list_query_find:
 * @self: a list
 * @stretch: of which part; not backwards
 * @limit: rows at most
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL that gives what wd_pg_list_query_page() does by finding all rows
 *   that match first and then sorting them, which is the quicker way when they are few; a last
 *   column says how many there are, in a stretch that begins at the beginning, and is null else
 */
char *
wd_pg_list_query_find (WdPgListQuery *self, const WdPgStretch *stretch, guint limit,
                       WdPgParams **params)
{
  g_autofree char *order = NULL;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  const char *alias = get_alias (self);
  WdPgBounds bounds = { FALSE, NULL, NULL };

  g_return_val_if_fail (self != NULL && !stretch->backwards, NULL);

  *params = wd_pg_list_copy_params (self->params);
  wd_pg_list_find_bounds (self, stretch, *params, &bounds);
  g_string_append_printf (sql, "%s, ", self->select);
  for (guint i = 0; i < self->n_keys; i++)
    g_string_append_printf (sql, "%s AS wd_key_%u, ", self->keys[i].expression, i);
  /* The condition behind a fence: no plan may read the rows in their order to find these. */
  g_string_append_printf (sql, "%s AS wd_beyond, %s AS wd_total FROM (SELECT * FROM %s WHERE %s"
                               " OFFSET 0) AS %s", bounds.beyond,
                          bounds.begin == NULL ? "count(*) OVER ()" : "NULL::bigint", self->from,
                          get_conditions (self), alias);
  for (guint i = 0; bounds.begin != NULL && i < bounds.begin->len; i++)
    g_string_append_printf (sql, "%s(%s)", i > 0 ? " OR " : " WHERE ",
                            (const char *) bounds.begin->pdata[i]);
  order = wd_pg_list_order_by (self, bounds.ascending);
  g_string_append_printf (sql, "%s LIMIT %u", order, limit);
  wd_pg_bounds_clear (&bounds);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}
