/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a remote dashboard is. A token goes there with every request, so nothing but HTTPS will do,
 * and plain HTTP only where it never leaves this machine. */

#include "rest/wd-rest-address.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-host.h"

/* Percent-encoding stays as it is: what is in a path or a query is not ours to read. */
#define FLAGS (G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE)

static gboolean
check_scheme (GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host != NULL && *host != '\0'
      && (strcmp (scheme, "https") == 0
          || (strcmp (scheme, "http") == 0 && wd_host_is_loopback (host))))
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                       _("The address of a remote dashboard begins with https:// and a host; "
                         "http:// serves for this computer only"));
  return FALSE;
}

/**
 * wd_rest_address_parse:
 * @url: the base address of a remote dashboard, before `/api`
 * @error: %WD_ERROR_INVALID_ARGUMENT, or %WD_ERROR_REFUSED where it holds credentials
 *
 * Returns: (transfer full): the address
 */
GUri *
wd_rest_address_parse (const char *url, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GUri) uri = g_uri_parse (url, FLAGS, &local);

  if (uri == NULL)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                   _("The address of the remote dashboard cannot be read: %s"), local->message);
      return NULL;
    }
  if (!check_scheme (uri, error))
    return NULL;
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("The token belongs into its own field and the keyring, not into the "
                             "address"));
      return NULL;
    }
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("The address of a remote dashboard ends before “?” and “#”"));
      return NULL;
    }
  return g_steal_pointer (&uri);
}

/**
 * wd_rest_address_join:
 * @base: of a remote dashboard
 * @path: of an endpoint, beginning with a slash, encoded
 * @query: (nullable): its parameters, encoded
 *
 * Returns: (transfer full): the whole address
 */
GUri *
wd_rest_address_join (GUri *base, const char *path, const char *query)
{
  g_autofree char *prefix = g_strdup (g_uri_get_path (base));
  g_autofree char *whole = NULL;

  for (gsize n = strlen (prefix); n > 0 && prefix[n - 1] == '/'; n--)
    prefix[n - 1] = '\0';
  whole = g_strconcat (prefix, path, NULL);
  return g_uri_build (FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base),
                      g_uri_get_port (base), whole, query, NULL);
}

/**
 * wd_rest_address_follow:
 * @from: which address redirects
 * @location: to where
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer full): where to ask instead
 */
GUri *
wd_rest_address_follow (GUri *from, const char *location, GError **error)
{
  g_autoptr (GUri) uri = location != NULL ? g_uri_parse_relative (from, location, FLAGS, NULL)
                                          : NULL;

  if (uri != NULL && g_uri_get_userinfo (uri) == NULL && check_scheme (uri, NULL))
    return g_steal_pointer (&uri);
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL,
                       _("The answer redirects to an address that must not be asked"));
  return NULL;
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) != -1)
    return g_uri_get_port (uri);
  return strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

/**
 * wd_rest_address_is_same:
 * @a: an address
 * @b: another
 *
 * Returns: whether both are of the same server, so that what is for one may go to the other
 */
gboolean
wd_rest_address_is_same (GUri *a, GUri *b)
{
  return strcmp (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && get_port (a) == get_port (b);
}

/**
 * wd_rest_address_dup_host:
 * @uri: an address
 *
 * Returns: (transfer full): its host and port, as people are told where something failed
 */
char *
wd_rest_address_dup_host (GUri *uri)
{
  if (g_uri_get_port (uri) == -1)
    return g_strdup (g_uri_get_host (uri));
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}
