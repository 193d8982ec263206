/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Redis' addresses: `redis://`, `rediss://` for TLS, `redis+unix://` for a socket. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "session/wd-address.h"

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("The address of Redis cannot be read: %s"), reason);
  return FALSE;
}

static gboolean
take_host (WdAddress *self, const char *text, GError **error)
{
  const char *end = *text == '[' ? strchr (text, ']') : text + strcspn (text, ":");
  g_autofree char *host = NULL;

  if (end == NULL || (*text == '[' && end[1] != '\0' && end[1] != ':'))
    return refuse (error, _("an IPv6 address stands in brackets"));
  host = *text == '[' ? g_strndup (text + 1, end - text - 1)
                      : g_uri_unescape_segment (text, end, NULL);
  if (host == NULL)
    return refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
  end += *text == '[';
  wd_address_set (self, WD_ADDRESS_HOST, host);
  wd_address_set (self, WD_ADDRESS_PORT, *end == ':' ? end + 1 : "");
  return TRUE;
}

static gboolean
take_path (WdAddress *self, const char *path, gsize length, gboolean is_unix, GError **error)
{
  g_autofree char *decoded = g_uri_unescape_segment (path, path + length, NULL);

  if (decoded == NULL)
    return refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
  if (is_unix)
    wd_address_set (self, WD_ADDRESS_HOST, decoded);
  else if (*decoded == '/')
    wd_address_set (self, WD_ADDRESS_DATABASE, decoded + 1);
  return TRUE;
}

static void
take_query (WdAddress *self, const char *query)
{
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);

  for (char **parameter = parameters; *parameter != NULL; parameter++)
    if (g_str_has_prefix (*parameter, "db="))
      wd_address_set (self, WD_ADDRESS_DATABASE, *parameter + strlen ("db="));
    else if (**parameter != '\0')
      g_ptr_array_add (self->rest, g_strdup (*parameter));
}

/* Returns: (transfer none) (nullable): what stands behind the scheme */
static const char *
take_scheme (WdAddress *self, const char *text, gboolean *is_unix)
{
  static const char *const schemes[] = { "redis://", "rediss://", "redis+unix://", "unix://" };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_has_prefix (text, schemes[i]))
      {
        *is_unix = i >= 2;
        wd_address_set (self, WD_ADDRESS_TLS, i == 1 ? "on" : "");
        return text + strlen (schemes[i]);
      }
  return NULL;
}

/**
 * wd_address_parse_redis:
 * @text: a URL without a password
 * @error: %WD_ERROR_INVALID_ARGUMENT, which repeats nothing of @text
 *
 * Returns: (transfer full) (nullable): its parts
 */
WdAddress *
wd_address_parse_redis (const char *text, GError **error)
{
  g_autoptr (WdAddress) self = wd_address_new ();
  g_autofree char *hosts = NULL;
  g_autofree char *user = NULL;
  const char *authority, *path, *query, *at;
  gboolean is_unix = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  authority = take_scheme (self, text, &is_unix);
  if (authority == NULL || strchr (text, '#') != NULL)
    {
      refuse (error, _("it is redis://USER@HOST:PORT/NUMBER, rediss://… with TLS or "
                       "redis+unix:///SOCKET"));
      return NULL;
    }
  path = authority + strcspn (authority, "/?");
  query = path + strcspn (path, "?");
  at = g_strrstr_len (authority, path - authority, "@");
  if (at != NULL && (memchr (authority, '@', at - authority) != NULL
                     || memchr (authority, ':', at - authority) != NULL))
    {
      refuse (error, _("special characters in a user or a password are encoded, “@” as %40 and “/” "
                       "as %2F"));
      return NULL;
    }
  user = at != NULL ? g_uri_unescape_segment (authority, at, NULL) : g_strdup ("");
  if (user == NULL)
    {
      refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
      return NULL;
    }
  wd_address_set (self, WD_ADDRESS_USER, user);
  hosts = g_strndup (at != NULL ? at + 1 : authority, path - (at != NULL ? at + 1 : authority));
  if (is_unix && *hosts != '\0')
    {
      refuse (error, _("a socket is an absolute path, as in redis+unix:///run/redis.sock"));
      return NULL;
    }
  if ((!is_unix && !take_host (self, hosts, error))
      || !take_path (self, path, query - path, is_unix, error))
    return NULL;
  if (*query != '\0')
    take_query (self, query + 1);
  return g_steal_pointer (&self);
}

/**
 * wd_address_format_redis:
 * @self: an address
 *
 * Returns: (transfer full): it as a URL; a host that is a path makes it that of a socket
 */
char *
wd_address_format_redis (const WdAddress *self)
{
  const char *host = self->fields[WD_ADDRESS_HOST];
  const char *database = self->fields[WD_ADDRESS_DATABASE];
  gboolean is_unix = *host == '/';
  g_autofree char *user = g_uri_escape_string (self->fields[WD_ADDRESS_USER], NULL, TRUE);
  g_autofree char *place = g_uri_escape_string (host, is_unix ? "/" : NULL, TRUE);
  GString *url = g_string_new (is_unix ? "redis+unix://"
                                       : *self->fields[WD_ADDRESS_TLS] != '\0' ? "rediss://"
                                                                               : "redis://");

  if (*user != '\0')
    g_string_append_printf (url, "%s@", user);
  if (!is_unix && strchr (host, ':') != NULL)
    g_string_append_printf (url, "[%s]", host);
  else
    g_string_append (url, place);
  if (!is_unix && *self->fields[WD_ADDRESS_PORT] != '\0')
    g_string_append_printf (url, ":%s", self->fields[WD_ADDRESS_PORT]);
  if (*database != '\0')
    g_string_append_printf (url, is_unix ? "?db=%s" : "/%s", database);
  wd_address_append_rest (self, url, !is_unix || *database == '\0');
  return g_string_free (url, FALSE);
}

/**
 * wd_address_check_redis:
 * @self: an address
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether its parts can be used
 */
gboolean
wd_address_check_redis (const WdAddress *self, GError **error)
{
  const char *database = self->fields[WD_ADDRESS_DATABASE];

  if (!wd_address_check_port (self, "Redis", error))
    return FALSE;
  if (strchr (self->fields[WD_ADDRESS_HOST], ',') != NULL
      || strchr (self->fields[WD_ADDRESS_PORT], ',') != NULL)
    return refuse (error, _("it names several hosts"));
  if (*self->fields[WD_ADDRESS_HOST] == '\0')
    return refuse (error, _("it names no host"));
  if (*database != '\0' && !g_ascii_string_to_unsigned (database, 10, 0, G_MAXINT32, NULL, NULL))
    return refuse (error, _("a database of Redis is a number"));
  return TRUE;
}
