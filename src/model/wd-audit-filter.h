/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "base/wd-time.h"

G_BEGIN_DECLS

/**
 * WdAuditFilter:
 * @actions: (nullable) (array zero-terminated=1): any of these words
 * @who: (nullable): substring of the OS user, the host, the database's role or the program, in any
 *   case
 * @target: (nullable): substring of the target's id or of the job's id, wallet or queue, in any
 *   case
 * @search: (nullable): substring of any of what @who and @target look into
 * @from: written at or after, or %WD_TIME_NONE
 * @to: written at or before, or %WD_TIME_NONE
 *
 * Which entries of the audit trail. %NULL and %WD_TIME_NONE do not restrict; what is given holds
 * together.
 */
typedef struct {
  char **actions;
  char *who;
  char *target;
  char *search;
  WdTime from;
  WdTime to;
} WdAuditFilter;

WdAuditFilter *wd_audit_filter_new (void);
WdAuditFilter *wd_audit_filter_copy (const WdAuditFilter *self);
void           wd_audit_filter_free (WdAuditFilter *self);
gboolean       wd_audit_filter_equal (const WdAuditFilter *a, const WdAuditFilter *b);
gboolean       wd_audit_filter_is_empty (const WdAuditFilter *self);
gboolean       wd_audit_filter_validate (const WdAuditFilter *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdAuditFilter, wd_audit_filter_free)

G_END_DECLS
