/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a remote dashboard does not serve. Each answers at once with the reason. */

#include "rest/wd-rest-backend-private.h"

#include "base/wd-error.h"
#include "rest/wd-rest-lacks.h"

static void
refuse (GTask *task, WdAbility ability)
{
  g_task_return_new_error (task, WD_ERROR, WD_ERROR_NOT_SUPPORTED, "%s",
                           wd_rest_lack_reason (ability));
}

static void
load_history (WdBackend *self, const WdHistoryRequest *request, GTask *task)
{
  refuse (task, WD_ABILITY_CHARTS);
}

static void
load_health_limits (WdBackend *self, GTask *task)
{
  refuse (task, WD_ABILITY_HEALTH);
}

static void
set_health_limits (WdBackend *self, const WdHealthLimits *before, const WdHealthLimits *after,
                   GTask *task)
{
  refuse (task, WD_ABILITY_HEALTH);
}

static void
list_schedulers (WdBackend *self, const char *queue, const char *cursor, guint limit, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
set_queue_limits (WdBackend *self, const char *queue, const WdQueueLimits *before,
                  const WdQueueLimits *after, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
list_queue_jobs (WdBackend *self, WdQueueJobsRequest *request, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
load_queue_job (WdBackend *self, const char *queue, const char *id, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
load_flow (WdBackend *self, const char *queue, const char *id, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
load_health (WdBackend *self, GTask *task)
{
  refuse (task, WD_ABILITY_HEALTH);
}

static void
list_outbox (WdBackend *self, GTask *task)
{
  refuse (task, WD_ABILITY_OUTBOX);
}

static void
send_outbox (WdBackend *self, const char *const *ids, guint min_age_ms, GTask *task)
{
  refuse (task, WD_ABILITY_OUTBOX);
}

static void
discard_outbox (WdBackend *self, const char *const *ids, GTask *task)
{
  refuse (task, WD_ABILITY_OUTBOX);
}

static void
list_audit (WdBackend *self, const WdAuditFilter *filter, const WdPageRequest *page, GTask *task)
{
  refuse (task, WD_ABILITY_AUDIT);
}

static void
export_rows (WdBackend *self, const WdExportRequest *request, WdExportFunc func, gpointer func_data,
             GTask *task)
{
  refuse (task, WD_ABILITY_EXPORT);
}

static void
check_drift (WdBackend *self, WdDriftProgress progress, gpointer progress_data, GTask *task)
{
  refuse (task, WD_ABILITY_DRIFT);
}

static void
fix_drift (WdBackend *self, const WdDriftFix *fix, GTask *task)
{
  refuse (task, WD_ABILITY_DRIFT);
}

static void
plan_queue (WdBackend *self, const WdQueueOrder *order, GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
run_queue (WdBackend *self, WdQueuePlan *plan, WdBulkProgress progress, gpointer progress_data,
           GTask *task)
{
  refuse (task, WD_ABILITY_QUEUE_JOBS);
}

static void
migrate (WdBackend *self, gboolean dry_run, const char *const *names, WdMigrateProgress progress,
         gpointer progress_data, GTask *task)
{
  refuse (task, WD_ABILITY_MIGRATE);
}

/**
 * wd_rest_backend_add_refusals:
 * @iface: gets its methods
 */
void
wd_rest_backend_add_refusals (WdBackendInterface *iface)
{
  iface->load_history = load_history;
  iface->load_health_limits = load_health_limits;
  iface->set_health_limits = set_health_limits;
  iface->list_schedulers = list_schedulers;
  iface->set_queue_limits = set_queue_limits;
  iface->list_queue_jobs = list_queue_jobs;
  iface->load_queue_job = load_queue_job;
  iface->load_flow = load_flow;
  iface->load_health = load_health;
  iface->list_outbox = list_outbox;
  iface->send_outbox = send_outbox;
  iface->discard_outbox = discard_outbox;
  iface->list_audit = list_audit;
  iface->export_rows = export_rows;
  iface->check_drift = check_drift;
  iface->fix_drift = fix_drift;
  iface->plan_queue = plan_queue;
  iface->run_queue = run_queue;
  iface->migrate = migrate;
}
