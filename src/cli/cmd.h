/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/wd-cli-arguments.h"
#include "cli/wd-cli-context.h"

G_BEGIN_DECLS

/* What runs each command; one file each. */

gboolean wd_cmd_alerts_acknowledge (WdCliContext *context, const WdCliArguments *arguments,
                                    GError **error);
gboolean wd_cmd_alerts_list (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_alerts_rules (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_alerts_snooze (WdCliContext *context, const WdCliArguments *arguments,
                               GError **error);
gboolean wd_cmd_audit_list (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_bulk_pause (WdCliContext *context, const WdCliArguments *arguments,
                            GError **error);
gboolean wd_cmd_bulk_discard (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_bulk_dispatch (WdCliContext *context, const WdCliArguments *arguments,
                               GError **error);
gboolean wd_cmd_bulk_list (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_bulk_report (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_bulk_retry (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_bulk_run (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_bulk_set_flags (WdCliContext *context, const WdCliArguments *arguments,
                                GError **error);
gboolean wd_cmd_bulk_show (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_dispatch (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_doctor (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_health_limits (WdCliContext *context, const WdCliArguments *arguments,
                               GError **error);
gboolean wd_cmd_history (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_health (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_drift_check (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_drift_fix (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_jobs_errors (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_jobs_list (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_jobs_retry (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_jobs_show (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_migrate (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_outbox_discard (WdCliContext *context, const WdCliArguments *arguments,
                                GError **error);
gboolean wd_cmd_outbox_list (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_outbox_send (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_queues_clean (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_queues_drain (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_queues_limits (WdCliContext *context, const WdCliArguments *arguments,
                               GError **error);
gboolean wd_cmd_queues_flow (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_queues_job (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_queues_jobs (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_queues_list (WdCliContext *context, const WdCliArguments *arguments,
                             GError **error);
gboolean wd_cmd_queues_pause (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_queues_promote (WdCliContext *context, const WdCliArguments *arguments,
                                GError **error);
gboolean wd_cmd_queues_remove_scheduler (WdCliContext *context, const WdCliArguments *arguments,
                                         GError **error);
gboolean wd_cmd_queues_resume (WdCliContext *context, const WdCliArguments *arguments,
                               GError **error);
gboolean wd_cmd_queues_schedulers (WdCliContext *context, const WdCliArguments *arguments,
                                   GError **error);
gboolean wd_cmd_stats (WdCliContext *context, const WdCliArguments *arguments, GError **error);
gboolean wd_cmd_wallets_list (WdCliContext *context, const WdCliArguments *arguments,
                              GError **error);
gboolean wd_cmd_wallets_set_flags (WdCliContext *context, const WdCliArguments *arguments,
                                   GError **error);
gboolean wd_cmd_watch (WdCliContext *context, const WdCliArguments *arguments, GError **error);

G_END_DECLS
