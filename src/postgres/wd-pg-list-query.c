/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages come by keyset: what follows a row is asked for by that row's key, so the thousandth page
 * costs what the first does. The rows after (a, b, c) are those with a and b the same and a
 * further c, then those with a the same and a further b, then those with a further a. Each of
 * these is a branch of its own, since one condition with OR would make the server read an index
 * from its beginning. What is "further" than a null depends on the direction: nulls are the
 * greatest. */

#include "postgres/wd-pg-list-query-private.h"

#include <string.h>

/* A place in a list: the keys of a row as numbers of parameters, 0 for a null. */
typedef struct {
  guint numbers[WD_PG_LIST_MAX_KEYS];
} Place;

char *
wd_pg_list_order_by (WdPgListQuery *self, gboolean ascending)
{
  GString *order = g_string_new (" ORDER BY ");

  for (guint i = 0; i < self->n_keys; i++)
    g_string_append_printf (order, "%swd_key_%u %s", i > 0 ? ", " : "", i,
                            ascending ? "ASC" : "DESC");
  return g_string_free (order, FALSE);
}

void
wd_pg_list_append_where (GString *sql, WdPgListQuery *self, const char *further)
{
  if (self->conditions->len > 0)
    g_string_append_printf (sql, " WHERE %s", self->conditions->str);
  if (further != NULL)
    g_string_append_printf (sql, "%s%s", self->conditions->len > 0 ? " AND " : " WHERE ", further);
}

/* The rows that agree with @place in the keys before @level and lie further in that one. */
static void
add_further_in (GPtrArray *conditions, WdPgListQuery *self, const Place *place, guint level,
                gboolean ascending, gboolean inclusive)
{
  const char *key = self->keys[level].expression;
  g_autoptr (GString) same = g_string_new (NULL);

  for (guint i = 0; i < level; i++)
    if (place->numbers[i] == 0)
      g_string_append_printf (same, "%s IS NULL AND ", self->keys[i].expression);
    else
      g_string_append_printf (same, "%s = $%u AND ", self->keys[i].expression, place->numbers[i]);

  if (place->numbers[level] != 0)
    g_ptr_array_add (conditions,
                     g_strdup_printf ("%s%s %s%s $%u", same->str, key, ascending ? ">" : "<",
                                      inclusive ? "=" : "", place->numbers[level]));
  else if (!ascending)
    g_ptr_array_add (conditions, g_strdup_printf ("%s%s IS NOT NULL", same->str, key));
  if (ascending && self->keys[level].nullable && place->numbers[level] != 0)
    g_ptr_array_add (conditions, g_strdup_printf ("%s%s IS NULL", same->str, key));
}

/* Returns: (transfer full): conditions of which a row fulfils one if it comes after @place; or is
 * that row itself, if @inclusive */
static GPtrArray *
further_than (WdPgListQuery *self, const Place *place, gboolean ascending, gboolean inclusive)
{
  GPtrArray *conditions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = self->n_keys; i > 0; i--)
    add_further_in (conditions, self, place, i - 1, ascending, inclusive && i == self->n_keys);
  return conditions;
}

static Place
add_place (WdPgListQuery *self, GPtrArray *keys, WdPgParams *params)
{
  Place place = { { 0 } };

  for (guint i = 0; i < self->n_keys; i++)
    if (g_ptr_array_index (keys, i) != NULL)
      place.numbers[i] = wd_pg_params_text (params, g_ptr_array_index (keys, i));
  return place;
}

void
wd_pg_list_find_bounds (WdPgListQuery *self, const WdPgStretch *stretch,
                         WdPgParams *params, WdPgBounds *bounds)
{
  GPtrArray *begin = stretch->backwards ? stretch->until : stretch->after;
  GPtrArray *end = stretch->backwards ? stretch->after : stretch->until;
  g_autoptr (GString) beyond = g_string_new (NULL);

  bounds->ascending = self->ascending != stretch->backwards;
  if (begin != NULL)
    {
      Place place = add_place (self, begin, params);

      bounds->begin = further_than (self, &place, bounds->ascending, stretch->backwards);
    }
  if (end != NULL)
    {
      Place place = add_place (self, end, params);
      g_autoptr (GPtrArray) further = further_than (self, &place, bounds->ascending,
                                                    stretch->backwards);

      for (guint i = 0; i < further->len; i++)
        g_string_append_printf (beyond, "%s(%s)", i > 0 ? " OR " : "",
                                (const char *) further->pdata[i]);
    }
  bounds->beyond = beyond->len > 0 ? g_strdup_printf ("(%s) IS TRUE", beyond->str)
                                   : g_strdup ("FALSE");
}

static char *
make_branch (WdPgListQuery *self, const char *select, const WdPgBounds *bounds, const char *further,
             guint limit)
{
  g_autofree char *order = wd_pg_list_order_by (self, bounds->ascending);
  GString *sql = g_string_new ("SELECT ");

  g_string_append (sql, select);
  for (guint i = 0; i < self->n_keys; i++)
    g_string_append_printf (sql, "%s%s AS wd_key_%u", i > 0 || *select != '\0' ? ", " : "",
                            self->keys[i].expression, i);
  g_string_append_printf (sql, ", %s AS wd_beyond FROM %s", bounds->beyond, self->from);
  wd_pg_list_append_where (sql, self, further);
  g_string_append_printf (sql, "%s LIMIT %u", order, limit);
  return g_string_free (sql, FALSE);
}

void
wd_pg_bounds_clear (WdPgBounds *bounds)
{
  g_clear_pointer (&bounds->begin, g_ptr_array_unref);
  g_clear_pointer (&bounds->beyond, g_free);
}

char *
wd_pg_list_make_page (WdPgListQuery *self, const char *select, const WdPgBounds *bounds,
                      guint limit)
{
  g_autofree char *order = wd_pg_list_order_by (self, bounds->ascending);
  GString *sql;

  if (bounds->begin == NULL)
    return make_branch (self, select, bounds, NULL, limit);
  if (bounds->begin->len == 1)
    return make_branch (self, select, bounds, bounds->begin->pdata[0], limit);
  sql = g_string_new ("SELECT * FROM (");
  for (guint i = 0; i < bounds->begin->len; i++)
    {
      g_autofree char *branch = make_branch (self, select, bounds, bounds->begin->pdata[i], limit);

      g_string_append_printf (sql, "%s(%s)", i > 0 ? " UNION ALL " : "", branch);
    }
  g_string_append_printf (sql, ") AS page%s LIMIT %u", order, limit);
  return g_string_free (sql, FALSE);
}

WdPgParams *
wd_pg_list_copy_params (WdPgParams *params)
{
  WdPgParams *copy = wd_pg_params_new ();

  for (guint i = 0; i < wd_pg_params_get_length (params); i++)
    wd_pg_params_text (copy, wd_pg_params_get_values (params)[i]);
  return copy;
}

/**
 * wd_pg_list_query_new:
 * @from: (not transferred): a table with its alias, of static storage
 *
 * Returns: (transfer full): a list of everything, still without an order
 */
WdPgListQuery *
wd_pg_list_query_new (const char *from)
{
  WdPgListQuery *self = g_new0 (WdPgListQuery, 1);

  self->from = from;
  self->conditions = g_string_new (NULL);
  self->params = wd_pg_params_new ();
  return self;
}

/**
 * wd_pg_list_query_free:
 * @self: (transfer full) (nullable): a query
 */
void
wd_pg_list_query_free (WdPgListQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->select);
  g_free (self->scope);
  g_string_free (self->conditions, TRUE);
  wd_pg_params_free (self->params);
  for (guint i = 0; i < self->n_keys; i++)
    g_free (self->keys[i].expression);
  g_free (self);
}

/**
 * wd_pg_list_query_add_key:
 * @self: a list
 * @expression: what to sort by next
 * @nullable: whether it may be null
 */
void
wd_pg_list_query_add_key (WdPgListQuery *self, const char *expression, gboolean nullable)
{
  g_return_if_fail (self != NULL && self->n_keys < WD_PG_LIST_MAX_KEYS);

  self->keys[self->n_keys].expression = g_strdup (expression);
  self->keys[self->n_keys++].nullable = nullable;
}

/**
 * wd_pg_list_query_where:
 * @self: a list
 * @format: a further condition; values only as numbers of its parameters
 * @...: for @format
 */
void
wd_pg_list_query_where (WdPgListQuery *self, const char *format, ...)
{
  va_list args;

  g_return_if_fail (self != NULL);

  if (self->conditions->len > 0)
    g_string_append (self->conditions, " AND ");
  va_start (args, format);
  g_string_append_vprintf (self->conditions, format, args);
  va_end (args);
}

/**
 * wd_pg_list_query_where_any:
 * @self: a list
 * @column: (nullable): a column; %NULL for one the table lacks, which no row can match
 * @words: (array zero-terminated=1) (nullable): one of which it is; none restricts nothing
 *
 * A single word is an equality: only that keeps the order of an index that goes on with others.
 */
void
wd_pg_list_query_where_any (WdPgListQuery *self, const char *column, char **words)
{
  g_return_if_fail (self != NULL);

  if (words == NULL || *words == NULL)
    return;
  if (column == NULL)
    wd_pg_list_query_where (self, "FALSE");
  else if (words[1] == NULL)
    wd_pg_list_query_where (self, "%s = $%u", column, wd_pg_params_text (self->params, *words));
  else
    wd_pg_list_query_where (self, "%s = ANY ($%u::text[])", column,
                            wd_pg_params_text_array (self->params, (const char *const *) words,
                                                     g_strv_length (words)));
}

/* One of @expressions is like @text, between what comes before and after it. */
static void
where_like (WdPgListQuery *self, const char *const *expressions, const char *before,
            const char *text)
{
  g_autoptr (GString) pattern = g_string_new (before);
  g_autoptr (GString) any = g_string_new (NULL);
  guint number;

  if (text == NULL || *text == '\0')
    return;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("%_\\", *p) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  number = wd_pg_params_text (self->params, pattern->str);
  for (gsize i = 0; expressions[i] != NULL; i++)
    g_string_append_printf (any, "%s%s ILIKE $%u", i > 0 ? " OR " : "", expressions[i], number);
  wd_pg_list_query_where (self, "(%s)", any->str);
}

/**
 * wd_pg_list_query_where_like:
 * @self: a list
 * @expressions: (array zero-terminated=1): texts to search
 * @text: (nullable): what one of them contains, in any case; %NULL or "" restricts nothing
 */
void
wd_pg_list_query_where_like (WdPgListQuery *self, const char *const *expressions, const char *text)
{
  g_return_if_fail (self != NULL);

  where_like (self, expressions, "%", text);
}

/**
 * wd_pg_list_query_where_prefix:
 * @self: a list
 * @expressions: (array zero-terminated=1): texts to search
 * @text: (nullable): how one of them begins, in any case; %NULL or "" restricts nothing
 */
void
wd_pg_list_query_where_prefix (WdPgListQuery *self, const char *const *expressions,
                               const char *text)
{
  g_return_if_fail (self != NULL);

  where_like (self, expressions, "", text);
}

/**
 * wd_pg_list_query_fingerprint:
 * @self: a list
 *
 * Returns: (transfer full): text that differs between lists of different filters or orders
 */
char *
wd_pg_list_query_fingerprint (WdPgListQuery *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *const *values;

  g_return_val_if_fail (self != NULL, NULL);

  values = wd_pg_params_get_values (self->params);
  g_checksum_update (checksum, (const guchar *) self->from, strlen (self->from) + 1);
  g_checksum_update (checksum, (const guchar *) self->conditions->str, self->conditions->len + 1);
  g_checksum_update (checksum, (const guchar *) (self->ascending ? "<" : ">"), 1);
  for (guint i = 0; i < self->n_keys; i++)
    g_checksum_update (checksum, (const guchar *) self->keys[i].expression,
                       strlen (self->keys[i].expression) + 1);
  for (guint i = 0; i < wd_pg_params_get_length (self->params); i++)
    g_checksum_update (checksum, (const guchar *) values[i], strlen (values[i]) + 1);
  return g_strndup (g_checksum_get_string (checksum), 16);
}

/**
 * wd_pg_list_query_page:
 * @self: a list with select and keys
 * @stretch: of which part
 * @limit: rows at most
 * @params: (out) (transfer full): the values
 *
 * Returns: (transfer full): SQL of one page, in the order in which it is read; after the selected
 *   columns come the keys, then whether the row lies beyond the stretch, as all after it do
 */
char *
wd_pg_list_query_page (WdPgListQuery *self, const WdPgStretch *stretch, guint limit,
                       WdPgParams **params)
{
  WdPgBounds bounds = { FALSE, NULL, NULL };
  char *sql;

  g_return_val_if_fail (self != NULL && self->select != NULL && self->n_keys > 0, NULL);

  *params = wd_pg_list_copy_params (self->params);
  wd_pg_list_find_bounds (self, stretch, *params, &bounds);
  sql = wd_pg_list_make_page (self, self->select, &bounds, limit);
  wd_pg_bounds_clear (&bounds);
  return sql;
}

/**
 * wd_pg_list_query_count:
 * @self: a list
 * @limit: where to stop counting
 *
 * Returns: (transfer full): SQL that counts its rows; its values are the list's
 */
char *
wd_pg_list_query_count (WdPgListQuery *self, guint limit)
{
  GString *sql;

  g_return_val_if_fail (self != NULL, NULL);

  sql = g_string_new ("SELECT count(*) FROM (SELECT FROM ");
  g_string_append (sql, self->from);
  wd_pg_list_append_where (sql, self, NULL);
  g_string_append_printf (sql, " LIMIT %u) AS bounded", limit);
  return g_string_free (sql, FALSE);
}

/**
 * wd_pg_list_query_explain:
 * @self: a list
 *
 * Returns: (transfer full): SQL that asks the planner how many rows it expects
 */
char *
wd_pg_list_query_explain (WdPgListQuery *self)
{
  GString *sql;

  g_return_val_if_fail (self != NULL, NULL);

  sql = g_string_new ("EXPLAIN (FORMAT JSON) SELECT FROM ");
  g_string_append (sql, self->from);
  wd_pg_list_append_where (sql, self, NULL);
  return g_string_free (sql, FALSE);
}
