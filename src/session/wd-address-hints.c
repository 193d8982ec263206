/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people who copy addresses out of a hosting company's pages stumble over. */

#include "session/wd-address-hints.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-host.h"

/* Whether it looks like a key of Supabase's web API, which no database takes. */
static gboolean
is_supabase_key (const char *text)
{
  return g_str_has_prefix (text, "sb_secret_") || g_str_has_prefix (text, "sb_publishable_")
         || (g_str_has_prefix (text, "eyJ") && strlen (text) > 60 && strchr (text, '.') != NULL);
}

static gboolean
is_pooler (const char *host)
{
  return g_str_has_suffix (host, ".pooler.supabase.com");
}

/**
 * wd_address_dup_hint:
 * @address: (nullable): of a PostgreSQL database
 * @password: for it, or empty
 *
 * Returns: (transfer full) (nullable): what to know about it before it is tried
 */
char *
wd_address_dup_hint (const WdAddress *address, const char *password)
{
  const char *host = wd_address_get (address, WD_ADDRESS_HOST);
  const char *port = wd_address_get (address, WD_ADDRESS_PORT);
  const char *user = wd_address_get (address, WD_ADDRESS_USER);

  if (is_supabase_key (password))
    return g_strdup (_("This is a key of Supabase’s web API and no database password. The password "
                       "was chosen when the project was made; Supabase can set a new one under "
                       "Project Settings, Database."));
  if (g_str_has_suffix (host, ".supabase.co") && !g_str_has_prefix (host, "db."))
    return g_strdup (_("This is the address of Supabase’s web API, not of the database. Supabase "
                       "shows that of the database under “Connect” on the project’s page."));
  if (is_pooler (host) && *user != '\0' && strchr (user, '.') == NULL)
    return g_strdup (_("At Supabase’s poolers the user has the project in its name, such as "
                       "postgres.abcdefghijklmnop."));
  if (is_pooler (host) && strcmp (port, "6543") == 0)
    return g_strdup (_("Port 6543 is Supabase’s transaction pooler: everything works but "
                       "migrations. For those use port 5432, its session pooler."));
  if (strcmp (port, "6543") == 0 || strcmp (port, "6432") == 0)
    return g_strdup (_("This is the usual port of a pooler. In transaction mode everything works "
                       "but migrations; those need the server’s own address or session mode."));
  if (g_str_has_prefix (host, "db.") && g_str_has_suffix (host, ".supabase.co"))
    return g_strdup (_("Supabase’s direct address can be reached by IPv6 only, unless the project "
                       "has the IPv4 add-on. Where it is not reached, use the session pooler that "
                       "“Connect” shows, port 5432."));
  return NULL;
}

/**
 * wd_address_dup_tls_hint:
 * @address: (nullable): of a server
 * @is_redis: else of PostgreSQL
 * @has_authority: a certificate authority is chosen, which makes PostgreSQL's default the strictest
 *
 * Returns: (transfer full) (nullable): what to choose so that nobody can stand in between; %NULL
 *   where that is chosen, or where no network is in between
 */
char *
wd_address_dup_tls_hint (const WdAddress *address, gboolean is_redis, gboolean has_authority)
{
  g_autofree char *far = wd_host_find_far (wd_address_get (address, WD_ADDRESS_HOST));
  const char *mode = wd_address_get (address, WD_ADDRESS_TLS);

  if (far == NULL)
    return NULL;
  if (is_redis)
    return *mode != '\0' ? NULL
           : g_strdup (_("Not encrypted: others on the network could read the password and change "
                         "orders. Where the server can, choose “TLS, verified” as encryption."));
  if (strcmp (mode, "verify-full") == 0 || (*mode == '\0' && has_authority))
    return NULL;
  return g_strdup (_("The server’s certificate is not checked: others on the network could read "
                     "the password and change orders. Where the server can, choose “Verify "
                     "certificate and host” as encryption, and under Advanced the file of its "
                     "authority."));
}
