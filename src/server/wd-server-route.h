/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-api-token.h"

G_BEGIN_DECLS

typedef struct _WdServerRequest WdServerRequest;

/**
 * WdServerRoute:
 * @path: the whole path; `{…}` stands for any one word
 * @writes: is asked with POST; else with GET or HEAD
 * @open: no token is needed
 * @role: the least one that may
 * @detail: (nullable): for @run
 * @run: answers, sooner or later
 * @patient: is told also while nobody can say whether the token is still valid, where it was
 * @at_once: is answered without asking anybody
 *
 * What can be asked.
 */
typedef struct {
  const char *path;
  gboolean writes;
  gboolean open;
  WdApiRole role;
  const char *detail;
  void (*run) (WdServerRequest *request);
  gboolean patient;
  gboolean at_once;
} WdServerRoute;

const WdServerRoute *wd_server_route_find (const char *path, char **word);
const WdServerRoute *wd_server_route_choose (const WdServerRoute *self, const char *method);
const char          *wd_server_route_get_methods (const WdServerRoute *self);
const WdServerRoute *wd_server_routes (gsize *n_routes);

G_END_DECLS
