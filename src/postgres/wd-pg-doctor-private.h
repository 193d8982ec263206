/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-check.h"
#include "model/wd-profile.h"
#include "postgres/wd-pg-columns.h"

G_BEGIN_DECLS

/* What the files of the doctor share: one examination. */
typedef struct {
  WdPgConnection *connection;
  const WdProfile *profile;
  const WdPgColumns *columns;
  GPtrArray *checks;    /* element-type WdCheck */
  gint64 deadline;
  GCancellable *cancellable;
} WdPgDoctor;

WdPgResult *wd_pg_doctor_ask (WdPgDoctor *self, const char *name, const char *sql,
                              WdPgParams *params);
WdCheck    *wd_pg_doctor_add (WdPgDoctor *self, const char *name, WdCheckStatus status,
                              const char *format, ...) G_GNUC_PRINTF (4, 5);
void        wd_pg_doctor_add_remedy (WdPgDoctor *self, const char *name, WdCheckStatus status,
                                     const char *remedy, const char *format, ...)
  G_GNUC_PRINTF (5, 6);
void        wd_pg_doctor_fail (WdPgDoctor *self, const char *name, const GError *error);

void wd_pg_doctor_check_indexes (WdPgDoctor *self);
void wd_pg_doctor_check_grants (WdPgDoctor *self);
void wd_pg_doctor_check_row_security (WdPgDoctor *self);
void wd_pg_doctor_check_functions (WdPgDoctor *self);
void wd_pg_doctor_check_delivery (WdPgDoctor *self);
void wd_pg_doctor_check_outbox (WdPgDoctor *self);
void wd_pg_doctor_check_counts (WdPgDoctor *self, gboolean recount);

G_END_DECLS
