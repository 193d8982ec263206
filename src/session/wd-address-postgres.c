/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* PostgreSQL's addresses as libpq reads them: a URI, `key=value` pairs, or a database name. They
 * are written as a URI. No message repeats a part of what was typed: it may be a password. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "session/wd-address.h"

static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("The address of the PostgreSQL database cannot be read: %s"), reason);
  return FALSE;
}

/* What is PostgreSQL's client's to say for itself stands in a field, the rest is carried along. */
static void
take_parameter (WdAddress *self, const char *key, const char *value)
{
  static const struct {
    const char *key;
    WdAddressField field;
  } known[] = {
    { "host", WD_ADDRESS_HOST }, { "port", WD_ADDRESS_PORT }, { "dbname", WD_ADDRESS_DATABASE },
    { "user", WD_ADDRESS_USER }, { "sslmode", WD_ADDRESS_TLS },
  };
  g_autofree char *encoded = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].key, key) == 0)
      {
        wd_address_set (self, known[i].field, value);
        return;
      }
  if (strcmp (key, "ssl") == 0 && strcmp (value, "true") == 0)
    {
      wd_address_set (self, WD_ADDRESS_TLS, "require");
      return;
    }
  encoded = g_uri_escape_string (value, "/:,", TRUE);
  g_ptr_array_add (self->rest, g_strconcat (key, "=", encoded, NULL));
}

static gboolean
parse_hosts (WdAddress *self, const char *text, GError **error)
{
  g_autoptr (GString) hosts = g_string_new (NULL);
  g_autoptr (GString) ports = g_string_new (NULL);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  gboolean any_port = FALSE;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = parts[i];
      const char *end = *part == '[' ? strchr (part, ']') : part + strcspn (part, ":");
      g_autofree char *host = NULL;
      g_autofree char *port = NULL;

      if (end == NULL || (*part == '[' && end[1] != '\0' && end[1] != ':'))
        return refuse (error, _("an IPv6 address stands in brackets"));
      host = *part == '[' ? g_strndup (part + 1, end - part - 1)
                          : g_uri_unescape_segment (part, end, NULL);
      end += *part == '[';
      port = *end == ':' ? g_uri_unescape_string (end + 1, NULL) : g_strdup ("");
      if (host == NULL || port == NULL)
        return refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
      g_string_append_printf (hosts, "%s%s", i > 0 ? "," : "", host);
      g_string_append_printf (ports, "%s%s", i > 0 ? "," : "", port);
      any_port = any_port || *port != '\0';
    }
  wd_address_set (self, WD_ADDRESS_HOST, hosts->str);
  wd_address_set (self, WD_ADDRESS_PORT, any_port ? ports->str : "");
  return TRUE;
}

static gboolean
parse_query (WdAddress *self, const char *query, GError **error)
{
  g_auto (GStrv) parameters = g_strsplit (query, "&", -1);

  for (char **parameter = parameters; *parameter != NULL; parameter++)
    {
      char *equals = strchr (*parameter, '=');
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      if (**parameter == '\0')
        continue;
      if (equals == NULL || equals == *parameter)
        return refuse (error, _("a parameter after “?” is written key=value"));
      key = g_uri_unescape_segment (*parameter, equals, NULL);
      value = g_uri_unescape_string (equals + 1, NULL);
      if (key == NULL || value == NULL)
        return refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
      take_parameter (self, key, value);
    }
  return TRUE;
}

static gboolean
parse_uri (WdAddress *self, const char *authority, GError **error)
{
  const char *path = authority + strcspn (authority, "/?");
  const char *query = path + strcspn (path, "?");
  const char *at = g_strrstr_len (authority, path - authority, "@");
  const char *hosts_begin = at != NULL ? at + 1 : authority;
  g_autofree char *hosts = g_strndup (hosts_begin, path - hosts_begin);
  g_autofree char *user = NULL;
  g_autofree char *database = NULL;

  if ((at != NULL && memchr (authority, '@', at - authority) != NULL)
      || (at != NULL && memchr (authority, ':', at - authority) != NULL)
      || memchr (path, '@', query - path) != NULL)
    return refuse (error, _("special characters in a user or a password are encoded, “@” as %40 "
                            "and “/” as %2F"));
  user = at != NULL ? g_uri_unescape_segment (authority, at, NULL) : g_strdup ("");
  database = *path == '/' ? g_uri_unescape_segment (path + 1, query, NULL) : g_strdup ("");
  if (user == NULL || database == NULL)
    return refuse (error, _("“%” begins an encoded character, as in %40 for “@”"));
  wd_address_set (self, WD_ADDRESS_USER, user);
  wd_address_set (self, WD_ADDRESS_DATABASE, database);
  return parse_hosts (self, hosts, error)
         && (*query == '\0' || parse_query (self, query + 1, error));
}

/* `key = value` pairs, quoted or not, with backslashes. */
static gboolean
parse_conninfo (WdAddress *self, const char *text, GError **error)
{
  const char *p = text + strspn (text, " \t\r\n");

  while (*p != '\0')
    {
      gsize length = strcspn (p, "= \t\r\n");
      g_autofree char *key = g_strndup (p, length);
      g_autoptr (GString) value = g_string_new (NULL);
      gboolean quoted;

      p += length;
      p += strspn (p, " \t\r\n");
      if (*p != '=' || length == 0)
        return refuse (error, _("it is postgresql://USER@HOST:PORT/DATABASE"));
      p++;
      p += strspn (p, " \t\r\n");
      quoted = *p == '\'';
      for (p += quoted; *p != '\0' && (quoted ? *p != '\'' : !g_ascii_isspace (*p)); p++)
        {
          if (*p == '\\' && p[1] != '\0')
            p++;
          g_string_append_c (value, *p);
        }
      if (quoted && *p == '\0')
        return refuse (error, _("a quotation mark is not closed"));
      p += quoted;
      p += strspn (p, " \t\r\n");
      take_parameter (self, key, value->str);
    }
  return TRUE;
}

/**
 * wd_address_parse_postgres:
 * @text: what libpq takes, without a password
 * @error: %WD_ERROR_INVALID_ARGUMENT, which repeats nothing of @text
 *
 * Returns: (transfer full) (nullable): its parts
 */
WdAddress *
wd_address_parse_postgres (const char *text, GError **error)
{
  g_autoptr (WdAddress) self = wd_address_new ();
  gboolean read;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_has_prefix (text, "postgres://") || g_str_has_prefix (text, "postgresql://"))
    read = parse_uri (self, strstr (text, "://") + strlen ("://"), error);
  else if (strchr (text, '=') != NULL && strstr (text, "://") == NULL)
    read = parse_conninfo (self, text, error);
  else if (strpbrk (text, "@:/ ?") != NULL)
    read = refuse (error, _("it is postgresql://USER@HOST:PORT/DATABASE"));
  else
    {
      wd_address_set (self, WD_ADDRESS_DATABASE, text);
      read = TRUE;
    }
  return read ? g_steal_pointer (&self) : NULL;
}

static void
append_parameter (GString *url, gboolean *is_first, const char *key, const char *value)
{
  g_autofree char *encoded = g_uri_escape_string (value, "/:,", TRUE);

  if (*value == '\0')
    return;
  g_string_append_printf (url, "%c%s=%s", *is_first ? '?' : '&', key, encoded);
  *is_first = FALSE;
}

static void
append_encoded (GString *url, const char *before, const char *text, const char *after)
{
  g_autofree char *encoded = g_uri_escape_string (text, NULL, TRUE);

  if (*text != '\0')
    g_string_append_printf (url, "%s%s%s", before, encoded, after);
}

/**
 * wd_address_format_postgres:
 * @self: an address
 *
 * Returns: (transfer full): it as a URI; a socket, no host and several hosts are parameters
 */
char *
wd_address_format_postgres (const WdAddress *self)
{
  const char *host = self->fields[WD_ADDRESS_HOST];
  const char *port = self->fields[WD_ADDRESS_PORT];
  gboolean plain = *host != '\0' && *host != '/' && *host != '@' && strchr (host, ',') == NULL
                   && strchr (port, ',') == NULL;
  GString *url = g_string_new ("postgresql://");
  gboolean is_first = TRUE;

  append_encoded (url, "", self->fields[WD_ADDRESS_USER], "@");
  if (plain && strchr (host, ':') != NULL)
    g_string_append_printf (url, "[%s]", host);
  else if (plain)
    append_encoded (url, "", host, "");
  if (plain)
    append_encoded (url, ":", port, "");
  append_encoded (url, "/", self->fields[WD_ADDRESS_DATABASE], "");
  if (!plain && *self->fields[WD_ADDRESS_DATABASE] == '\0')
    g_string_append_c (url, '/');
  if (!plain)
    {
      append_parameter (url, &is_first, "host", host);
      append_parameter (url, &is_first, "port", port);
    }
  append_parameter (url, &is_first, "sslmode", self->fields[WD_ADDRESS_TLS]);
  wd_address_append_rest (self, url, is_first);
  return g_string_free (url, FALSE);
}

/**
 * wd_address_tls_modes:
 *
 * Returns: (transfer none) (array zero-terminated=1): what `sslmode` may be, the strictest first
 */
const char *const *
wd_address_tls_modes (void)
{
  static const char *const modes[] = {
    "verify-full", "verify-ca", "require", "prefer", "allow", "disable", NULL
  };

  return modes;
}

/* Parameters of other programs' clients, at which libpq stops. */
static gboolean
check_rest (const WdAddress *self, GError **error)
{
  static const char *const foreign[] = {
    "connection_limit", "pgbouncer", "pool_timeout", "schema", "socket_timeout", "sslaccept",
    "sslidentity", "statement_cache_size", "supa", "uselibpqcompat", "workaround", NULL
  };

  for (guint i = 0; i < self->rest->len; i++)
    {
      g_autofree char *key = g_strndup (self->rest->pdata[i], strcspn (self->rest->pdata[i], "="));

      if (g_strv_contains (foreign, key))
        {
          g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("“%s” is a parameter of another program, which PostgreSQL’s own client "
                         "refuses: take it out of the address"), key);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * wd_address_check_postgres:
 * @self: an address
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether its parts can be used
 */
gboolean
wd_address_check_postgres (const WdAddress *self, GError **error)
{
  const char *tls = self->fields[WD_ADDRESS_TLS];

  if (!wd_address_check_port (self, "PostgreSQL", error))
    return FALSE;
  if (*tls != '\0' && !g_strv_contains (wd_address_tls_modes (), tls))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("sslmode is one of verify-full, verify-ca, require, prefer, allow and "
                             "disable"));
      return FALSE;
    }
  return check_rest (self, error);
}
