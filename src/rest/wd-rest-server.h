/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rest/wd-rest-answer.h"

G_BEGIN_DECLS

/**
 * WdRestServer:
 *
 * What is known of a remote dashboard, for all who ask it. Any thread.
 */
typedef struct _WdRestServer WdRestServer;

WdRestServer *wd_rest_server_new (void);
WdRestServer *wd_rest_server_ref (WdRestServer *self);
void          wd_rest_server_unref (WdRestServer *self);
gboolean      wd_rest_server_honours_keys (WdRestServer *self);
gboolean      wd_rest_server_is_known (WdRestServer *self);
WdOffers      wd_rest_server_get_offers (WdRestServer *self);
void          wd_rest_server_learn (WdRestServer *self, const WdRestAnswer *answer);

G_END_DECLS
