/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the way to each server is one that nobody can stand in. Said and not enforced: there are
 * private networks. Told by the addresses alone, so also where nothing can be reached. */

#include "direct/wd-direct-tls.h"

#include <glib/gi18n-lib.h>

#include "base/wd-host.h"
#include "postgres/wd-pg-target.h"
#include "redis/wd-redis-address.h"

static WdCheck *
check_new (const char *name, gboolean is_far)
{
  return wd_check_new (name, WD_CHECK_OK,
                       is_far ? _("Encrypted, and the server’s certificate is verified")
                              : _("The server is on this machine"));
}

/**
 * wd_direct_check_tls_to_postgres:
 * @profile: a connection
 *
 * Looks nothing up.
 *
 * Returns: (transfer full) (nullable): how PostgreSQL is reached; %NULL where its address cannot be
 *   read
 */
WdCheck *
wd_direct_check_tls_to_postgres (const WdProfile *profile)
{
  const char *name = "postgres-tls";
  g_autoptr (WdPgTarget) target = NULL;
  g_autofree char *far = NULL;
  const char *mode;

  g_return_val_if_fail (profile != NULL, NULL);

  if (profile->database_url == NULL)
    return NULL;
  target = wd_pg_target_new (profile->database_url, NULL, profile->ca_file);
  if (!wd_pg_target_check (target, NULL))
    return NULL;
  if (wd_pg_target_uses_service (target))
    return wd_check_new (name, WD_CHECK_UNKNOWN,
                         _("A service file says how PostgreSQL is reached. Where that is over a "
                           "network, see to sslmode=verify-full there"));
  far = wd_pg_target_dup_far_host (target);
  mode = wd_pg_target_get_sslmode (target);
  if (far == NULL || g_strcmp0 (mode, "verify-full") == 0)
    return check_new (name, far != NULL);
  return wd_check_new (name, WD_CHECK_WARNING,
                       _("The way to PostgreSQL on %s is not secured (sslmode=%s): whoever is in "
                         "between could read passwords and change orders. Use sslmode=verify-full "
                         "and the certificate of the server’s authority; on a private network that "
                         "you trust it may stay so"), far, mode);
}

/**
 * wd_direct_check_tls_to_redis:
 * @profile: a connection
 *
 * Looks nothing up.
 *
 * Returns: (transfer full) (nullable): how Redis is reached; %NULL where there is none, or its
 *   address cannot be read
 */
WdCheck *
wd_direct_check_tls_to_redis (const WdProfile *profile)
{
  const char *name = "redis-tls";
  g_autoptr (WdRedisAddress) address = NULL;
  g_autofree char *far = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  if (profile->redis_url == NULL)
    return NULL;
  address = wd_redis_address_parse (profile->redis_url, NULL);
  if (address == NULL)
    return NULL;
  far = wd_host_find_far (address->host);
  if (far == NULL || address->tls)
    return check_new (name, far != NULL);
  return wd_check_new (name, WD_CHECK_WARNING,
                       _("The way to Redis on %s is not encrypted: whoever is in between could "
                         "read passwords and change orders. Use rediss://; on a private network "
                         "that you trust it may stay so"), far);
}
