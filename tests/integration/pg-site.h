/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pg-test.h"

G_BEGIN_DECLS

/**
 * PgSite:
 * @files: (array zero-terminated=1): of tests/fixtures/sql, without suffix, in this order
 * @migrated: whether to migrate then
 *
 * Tables as some site has them.
 */
typedef struct {
  const char *name;
  const char *files[5];
  gboolean migrated;
} PgSite;

/**
 * PgSiteFixture:
 *
 * A database of its own with a site's tables, and a connection of its owner.
 */
typedef struct {
  WdPgConnection *admin;
  WdPgConnection *connection;
  char *name;
  char *uri;
} PgSiteFixture;

extern const PgSite pg_sites[];
extern const gsize pg_n_sites;

void pg_site_set_up (PgSiteFixture *fixture, gconstpointer site);
void pg_site_tear_down (PgSiteFixture *fixture, gconstpointer site);
void pg_site_run (PgSiteFixture *fixture, const char *sql);
void pg_site_migrate (PgSiteFixture *fixture);

void pg_site_add_tests (const char *prefix, void (*test) (PgSiteFixture *, gconstpointer));

G_END_DECLS
