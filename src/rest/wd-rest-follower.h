/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backend/wd-backend.h"

G_BEGIN_DECLS

/**
 * WdRestFollowers:
 *
 * Those who follow bulk runs of a remote dashboard to their end. Main thread.
 */
typedef struct _WdRestFollowers WdRestFollowers;

WdRestFollowers *wd_rest_followers_new (void);
void             wd_rest_followers_free (WdRestFollowers *self);
void             wd_rest_followers_add (WdRestFollowers *self, const char *id,
                                        WdBulkProgress progress, gpointer progress_data,
                                        GTask *task);
void             wd_rest_followers_leave (WdRestFollowers *self);

G_END_DECLS
