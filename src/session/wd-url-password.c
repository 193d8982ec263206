/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the password in an address, so that it goes into the keyring and not into a file. An
 * address is a URL, `scheme://user:password@host/path?password=…`, or libpq's conninfo,
 * `host=… password='…'`. Both are read as their owners read them; what cannot be told apart
 * from a password counts as one. */

#include "session/wd-url-password.h"

#include <string.h>

/* Secrets that libpq takes by name; the second unlocks a client key. */
static gboolean
is_secret_key (const char *key, gsize length)
{
  return (length == strlen ("password") && strncmp (key, "password", length) == 0)
         || (length == strlen ("sslpassword") && strncmp (key, "sslpassword", length) == 0);
}

static gboolean
is_password_key (const char *key, gsize length)
{
  return is_secret_key (key, length) && *key == 'p';
}

/* Copies `user[:password]@` of an authority without the password. */
static const char *
copy_userinfo (const char *authority, GString *out, char **password)
{
  gsize length = strcspn (authority, "/?#");
  const char *at = g_strrstr_len (authority, length, "@");
  const char *colon = at != NULL ? memchr (authority, ':', at - authority) : NULL;

  if (colon == NULL)
    return authority;
  g_string_append_len (out, authority, colon - authority);
  if (at > colon + 1)
    {
      *password = g_uri_unescape_segment (colon + 1, at, NULL);
      if (*password == NULL)
        *password = g_strndup (colon + 1, at - colon - 1);
    }
  return out->len > 0 && out->str[out->len - 1] == '/' ? at + 1 : at;
}

static char *
take_from_url (const char *url, const char *authority, char **password)
{
  g_autoptr (GString) out = g_string_new_len (url, authority - url);
  const char *rest = copy_userinfo (authority, out, password);
  gsize length = strcspn (rest, "?");
  g_auto (GStrv) parameters = NULL;
  char separator = '?';

  g_string_append_len (out, rest, length);
  if (rest[length] == '\0')
    return g_string_free (g_steal_pointer (&out), FALSE);
  parameters = g_strsplit (rest + length + 1, "&", -1);
  for (char **parameter = parameters; *parameter != NULL; parameter++)
    {
      gsize key = strcspn (*parameter, "=");

      if (is_password_key (*parameter, key) && (*parameter)[key] == '=')
        {
          g_free (*password);
          *password = g_uri_unescape_string (*parameter + key + 1, NULL);
          continue;
        }
      g_string_append_c (out, separator);
      g_string_append (out, *parameter);
      separator = '&';
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Reads one value of a conninfo as libpq does: quoted or up to a space, with backslashes. */
static const char *
read_value (const char *p, GString *value)
{
  gboolean quoted = *p == '\'';

  if (quoted)
    p++;
  for (; *p != '\0' && (quoted ? *p != '\'' : !g_ascii_isspace (*p)); p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p);
    }
  return quoted && *p != '\0' ? p + 1 : p;
}

/* Calls for each `key = value`: @out takes the text of all but the password. */
static gboolean
scan_conninfo (const char *conninfo, GString *out, char **password)
{
  gboolean secret = FALSE;

  for (const char *p = conninfo; *p != '\0';)
    {
      g_autoptr (GString) value = g_string_new (NULL);
      const char *key, *start = p;
      gsize length;

      key = p += strspn (p, " \t\r\n\f\v");
      length = strcspn (p, "= \t\r\n\f\v");
      p += length;
      p += strspn (p, " \t\r\n\f\v");
      if (*p == '=')
        {
          p += 1 + strspn (p + 1, " \t\r\n\f\v");
          p = read_value (p, value);
        }
      secret = secret || is_secret_key (key, length);
      if (is_password_key (key, length))
        {
          g_free (*password);
          *password = value->len > 0 ? g_strdup (value->str) : NULL;
        }
      else
        g_string_append_len (out, start, p - start);
    }
  return secret;
}

static const char *
find_authority (const char *url)
{
  const char *mark = strstr (url, "://");

  if (mark == NULL)
    return NULL;
  for (const char *p = url; p < mark; p++)
    if (!g_ascii_isalnum (*p) && *p != '+')
      return NULL;
  return mark + strlen ("://");
}

/**
 * wd_url_holds_password:
 * @url: (nullable): an address
 *
 * Returns: whether @url holds a password, or something that may be one: a password whose special
 *   characters are not percent-encoded ends up anywhere before the last `@`
 */
gboolean
wd_url_holds_password (const char *url)
{
  g_autoptr (GString) rest = g_string_new (NULL);
  g_autofree char *password = NULL;
  g_auto (GStrv) parameters = NULL;
  const char *authority, *query, *at, *colon;

  if (url == NULL)
    return FALSE;
  authority = find_authority (url);
  if (authority == NULL)
    return scan_conninfo (url, rest, &password);

  query = authority + strcspn (authority, "?");
  at = g_strrstr_len (authority, query - authority, "@");
  colon = memchr (authority, ':', query - authority);
  if (at != NULL && colon != NULL && colon < at)
    return TRUE;
  parameters = g_strsplit (*query != '\0' ? query + 1 : "", "&", -1);
  for (char **parameter = parameters; *parameter != NULL; parameter++)
    if (is_secret_key (*parameter, strcspn (*parameter, "=")))
      return TRUE;
  return FALSE;
}

/**
 * wd_url_take_password:
 * @url: an address
 * @password: (out) (transfer full) (nullable): the password in it, decoded; the last of several
 *
 * Returns: (transfer full): @url without it. wd_url_holds_password() is still true for what could
 *   not be told apart, and for a client key's passphrase: that is no address to save.
 */
char *
wd_url_take_password (const char *url, char **password)
{
  g_autoptr (GString) rest = NULL;
  const char *authority;

  g_return_val_if_fail (url != NULL && password != NULL, NULL);

  *password = NULL;
  authority = find_authority (url);
  if (authority != NULL)
    return take_from_url (url, authority, password);
  rest = g_string_new (NULL);
  scan_conninfo (url, rest, password);
  return g_strdup (g_strstrip (rest->str));
}
