/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

#include "postgres/wd-pg-target.h"

G_BEGIN_DECLS

PGconn *wd_pg_connect (WdPgTarget *target, gint64 deadline, GCancellable *cancellable,
                       GError **error);

G_END_DECLS
