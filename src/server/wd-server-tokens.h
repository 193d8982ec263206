/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "direct/wd-direct-backend.h"
#include "model/wd-api-token.h"

G_BEGIN_DECLS

#define WD_TYPE_SERVER_TOKENS (wd_server_tokens_get_type ())
G_DECLARE_FINAL_TYPE (WdServerTokens, wd_server_tokens, WD, SERVER_TOKENS, GObject)

/**
 * WdServerTokensFunc:
 * @token: (nullable): the token, if it is valid
 * @error: (nullable): why that cannot be told
 * @data: as given
 *
 * Called once, at once where that is possible.
 */
typedef void (*WdServerTokensFunc) (WdApiToken *token, const GError *error, gpointer data);

WdServerTokens *wd_server_tokens_new (WdDirectBackend *backend);
void            wd_server_tokens_find (WdServerTokens *self, const char *secret,
                                       WdServerTokensFunc func, gpointer data);
WdApiToken     *wd_server_tokens_recall (WdServerTokens *self, const char *secret);
void            wd_server_tokens_refresh (WdServerTokens *self, gboolean known);
void            wd_server_tokens_look (WdServerTokens *self, WdServerTokensFunc func,
                                       gpointer data);
gboolean        wd_server_tokens_has (WdServerTokens *self, const WdApiToken *token);
void            wd_server_tokens_forget (WdServerTokens *self);

G_END_DECLS
