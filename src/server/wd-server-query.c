/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-query.h"

#include <string.h>

#include "base/wd-error.h"

#define MOST 64

struct _WdServerQuery {
  GHashTable *values;   /* (owned) (element-type utf8 utf8) */
  char *field;          /* (owned) (nullable): what the last error is about */
};

/**
 * wd_server_query_free:
 * @self: (transfer full): a query
 */
void
wd_server_query_free (WdServerQuery *self)
{
  g_hash_table_unref (self->values);
  g_free (self->field);
  g_free (self);
}

/**
 * wd_server_query_refuse:
 * @self: a query
 * @name: what is wrong
 * @error: set to %WD_ERROR_INVALID_ARGUMENT
 * @format: in which way
 * @...: for @format
 *
 * Returns: %FALSE
 */
gboolean
wd_server_query_refuse (WdServerQuery *self, const char *name, GError **error, const char *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, text);
  g_free (self->field);
  self->field = g_strdup (name);
  return FALSE;
}

/* Returns: (transfer full) (nullable): what an escaped text says */
static char *
decode (const char *text, gsize length)
{
  g_autofree char *plain = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (plain, "+", ' ');
  decoded = g_uri_unescape_string (plain, NULL);
  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

static gboolean
add (WdServerQuery *self, const char *part, GError **error)
{
  const char *equals = strchr (part, '=');
  g_autofree char *name = decode (part, equals != NULL ? (gsize) (equals - part) : strlen (part));
  g_autofree char *value = equals != NULL ? decode (equals + 1, strlen (equals + 1))
                                          : g_strdup ("");

  if (name == NULL || value == NULL)
    return wd_server_query_refuse (self, name, error, "The query is not percent-encoded UTF-8");
  if (g_hash_table_contains (self->values, name))
    return wd_server_query_refuse (self, name, error, "%s is there twice", name);
  g_hash_table_insert (self->values, g_steal_pointer (&name), g_steal_pointer (&value));
  return TRUE;
}

/**
 * wd_server_query_parse:
 * @query: (nullable): as it was sent
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): it, read
 */
WdServerQuery *
wd_server_query_parse (const char *query, GError **error)
{
  g_autoptr (WdServerQuery) self = g_new0 (WdServerQuery, 1);
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", MOST + 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (g_strv_length (parts) > MOST)
    {
      wd_server_query_refuse (self, NULL, error, "The query has too many parts");
      return NULL;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0' && !add (self, parts[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * wd_server_query_of_values:
 * @values: (element-type utf8 utf8): values by name
 *
 * Returns: (transfer full): a query for the same
 */
WdServerQuery *
wd_server_query_of_values (GHashTable *values)
{
  WdServerQuery *self = g_new0 (WdServerQuery, 1);

  self->values = g_hash_table_ref (values);
  return self;
}

/**
 * wd_server_query_check_names:
 * @self: a query
 * @known: (array zero-terminated=1): what it may name
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_server_query_check_names (WdServerQuery *self, const char *const *known, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      return wd_server_query_refuse (self, name, error, "%.60s means nothing here",
                                     (const char *) name);
  return TRUE;
}

/**
 * wd_server_query_get_field:
 * @self: a query
 *
 * Returns: (transfer none) (nullable): what the last error was about
 */
const char *
wd_server_query_get_field (WdServerQuery *self)
{
  return self->field;
}

/**
 * wd_server_query_get:
 * @self: a query
 * @name: of a part
 *
 * Returns: (transfer none) (nullable): its value; an empty one is as none
 */
const char *
wd_server_query_get (WdServerQuery *self, const char *name)
{
  const char *value = g_hash_table_lookup (self->values, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

/**
 * wd_server_query_get_int:
 * @self: a query
 * @name: of a part
 * @least: what it may be at least
 * @value: (inout): as it is where the part is not there
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_server_query_get_int (WdServerQuery *self, const char *name, gint64 least, gint64 *value,
                         GError **error)
{
  const char *text = wd_server_query_get (self, name);
  gint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, least, G_MAXINT32, &number, NULL))
    return wd_server_query_refuse (self, name, error, "%s must be a whole number from %d on",
                                   name, (int) least);
  *value = number;
  return TRUE;
}

/**
 * wd_server_query_get_time:
 * @self: a query
 * @name: of a part
 * @time: (inout): as it is where the part is not there; a date is its midnight in UTC
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_server_query_get_time (WdServerQuery *self, const char *name, WdTime *time, GError **error)
{
  g_autofree char *text = g_strdup (wd_server_query_get (self, name));
  char *space;

  if (text == NULL)
    return TRUE;
  /* A plus sign that was not escaped. */
  space = strlen (text) > 6 ? strchr (text + strlen (text) - 6, ' ') : NULL;
  if (space != NULL)
    *space = '+';
  if (wd_time_parse (text, FALSE, time, NULL))
    return TRUE;
  return wd_server_query_refuse (self, name, error,
                                 "%s must be a time such as 2026-01-31T12:00:00Z, or a date",
                                 name);
}
