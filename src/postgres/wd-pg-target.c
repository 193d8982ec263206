/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "postgres/wd-pg-target.h"

#include <glib/gi18n-lib.h>
#include <libpq-fe.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-format.h"
#include "base/wd-host.h"

struct _WdPgTarget {
  char *uri;           /* (owned): as given; may hold a password, so it is never shown */
  char *password;      /* (owned) (nullable) */
  char *ca_file;       /* (owned) (nullable) */
  GHashTable *options; /* (owned): what libpq will use, of the text, the environment, defaults */
  gboolean has_sslmode; /* somebody has chosen one */
  gboolean valid;
};

/* As PQlibVersion() says it: since then an sslrootcert may be the system's. */
#define KNOWS_SYSTEM 160000

static void
take_options (GHashTable *options, PQconninfoOption *parsed)
{
  for (PQconninfoOption *option = parsed; option != NULL && option->keyword != NULL; option++)
    if (option->val != NULL && *option->val != '\0')
      g_hash_table_replace (options, g_strdup (option->keyword), g_strdup (option->val));
  PQconninfoFree (parsed);
}

/* An @ or / in a password that was not percent-encoded moves the rest of it into the host, the
 * port or the database name, which messages show. */
static gboolean
looks_misread (WdPgTarget *self, const char *after_scheme)
{
  const char *path = after_scheme + strcspn (after_scheme, "/?");
  g_autofree char *rest = g_strndup (path, strcspn (path, "?"));
  const char *at = strchr (after_scheme, '@');
  const char *host = wd_pg_target_get (self, "host");
  const char *port = wd_pg_target_get (self, "port");

  return strchr (rest, '@') != NULL
         || (at != NULL && at < path && memchr (at + 1, '@', (gsize) (path - at - 1)) != NULL)
         || (host != NULL && *host != '\0' && strchr (host + 1, '@') != NULL)
         || (port != NULL && strspn (port, "0123456789,") != strlen (port));
}

static gboolean
names_sslmode (const PQconninfoOption *parsed)
{
  for (const PQconninfoOption *option = parsed; option->keyword != NULL; option++)
    if (strcmp (option->keyword, "sslmode") == 0 && option->val != NULL && *option->val != '\0')
      return TRUE;
  return FALSE;
}

static gboolean
parse (WdPgTarget *self)
{
  const char *scheme = strstr (self->uri, "://");
  gboolean is_uri = g_str_has_prefix (self->uri, "postgres://")
                    || g_str_has_prefix (self->uri, "postgresql://");
  PQconninfoOption *parsed;

  take_options (self->options, PQconndefaults ());
  self->has_sslmode = self->ca_file != NULL || g_getenv ("PGSSLMODE") != NULL
                      || g_getenv ("PGREQUIRESSL") != NULL;
  if (self->ca_file != NULL)
    g_hash_table_replace (self->options, g_strdup ("sslmode"), g_strdup ("verify-full"));
  if (!is_uri && strchr (self->uri, '=') == NULL)
    {
      /* Not a name but an address with a slip of the pen; names are shown. */
      if (strpbrk (self->uri, "@:/") != NULL)
        return FALSE;
      if (*self->uri != '\0')
        g_hash_table_replace (self->options, g_strdup ("dbname"), g_strdup (self->uri));
      return TRUE;
    }
  parsed = PQconninfoParse (self->uri, NULL);
  if (parsed == NULL)
    return FALSE;
  self->has_sslmode |= names_sslmode (parsed);
  take_options (self->options, parsed);
  return !is_uri || !looks_misread (self, scheme + strlen ("://"));
}

/**
 * wd_pg_target_new:
 * @uri: a connection URI, a conninfo string or a database name, as psql takes them
 * @password: (nullable): wins over one in @uri
 * @ca_file: (nullable): certificates to trust instead of the system's; where @uri names no
 *   sslmode this makes it `verify-full`
 *
 * Returns: (transfer full): the target; wd_pg_target_check() says whether it can be used
 */
WdPgTarget *
wd_pg_target_new (const char *uri, const char *password, const char *ca_file)
{
  WdPgTarget *self = g_new0 (WdPgTarget, 1);

  self->uri = g_strdup (uri);
  self->password = g_strdup (password);
  self->ca_file = g_strdup (ca_file);
  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->valid = parse (self);
  return self;
}

/**
 * wd_pg_target_copy:
 * @self: a target
 *
 * Returns: (transfer full): a target that leads to the same place. What the environment says is
 *   read anew.
 */
WdPgTarget *
wd_pg_target_copy (WdPgTarget *self)
{
  return wd_pg_target_new (self->uri, self->password, self->ca_file);
}

/**
 * wd_pg_target_free:
 * @self: (transfer full) (nullable): a target
 */
void
wd_pg_target_free (WdPgTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->password);
  g_free (self->ca_file);
  g_hash_table_unref (self->options);
  g_free (self);
}

/**
 * wd_pg_target_check:
 * @self: a target
 * @error: set to %WD_ERROR_INVALID_ARGUMENT
 *
 * libpq's own words are not used: they quote the part they could not read.
 */
gboolean
wd_pg_target_check (WdPgTarget *self, GError **error)
{
  if (!self->valid)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                         _("The address of the PostgreSQL database cannot be read. It is "
                           "postgresql://USER@HOST:PORT/DATABASE; special characters in a "
                           "password are written with %, “@” for example as %40."));
  return self->valid;
}

/**
 * wd_pg_target_describe:
 * @self: a target
 *
 * Returns: (transfer full): `user@host:port/database`, never a password
 */
char *
wd_pg_target_describe (WdPgTarget *self)
{
  const char *user = wd_pg_target_get (self, "user");
  const char *host = wd_pg_target_get (self, "host");
  const char *name = wd_pg_target_get (self, "dbname");
  const char *service = wd_pg_target_get (self, "service");
  g_autofree char *text = NULL;

  if (!self->valid)
    return g_strdup (_("(unreadable address)"));
  if (host == NULL && service != NULL)
    text = g_strdup_printf ("service=%s", service);
  else
    {
      if (host == NULL)
        host = wd_pg_target_get (self, "hostaddr");
      text = g_strdup_printf ("%s@%s:%s/%s", user != NULL ? user : "", host != NULL ? host : "",
                              wd_pg_target_get (self, "port"),
                              name != NULL ? name : user != NULL ? user : "");
    }
  return wd_format_visible (text, 300);
}

/**
 * wd_pg_target_get:
 * @self: a target
 * @keyword: of libpq
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
wd_pg_target_get (WdPgTarget *self, const char *keyword)
{
  return g_hash_table_lookup (self->options, keyword);
}

/**
 * wd_pg_target_get_sslmode:
 * @self: a target that uses no service
 *
 * Returns: (transfer none): the mode that libpq uses
 */
const char *
wd_pg_target_get_sslmode (WdPgTarget *self)
{
  return wd_pg_target_get_sslmode_of (self, PQlibVersion ());
}

/**
 * wd_pg_target_get_sslmode_of:
 * @self: a target that uses no service
 * @libpq: what connects, as PQlibVersion() says it
 *
 * With the system's authorities libpq verifies the server where nobody has chosen a mode; before it
 * knew of them it takes that word for a file.
 *
 * Returns: (transfer none): the mode that is used
 */
const char *
wd_pg_target_get_sslmode_of (WdPgTarget *self, int libpq)
{
  const char *mode = wd_pg_target_get (self, "sslmode");

  if (libpq >= KNOWS_SYSTEM && !self->has_sslmode
      && g_strcmp0 (wd_pg_target_get (self, "sslrootcert"), "system") == 0)
    return "verify-full";
  return mode != NULL ? mode : "prefer";
}

/**
 * wd_pg_target_dup_far_host:
 * @self: a target that uses no service
 *
 * Returns: (transfer full) (nullable): the first of its hosts to which a network leads
 */
char *
wd_pg_target_dup_far_host (WdPgTarget *self)
{
  const char *addresses = wd_pg_target_get (self, "hostaddr");
  const char *names = wd_pg_target_get (self, "host");
  g_auto (GStrv) each = g_strsplit (addresses != NULL ? addresses : "", ",", -1);
  g_auto (GStrv) named = g_strsplit (names != NULL ? names : "", ",", -1);
  guint n_named = g_strv_length (named);

  if (addresses == NULL || *addresses == '\0')
    return wd_host_find_far (names);
  for (guint i = 0; each[i] != NULL; i++)
    {
      /* Without an address of its own a host is looked up by its name. */
      const char *host = *each[i] == '\0' && i < n_named ? named[i] : each[i];
      char *far = wd_host_find_far (host);

      if (far != NULL)
        return far;
    }
  return NULL;
}

/**
 * wd_pg_target_uses_service:
 * @self: a target
 *
 * Returns: whether libpq will read the host from a service file, so that it is not known here
 */
gboolean
wd_pg_target_uses_service (WdPgTarget *self)
{
  return wd_pg_target_get (self, "service") != NULL;
}

/**
 * wd_pg_target_get_uri:
 * @self: a target
 *
 * Returns: (transfer none): the address as it was given. It may hold a password: for libpq, never
 *   for a message; those get wd_pg_target_describe().
 */
const char *
wd_pg_target_get_uri (WdPgTarget *self)
{
  return self->uri;
}

/**
 * wd_pg_target_get_password:
 * @self: a target
 *
 * Returns: (transfer none) (nullable): what was given beside the address; never for a message
 */
const char *
wd_pg_target_get_password (WdPgTarget *self)
{
  return self->password;
}

/**
 * wd_pg_target_get_ca_file:
 * @self: a target
 *
 * Returns: (transfer none) (nullable): PEM file of the only authorities to trust
 */
const char *
wd_pg_target_get_ca_file (WdPgTarget *self)
{
  return self->ca_file;
}
