/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdPgTarget:
 *
 * Where a connection leads, as far as it is known before it is made.
 */
typedef struct _WdPgTarget WdPgTarget;

WdPgTarget *wd_pg_target_new (const char *uri, const char *password, const char *ca_file);
WdPgTarget *wd_pg_target_copy (WdPgTarget *self);
void        wd_pg_target_free (WdPgTarget *self);

gboolean    wd_pg_target_check (WdPgTarget *self, GError **error);
char       *wd_pg_target_describe (WdPgTarget *self);
const char *wd_pg_target_get (WdPgTarget *self, const char *keyword);
const char *wd_pg_target_get_sslmode (WdPgTarget *self);
const char *wd_pg_target_get_sslmode_of (WdPgTarget *self, int libpq);
char       *wd_pg_target_dup_far_host (WdPgTarget *self);
gboolean    wd_pg_target_uses_service (WdPgTarget *self);
const char *wd_pg_target_get_uri (WdPgTarget *self);
const char *wd_pg_target_get_password (WdPgTarget *self);
const char *wd_pg_target_get_ca_file (WdPgTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdPgTarget, wd_pg_target_free)

G_END_DECLS
