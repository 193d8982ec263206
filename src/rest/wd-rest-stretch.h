/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "rest/wd-rest-client.h"
#include "rest/wd-rest-key.h"

G_BEGIN_DECLS

/**
 * WdRestStretch:
 * @client: (unowned): whom to ask
 * @filter: (unowned): which jobs
 * @after: (unowned) (nullable): it begins behind that place
 * @until: (unowned) (nullable): it ends there
 * @n_wanted: how many rows
 * @cancellable: (unowned) (nullable): a cancellable
 * @jobs: (owned) (nullable) (element-type WdJob): what was read
 * @ids: (owned) (nullable) (element-type utf8): of these
 * @is_cut: it goes on behind what was read
 * @total: of what was read so far; -1 once unknown
 *
 * A part of a list, read from one or several queries.
 */
typedef struct {
  WdRestClient *client;
  const WdJobFilter *filter;
  const WdRestKey *after;
  const WdRestKey *until;
  guint n_wanted;
  GCancellable *cancellable;
  GPtrArray *jobs;
  GHashTable *ids;
  gboolean is_cut;
  gint64 total;
} WdRestStretch;

gboolean wd_rest_stretch_read (WdRestStretch *stretch, char **queries, GError **error);
gboolean wd_rest_stretch_read_behind (WdRestStretch *stretch, const char *query, char **next,
                                      GError **error);
void     wd_rest_stretch_clear (WdRestStretch *stretch);

G_END_DECLS
