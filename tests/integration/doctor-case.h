/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the doctor finds in a site's database. */

#pragma once

#include "model/wd-check.h"
#include "pg-site.h"

G_BEGIN_DECLS

#define DOCTOR_WAIT_MS 60000

/* A check, as the site's owner sees it, must stand so, with @part in its message. */
#define EXPECT(name, status, part)                                                               \
  g_free (doctor_expect (fixture->connection, name, status, part))

GPtrArray      *doctor_examine (WdPgConnection *connection, const char *redis_url,
                                gboolean recount);
const WdCheck  *doctor_find (GPtrArray *checks, const char *name);
char           *doctor_expect (WdPgConnection *connection, const char *name, WdCheckStatus status,
                               const char *part);
void            doctor_follow (PgSiteFixture *fixture, const char *message, const char *begin);
WdPgConnection *doctor_connect_as (PgSiteFixture *fixture, const char *role);

G_END_DECLS
