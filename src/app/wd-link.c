/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Links into the program, from mails and chats. Anybody can write one, so it only shows a page. */

#include "app/wd-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"

#define LONGEST 2048

static const struct {
  const char *kind;
  const char *action;
} kinds[] = {
  { "job", "win.show-job" },
  { "wallet", "win.show-wallet" },
};

static const char *
find_action (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i].kind) == 0)
      return kinds[i].action;
  return NULL;
}

/**
 * wd_link_parse:
 * @uri: a link
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full) (nullable): what it leads to
 */
WdLink *
wd_link_parse (const char *uri, GError **error)
{
  g_autoptr (GUri) parts = strlen (uri) <= LONGEST ? g_uri_parse (uri, G_URI_FLAGS_NONE, NULL)
                                                   : NULL;
  const char *path = parts != NULL ? g_uri_get_path (parts) : NULL;
  const char *query = parts != NULL ? g_uri_get_query (parts) : NULL;
  const char *action = NULL;
  WdLink *self;

  if (parts != NULL && g_strcmp0 (g_uri_get_scheme (parts), WD_LINK_SCHEME) == 0)
    action = find_action (g_uri_get_host (parts));
  if (action == NULL || path[0] != '/' || path[1] == '\0')
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("This is no link to a job or a wallet: those are "
                             "worker-dashboard://job/ID and worker-dashboard://wallet/ADDRESS"));
      return NULL;
    }
  self = g_new0 (WdLink, 1);
  self->action = action;
  self->subject = g_strdup (path + 1);
  if (query != NULL)
    {
      g_autoptr (GHashTable) words = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);

      if (words != NULL)
        self->connection = g_strdup (g_hash_table_lookup (words, "connection"));
    }
  return self;
}

/**
 * wd_link_free:
 * @self: (transfer full): a link
 */
void
wd_link_free (WdLink *self)
{
  g_free (self->subject);
  g_free (self->connection);
  g_free (self);
}
