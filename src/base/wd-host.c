/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-host.h"

/**
 * wd_host_is_loopback:
 * @host: a name or an address, as it is written
 *
 * Names are not looked up.
 *
 * Returns: whether what is sent there does not leave this machine
 */
gboolean
wd_host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  address = g_inet_address_new_from_string (host);
  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/* An empty one is the driver's default, which is here. */
static gboolean
is_near (const char *host)
{
  return *host == '\0' || *host == '/' || *host == '@' || wd_host_is_loopback (host);
}

/**
 * wd_host_find_far:
 * @hosts: (nullable): names, addresses or paths of unix sockets, with commas in between
 *
 * Returns: (transfer full) (nullable): the first one to which a network leads
 */
char *
wd_host_find_far (const char *hosts)
{
  g_auto (GStrv) each = g_strsplit (hosts != NULL ? hosts : "", ",", -1);

  for (char **host = each; *host != NULL; host++)
    if (!is_near (*host))
      return g_strdup (*host);
  return NULL;
}
