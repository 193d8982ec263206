/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the private folder of a sample is called, before six letters that tell it from others. */
#define WD_SAMPLE_FOLDER "wd-sample-"
/* What its PostgreSQL calls itself. */
#define WD_SAMPLE_CLUSTER "worker-dashboard-sample"

gboolean wd_sample_place_check (const char *folder, GError **error);
char    *wd_sample_place_database_url (const char *folder);
char    *wd_sample_place_redis_socket (const char *folder);
char    *wd_sample_place_redis_url (const char *folder);

G_END_DECLS
