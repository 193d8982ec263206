/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-format.h"

#define DEFAULT_PORT 6379

/* A password with an unescaped '/', '#' or ':' ends up in any other part of the URL, so no part of
 * it is ever repeated in a message. */
static gboolean
refuse (GError **error, const char *reason)
{
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("The Redis URL is not valid: %s"),
               reason);
  return FALSE;
}

static gboolean
read_database (WdRedisAddress *self, const char *text, GError **error)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &value, NULL))
    return refuse (error, _("the database is not a number"));
  self->database = (int) value;
  return TRUE;
}

/* Other clients' options (family, timeouts, “do not verify”) are passed over. */
static gboolean
read_query (WdRedisAddress *self, const char *query, gboolean has_database, GError **error)
{
  GUriParamsIter iter;
  char *name, *value;
  gboolean ok = TRUE;

  if (query == NULL)
    return TRUE;
  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_NONE);
  while (ok && g_uri_params_iter_next (&iter, &name, &value, NULL))
    {
      if (strcmp (name, "db") == 0)
        {
          int before = self->database;

          ok = read_database (self, value, error);
          if (ok && has_database && self->database != before)
            ok = refuse (error, _("it names two databases"));
          has_database = TRUE;
        }
      g_free (name);
      g_free (value);
    }
  return ok;
}

static void
read_credentials (WdRedisAddress *self, GUri *uri)
{
  const char *user = g_uri_get_user (uri);

  if (user != NULL && *user != '\0')
    self->username = g_strdup (user);
  self->password = g_strdup (g_uri_get_password (uri));
}

static gboolean
read_unix (WdRedisAddress *self, GUri *uri, GError **error)
{
  const char *host = g_uri_get_host (uri);
  const char *path = g_uri_get_path (uri);

  if (host != NULL && *host != '\0')
    return refuse (error, _("a unix socket needs an absolute path, as in "
                            "redis+unix:///run/redis.sock"));
  if (path[0] != '/' || path[1] == '\0')
    return refuse (error, _("the path of the unix socket is missing"));
  self->unix_path = g_strdup (path);
  return read_query (self, g_uri_get_query (uri), FALSE, error);
}

static gboolean
read_tcp (WdRedisAddress *self, GUri *uri, GError **error)
{
  const char *host = g_uri_get_host (uri);
  const char *path = g_uri_get_path (uri);
  int port = g_uri_get_port (uri);
  gboolean has_database = path[0] == '/' && path[1] != '\0';

  if (port == 0 || port > G_MAXUINT16)
    return refuse (error, _("the port is not a number from 1 to 65535"));
  self->host = g_strdup (host != NULL && *host != '\0' ? host : "localhost");
  self->port = port < 0 ? DEFAULT_PORT : (guint16) port;
  if (has_database && !read_database (self, path + 1, error))
    return FALSE;
  return read_query (self, g_uri_get_query (uri), has_database, error);
}

/**
 * wd_redis_address_parse:
 * @url: `redis://[user[:password]@]host[:port][/db]`, the same with `rediss` for TLS, or
 *   `redis+unix://[user[:password]@]/path[?db=N]` (also `unix:`); parts are percent-decoded
 * @error: %WD_ERROR_INVALID_ARGUMENT, which never repeats a part of @url
 *
 * Returns: (transfer full) (nullable): the address
 */
WdRedisAddress *
wd_redis_address_parse (const char *url, GError **error)
{
  g_autoptr (WdRedisAddress) self = g_new0 (WdRedisAddress, 1);
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  gboolean is_unix;

  g_return_val_if_fail (url != NULL, NULL);

  uri = strstr (url, "://") != NULL
          ? g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_QUERY, NULL)
          : NULL;
  scheme = uri ? g_uri_get_scheme (uri) : "";
  is_unix = strcmp (scheme, "redis+unix") == 0 || strcmp (scheme, "unix") == 0;
  self->tls = strcmp (scheme, "rediss") == 0;
  /* An @ in a password moves the rest of that into the host, which messages show. */
  if (uri == NULL || (!is_unix && !self->tls && strcmp (scheme, "redis") != 0)
      || (g_uri_get_host (uri) != NULL && strchr (g_uri_get_host (uri), '@') != NULL))
    {
      refuse (error, _("it should look like redis://host:6379/0, rediss://… or redis+unix:///path; "
                       "special characters of a password are percent-encoded"));
      return NULL;
    }
  if (g_uri_get_fragment (uri) != NULL)
    {
      refuse (error, _("“#” has to be written as %23"));
      return NULL;
    }
  read_credentials (self, uri);
  if (is_unix ? !read_unix (self, uri, error) : !read_tcp (self, uri, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wd_redis_address_describe:
 * @self: an address
 *
 * Returns: (transfer full): @self for messages, without credentials
 */
char *
wd_redis_address_describe (const WdRedisAddress *self)
{
  g_autofree char *place = NULL;
  gboolean literal;

  g_return_val_if_fail (self != NULL, NULL);

  place = wd_format_visible (self->unix_path ? self->unix_path : self->host, 300);
  if (self->unix_path != NULL)
    return self->database == 0 ? g_strdup_printf ("redis+unix://%s", place)
                               : g_strdup_printf ("redis+unix://%s?db=%d", place, self->database);
  literal = strchr (place, ':') != NULL;
  return g_strdup_printf ("%s://%s%s%s:%u/%d", self->tls ? "rediss" : "redis", literal ? "[" : "",
                          place, literal ? "]" : "", self->port, self->database);
}

/**
 * wd_redis_address_free:
 * @self: (transfer full) (nullable): an address
 */
void
wd_redis_address_free (WdRedisAddress *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_free (self->unix_path);
  g_free (self->username);
  g_free (self->password);
  g_free (self);
}
