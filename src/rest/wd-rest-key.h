/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-job.h"

G_BEGIN_DECLS

/**
 * WdRestKey:
 * @created: when the job was made, or %WD_TIME_NONE
 * @id: of the job
 * @cursor: (nullable): the server's own, where it has such
 *
 * The place of a job in a list from new to old: without a time is newest of all, the id breaks
 * ties.
 */
typedef struct {
  WdTime created;
  char *id;
  char *cursor;
} WdRestKey;

WdRestKey *wd_rest_key_parse (const char *cursor, GError **error);
void       wd_rest_key_free (WdRestKey *self);
char      *wd_rest_key_format (const WdJob *job, const char *cursor);
int        wd_rest_key_compare_jobs (const WdJob *a, const WdJob *b);
int        wd_rest_key_compare (const WdJob *job, const WdRestKey *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdRestKey, wd_rest_key_free)

char    *wd_rest_offset_format (gint64 offset, const char *cursor);
gboolean wd_rest_offset_parse (const char *text, gint64 none, gint64 *offset, char **cursor,
                               GError **error);

G_END_DECLS
