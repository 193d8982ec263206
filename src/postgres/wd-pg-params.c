/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-params.h"

#include "postgres/wd-pg-time.h"

struct _WdPgParams {
  GPtrArray *values; /* (owned): text form of each value, NULL for null */
};

static guint
add (WdPgParams *self, char *value)
{
  g_ptr_array_add (self->values, value);
  return self->values->len;
}

/* Quoted always: then neither NULL, commas nor braces in an element mean anything. */
static void
append_element (GString *array, const char *value)
{
  if (value == NULL)
    {
      g_string_append (array, "NULL");
      return;
    }
  g_string_append_c (array, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (array, '\\');
      g_string_append_c (array, *p);
    }
  g_string_append_c (array, '"');
}

/**
 * wd_pg_params_new:
 *
 * Returns: (transfer full): no values yet
 */
WdPgParams *
wd_pg_params_new (void)
{
  WdPgParams *self = g_new0 (WdPgParams, 1);

  self->values = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * wd_pg_params_free:
 * @self: (transfer full) (nullable): parameters
 */
void
wd_pg_params_free (WdPgParams *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * wd_pg_params_text:
 * @self: the values so far
 * @value: (nullable): UTF-8, copied; %NULL for null
 *
 * Returns: the number to write after `$`, as each of these functions does
 */
guint
wd_pg_params_text (WdPgParams *self, const char *value)
{
  g_return_val_if_fail (self != NULL, 0);

  return add (self, g_strdup (value));
}

/**
 * wd_pg_params_int:
 * @self: parameters
 * @value: sent as text; the statement casts it
 *
 * Returns: its number, `$1` being 1
 */
guint
wd_pg_params_int (WdPgParams *self, gint64 value)
{
  g_return_val_if_fail (self != NULL, 0);

  return add (self, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

/**
 * wd_pg_params_bool:
 * @self: parameters
 * @value: sent as `true` or `false`; the statement casts it
 *
 * Returns: its number, `$1` being 1
 */
guint
wd_pg_params_bool (WdPgParams *self, gboolean value)
{
  g_return_val_if_fail (self != NULL, 0);

  return add (self, g_strdup (value ? "true" : "false"));
}

/**
 * wd_pg_params_time:
 * @self: the values so far
 * @value: a time, the infinities included; %WD_TIME_NONE for null
 *
 * Where the server infers `timestamp` without zone it takes the digits as they are: UTC.
 *
 * Returns: the number behind `$`
 */
guint
wd_pg_params_time (WdPgParams *self, WdTime value)
{
  g_return_val_if_fail (self != NULL, 0);

  return add (self, wd_pg_time_format (value));
}

/**
 * wd_pg_params_json:
 * @self: the values so far
 * @json: (nullable): a JSON document, copied
 *
 * Returns: its number, `$1` being 1
 */
guint
wd_pg_params_json (WdPgParams *self, const char *json)
{
  g_return_val_if_fail (self != NULL, 0);

  return add (self, g_strdup (json));
}

/**
 * wd_pg_params_text_array:
 * @self: the values so far
 * @values: (array length=n_values) (nullable): its elements, %NULL ones are null
 * @n_values: how many; 0 makes an empty array
 *
 * Returns: the number behind `$`
 */
guint
wd_pg_params_text_array (WdPgParams *self, const char *const *values, gsize n_values)
{
  GString *array;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (values != NULL || n_values == 0, 0);

  array = g_string_new ("{");
  for (gsize i = 0; i < n_values; i++)
    {
      if (i > 0)
        g_string_append_c (array, ',');
      append_element (array, values[i]);
    }
  g_string_append_c (array, '}');
  return add (self, g_string_free (array, FALSE));
}

/**
 * wd_pg_params_int_array:
 * @self: parameters
 * @values: (array length=n_values) (nullable): copied
 * @n_values: how many, may be none
 *
 * One parameter for all of them, to be cast to an array of numbers.
 *
 * Returns: its number, `$1` being 1
 */
guint
wd_pg_params_int_array (WdPgParams *self, const gint64 *values, gsize n_values)
{
  GString *array;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (values != NULL || n_values == 0, 0);

  array = g_string_new ("{");
  for (gsize i = 0; i < n_values; i++)
    g_string_append_printf (array, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", values[i]);
  g_string_append_c (array, '}');
  return add (self, g_string_free (array, FALSE));
}

/**
 * wd_pg_params_get_length:
 * @self: parameters
 *
 * Returns: how many there are, which is the number of the last one
 */
guint
wd_pg_params_get_length (WdPgParams *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->values->len;
}

/**
 * wd_pg_params_get_values:
 * @self: the values
 *
 * Returns: (transfer none): wd_pg_params_get_length() texts, %NULL where null; until the next add
 */
const char *const *
wd_pg_params_get_values (WdPgParams *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->values->pdata;
}
