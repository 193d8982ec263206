/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include <glib.h>

G_BEGIN_DECLS

void wd_pg_abandon (PGconn *connection);

G_END_DECLS
