/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "postgres/wd-pg-connection.h"

G_BEGIN_DECLS

char *wd_pg_setting_get (WdPgConnection *self, const char *key, gint64 deadline,
                         GCancellable *cancellable, GError **error);
char *wd_pg_setting_agree (WdPgConnection *self, const char *key, const char *wanted,
                           gint64 deadline, GCancellable *cancellable, GError **error);

G_END_DECLS
