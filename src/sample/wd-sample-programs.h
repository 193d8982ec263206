/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdSamplePrograms:
 * @initdb: makes a PostgreSQL cluster
 * @postgres: the server, of the same version
 * @redis: redis-server, or valkey-server
 *
 * Paths of the servers that are installed on the system, or with the program.
 */
typedef struct {
  char *initdb;
  char *postgres;
  char *redis;
} WdSamplePrograms;

WdSamplePrograms *wd_sample_programs_find (GError **error);
void              wd_sample_programs_free (WdSamplePrograms *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdSamplePrograms, wd_sample_programs_free)

G_END_DECLS
