/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The members of an object that somebody sent, who may mean no good: bounded, and never taken for
 * more than it says. Of a name that is there twice one program reads the first value and another
 * the last, so that is refused. */

#include "wire/wd-wire-body.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-json-text.h"

/* Of any text: strings are passed over as far as they are such. */
static gboolean
is_deeper (const char *json, guint max_depth)
{
  guint depth = 0;

  for (const char *p = json; *p != '\0'; p++)
    if (*p == '"')
      {
        for (p++; *p != '"' && *p != '\0'; p++)
          if (*p == '\\' && p[1] != '\0')
            p++;
        if (*p == '\0')
          return FALSE;
      }
    else if ((*p == '{' || *p == '[') && ++depth > max_depth)
      return TRUE;
    else if ((*p == '}' || *p == ']') && depth > 0)
      depth--;
  return FALSE;
}

static gboolean
check (const char *json, gsize length, guint max_depth, GError **error)
{
  const char *problem = NULL;

  if (strlen (json) != length || !g_utf8_validate (json, -1, NULL))
    problem = "it is not UTF-8";
  else if (is_deeper (json, max_depth))
    problem = "it is nested too deeply";
  else if (!wd_json_text_is_valid (json))
    problem = "it is not valid";
  else if (*wd_json_text_skip_space (json) != '{')
    problem = "it is not an object";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, "The JSON cannot be read: %s",
               problem);
  return FALSE;
}

/**
 * wd_wire_body_parse:
 * @json: text, with a zero byte behind it
 * @length: bytes of it
 * @max_depth: how deep values may be nested
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (element-type utf8 utf8): the members of the object @json is: JSON text
 *   by name
 */
GHashTable *
wd_wire_body_parse (const char *json, gsize length, guint max_depth, GError **error)
{
  g_autoptr (GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *p;

  g_return_val_if_fail (json != NULL, NULL);

  if (!check (json, length, max_depth, error))
    return NULL;
  p = wd_json_text_skip_space (wd_json_text_skip_space (json) + 1);
  while (*p != '}')
    {
      const char *name = p, *value;
      g_autofree char *key = NULL;

      p = wd_json_text_skip_value (p);
      key = wd_json_text_decode (name, (gsize) (p - name));
      value = wd_json_text_skip_space (wd_json_text_skip_space (p) + 1);
      p = wd_json_text_skip_value (value);
      if (g_hash_table_contains (members, key))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, "%s is there twice", key);
          return NULL;
        }
      g_hash_table_insert (members, g_steal_pointer (&key),
                           g_strndup (value, (gsize) (p - value)));
      p = wd_json_text_skip_space (p);
      if (*p == ',')
        p = wd_json_text_skip_space (p + 1);
    }
  return g_steal_pointer (&members);
}
