/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define WD_LINK_SCHEME "worker-dashboard"

/**
 * WdLink:
 * @action: the window's action that shows it
 * @subject: the job's id or the wallet's address
 * @connection: (nullable): the saved connection that it is of
 *
 * What a link `worker-dashboard://job/ID` or `worker-dashboard://wallet/ADDRESS` leads to, with
 * `?connection=NAME` where it matters.
 */
typedef struct {
  const char *action;
  char *subject;
  char *connection;
} WdLink;

WdLink *wd_link_parse (const char *uri, GError **error);
void    wd_link_free (WdLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdLink, wd_link_free)

G_END_DECLS
