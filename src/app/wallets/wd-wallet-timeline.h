/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/wd-paged-list.h"

G_BEGIN_DECLS

#define WD_TYPE_WALLET_TIMELINE (wd_wallet_timeline_get_type ())
G_DECLARE_FINAL_TYPE (WdWalletTimeline, wd_wallet_timeline, WD, WALLET_TIMELINE, GtkWidget)

void         wd_wallet_timeline_start (WdWalletTimeline *self, WdBackend *backend,
                                       const char *address);
WdPagedList *wd_wallet_timeline_get_list (WdWalletTimeline *self);
void         wd_wallet_timeline_tell (WdWalletTimeline *self);
void         wd_wallet_timeline_set_empty_child (WdWalletTimeline *self, GtkWidget *child);

G_END_DECLS
