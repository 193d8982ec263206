/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A cursor is where a page ended: the sort key of its last row, in the words of the server, and a
 * fingerprint of the list it belongs to. Opaque to everybody else, and no secret. Before base64url
 * it reads `1 FINGERPRINT` and for each value ` LENGTH:TEXT`, or ` -` for null. */

#include "postgres/wd-pg-cursor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

#define LENGTH_MAX (64 * 1024)

static GPtrArray *
refuse (GError **error)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("The cursor is damaged: use one as it was given, or start again from the "
                         "first page"));
  return NULL;
}

static guchar *
decode_url (const char *text, gsize *length)
{
  g_autoptr (GString) plain = g_string_new (text);

  for (gsize i = 0; i < plain->len; i++)
    {
      char c = plain->str[i];

      if (!g_ascii_isalnum (c) && c != '-' && c != '_')
        return NULL;
      plain->str[i] = c == '-' ? '+' : c == '_' ? '/' : c;
    }
  while (plain->len % 4 != 0)
    g_string_append_c (plain, '=');
  return g_base64_decode (plain->str, length);
}

/* Takes one value off @text; FALSE when it is damaged. */
static gboolean
take_value (const char **text, gsize *left, char **value)
{
  const char *p = *text;
  char *colon;
  guint64 length;

  *value = NULL;
  if (*left < 2 || *p++ != ' ')
    return FALSE;
  if (*p == '-')
    {
      *text += 2;
      *left -= 2;
      return TRUE;
    }
  if (!g_ascii_isdigit (*p))
    return FALSE;
  length = g_ascii_strtoull (p, &colon, 10);
  if (*colon != ':' || length > *left - (gsize) (colon + 1 - *text)
      || memchr (colon + 1, '\0', length) != NULL
      || !g_utf8_validate_len (colon + 1, length, NULL))
    return FALSE;
  *value = g_strndup (colon + 1, length);
  *left -= (gsize) (colon + 1 + length - *text);
  *text = colon + 1 + length;
  return TRUE;
}

/**
 * wd_pg_cursor_encode:
 * @fingerprint: of the list
 * @keys: (element-type utf8): the last row's keys, %NULL for null
 *
 * Returns: (transfer full): a cursor, of letters, digits, `-` and `_`
 */
char *
wd_pg_cursor_encode (const char *fingerprint, GPtrArray *keys)
{
  g_autoptr (GString) plain = g_string_new ("1 ");
  char *encoded;

  g_return_val_if_fail (fingerprint != NULL && keys != NULL, NULL);

  g_string_append (plain, fingerprint);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);

      if (key != NULL)
        g_string_append_printf (plain, " %" G_GSIZE_FORMAT ":%s", strlen (key), key);
      else
        g_string_append (plain, " -");
    }
  encoded = g_base64_encode ((const guchar *) plain->str, plain->len);
  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  return encoded;
}

/**
 * wd_pg_cursor_decode:
 * @cursor: any text
 * @fingerprint: of the list to go on with
 * @n_keys: how many keys that list has
 * @error: %WD_ERROR_INVALID_ARGUMENT for a damaged cursor, or one of another list
 *
 * Returns: (transfer full) (element-type utf8): the keys, %NULL for null; the last is not
 */
GPtrArray *
wd_pg_cursor_decode (const char *cursor, const char *fingerprint, guint n_keys, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *begin = g_strconcat ("1 ", fingerprint, NULL);
  g_autofree guchar *plain = NULL;
  const char *text;
  gsize left = 0;

  g_return_val_if_fail (cursor != NULL && fingerprint != NULL, NULL);

  if (strlen (cursor) <= LENGTH_MAX)
    plain = decode_url (cursor, &left);
  text = (const char *) plain;
  if (plain == NULL || left < 2 || memcmp (text, "1 ", 2) != 0)
    return refuse (error);
  if (left < strlen (begin) || memcmp (text, begin, strlen (begin)) != 0)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The cursor belongs to another list: sort, direction or filter are "
                             "not the same. Start again from the first page."));
      return NULL;
    }
  text += strlen (begin);
  left -= strlen (begin);
  while (left > 0)
    {
      char *value;

      if (!take_value (&text, &left, &value))
        return refuse (error);
      g_ptr_array_add (keys, value);
    }
  if (keys->len != n_keys || g_ptr_array_index (keys, n_keys - 1) == NULL)
    return refuse (error);
  return g_steal_pointer (&keys);
}
