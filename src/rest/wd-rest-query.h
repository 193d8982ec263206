/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-filter.h"
#include "wire/wd-wire-offers.h"

G_BEGIN_DECLS

void  wd_rest_query_add (GString *query, const char *name, const char *value);
void  wd_rest_query_add_number (GString *query, const char *name, gint64 value);
void  wd_rest_query_add_time (GString *query, const char *name, WdTime value);
gboolean wd_rest_query_is_common (const WdJobFilter *filter);
char **wd_rest_query_jobs (const WdJobFilter *filter, WdOffers offers, GError **error);
char *wd_rest_query_wallets (const WdWalletFilter *filter, WdOffers offers);
char *wd_rest_query_path (const char *before, const char *word);

G_END_DECLS
