/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is stuck, from what is known: no clock, no server. */

#include "model/wd-health-judge.h"

#include "model/wd-finding.h"

typedef struct {
  const WdQueueCounts *counts;
  const WdQueueActivity *activity;
  const WdProfile *profile;
  const WdTypeRuns *runs;
  gsize n_runs;
  const WdHealthLimits *limits;
  WdTime now;
  GPtrArray *findings;
} Case;

static const WdTypeRuns *
find_runs (const WdTypeRuns *runs, gsize n_runs, const char *job_type)
{
  for (gsize i = 0; i < n_runs; i++)
    if (g_strcmp0 (runs[i].job_type, job_type) == 0)
      return &runs[i];
  return NULL;
}

/**
 * wd_health_judge_run_limit:
 * @runs: (array length=n_runs): how long jobs run
 * @n_runs: of how many types
 * @job_type: (nullable): a type
 * @limits: of the site
 *
 * Returns: microseconds after which a job of @job_type is stuck, or 0 where too little is known
 */
gint64
wd_health_judge_run_limit (const WdTypeRuns *runs, gsize n_runs, const char *job_type,
                           const WdHealthLimits *limits)
{
  const WdTypeRuns *known = find_runs (runs, n_runs, job_type);

  if (known == NULL || known->samples < limits->least_samples)
    return 0;
  return MAX (known->p99 * limits->run_factor, limits->least_run * G_USEC_PER_SEC);
}

/* Several types may share a queue; then the job's name tells. */
static const char *
find_type (const Case *self, const char *name)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; name != NULL && i < n_types; i++)
    {
      const WdQueueMapping *mapping = wd_profile_get_mapping (self->profile, types[i].name);

      if (g_strcmp0 (mapping->queue, self->counts->queue) == 0
          && g_strcmp0 (mapping->bullmq_name, name) == 0)
        return types[i].name;
    }
  return wd_profile_get_job_type (self->profile, self->counts->queue);
}

static void
count_job (WdFinding *finding, const char *id, WdTime since)
{
  guint n = g_strv_length (finding->job_ids);

  finding->count++;
  if (since != WD_TIME_NONE && (finding->since == WD_TIME_NONE || since < finding->since))
    finding->since = since;
  if (n == WD_FINDING_EXAMPLES)
    return;
  finding->job_ids = g_renew (char *, finding->job_ids, n + 2);
  finding->job_ids[n] = g_strdup (id);
  finding->job_ids[n + 1] = NULL;
}

/* Adds @job to @finding, which is made for the first of them. */
static void
add_job (const Case *self, WdFinding **finding, WdFindingKind kind, const WdActiveJob *job,
         WdTime since)
{
  if (*finding == NULL)
    {
      *finding = wd_finding_create (kind, self->counts->queue, find_type (self, job->name));
      (*finding)->workers = self->counts->workers;
      g_ptr_array_add (self->findings, *finding);
    }
  count_job (*finding, job->id, since);
}

static void
judge_active (const Case *self)
{
  const GPtrArray *active = self->activity->active;
  gboolean more = self->counts->active > WD_QUEUE_ACTIVITY_MOST;
  WdFinding *lost = NULL, *slow = NULL;

  for (guint i = 0; i < active->len; i++)
    {
      const WdActiveJob *job = active->pdata[i];
      gint64 limit = wd_health_judge_run_limit (self->runs, self->n_runs,
                                                find_type (self, job->name), self->limits);

      if (!job->locked)
        add_job (self, &lost, WD_FINDING_LOST_LOCK, job, job->started);
      else if (limit > 0 && job->started != WD_TIME_NONE
               && self->now - job->started > limit)
        {
          add_job (self, &slow, WD_FINDING_LONG_RUN, job, job->started + limit);
          slow->limit = slow->limit == 0 ? limit : MIN (slow->limit, limit);
        }
    }
  if (lost != NULL)
    lost->at_least = more;
  if (slow != NULL)
    slow->at_least = more;
}

static void
judge_stalled (const Case *self)
{
  const GPtrArray *groups[] = { self->activity->active, self->activity->stalled_waiting,
                                self->activity->stalled_failed };
  WdFinding *stalled = NULL;

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (guint i = 0; i < groups[g]->len; i++)
      {
        const WdActiveJob *job = groups[g]->pdata[i];

        if (job->stalled > 0)
          add_job (self, &stalled, WD_FINDING_STALLED, job, job->started);
      }
}

/* Of all the types that share the queue. */
static WdTime
find_last_finished (const Case *self, gint64 *limit)
{
  WdTime last = self->activity->last_finished;

  for (gsize i = 0; i < self->n_runs; i++)
    {
      const char *queue = wd_profile_get_mapping (self->profile, self->runs[i].job_type)->queue;

      if (g_strcmp0 (queue, self->counts->queue) != 0)
        continue;
      last = MAX (last, self->runs[i].last_finished);
      *limit = MAX (*limit, wd_health_judge_run_limit (self->runs, self->n_runs,
                                                       self->runs[i].job_type, self->limits));
    }
  return last;
}

static void
judge_waiting (const Case *self)
{
  const WdQueueCounts *counts = self->counts;
  const WdQueueActivity *activity = self->activity;
  gint64 limit = self->limits->idle * G_USEC_PER_SEC;
  WdTime last = find_last_finished (self, &limit);
  WdTime since = MAX (MAX (last, activity->last_started), activity->oldest_ready);
  /* Workers of other languages, or named with a space, are not among those that can be counted. */
  gboolean no_worker = counts->workers == 0 && !activity->has_signs;
  /* Only workers notice that a delayed job is due. */
  gint64 n_waiting = counts->waiting + counts->prioritized + counts->overdue;
  WdFinding *finding;

  /* A paused queue waits because somebody wants it to. */
  if (counts->paused || n_waiting == 0)
    return;
  if (!no_worker
      && (activity->oldest_ready == WD_TIME_NONE || self->now - since <= limit))
    return;
  finding = wd_finding_create (no_worker ? WD_FINDING_NO_WORKER : WD_FINDING_NOTHING_ENDS,
                               counts->queue, find_type (self, NULL));
  finding->count = n_waiting;
  finding->workers = no_worker || counts->workers > 0 ? counts->workers : -1;
  finding->since = no_worker ? activity->oldest_ready : since;
  g_ptr_array_add (self->findings, finding);
}

/**
 * wd_health_judge_queue:
 * @counts: what a queue holds
 * @activity: what happens in it
 * @profile: says which types of job it runs
 * @runs: (array length=n_runs): how long jobs usually run
 * @n_runs: of how many types
 * @limits: of the site
 * @now: the time by Redis' clock
 * @findings: (element-type WdFinding): what is wrong with it is added here
 */
void
wd_health_judge_queue (const WdQueueCounts *counts, const WdQueueActivity *activity,
                       const WdProfile *profile, const WdTypeRuns *runs, gsize n_runs,
                       const WdHealthLimits *limits, WdTime now, GPtrArray *findings)
{
  Case self = { counts, activity, profile, runs, n_runs, limits, now, findings };

  g_return_if_fail (counts != NULL && activity != NULL && limits != NULL && findings != NULL);

  judge_waiting (&self);
  judge_active (&self);
  judge_stalled (&self);
}

static void
judge_long_rows (const GPtrArray *active, const WdTypeRuns *runs, gint64 limit, WdTime now,
                 GPtrArray *findings)
{
  WdFinding *slow = NULL;

  for (guint i = 0; limit > 0 && i < active->len; i++)
    {
      const WdActiveJob *job = active->pdata[i];

      if (g_strcmp0 (job->name, runs->job_type) != 0 || !wd_time_is_finite (job->started)
          || now - job->started <= limit)
        continue;
      if (slow == NULL)
        {
          slow = wd_finding_create (WD_FINDING_LONG_RUN, NULL, job->name);
          slow->limit = limit;
          slow->at_least = active->len >= WD_QUEUE_ACTIVITY_MOST;
          g_ptr_array_add (findings, slow);
        }
      count_job (slow, job->id, job->started + limit);
    }
}

static void
judge_pending_rows (const GPtrArray *active, const WdTypeRuns *runs, gint64 limit, WdTime now,
                    GPtrArray *findings)
{
  WdTime since = MAX (runs->last_finished, runs->oldest_pending);
  WdFinding *finding;

  if (runs->pending == 0 || !wd_time_is_finite (runs->oldest_pending))
    return;
  for (guint i = 0; i < active->len; i++)
    {
      const WdActiveJob *job = active->pdata[i];

      if (g_strcmp0 (job->name, runs->job_type) == 0 && wd_time_is_finite (job->started))
        since = MAX (since, job->started);
    }
  if (now - since <= limit)
    return;
  finding = wd_finding_create (WD_FINDING_NOTHING_ENDS, NULL, runs->job_type);
  finding->count = runs->pending;
  finding->workers = -1;
  finding->since = since;
  g_ptr_array_add (findings, finding);
}

/**
 * wd_health_judge_rows:
 * @active: (element-type WdActiveJob): jobs that run, as `job_logs` has them; the name is the type
 * @runs: (array length=n_runs): how long jobs usually run, and what waits
 * @n_runs: of how many types
 * @limits: of the site
 * @now: the time by the database's clock
 * @findings: (element-type WdFinding): what is wrong with them is added here
 *
 * For sites without queues: only a row says that a job runs, or waits.
 */
void
wd_health_judge_rows (const GPtrArray *active, const WdTypeRuns *runs, gsize n_runs,
                      const WdHealthLimits *limits, WdTime now, GPtrArray *findings)
{
  for (gsize type = 0; type < n_runs; type++)
    {
      gint64 limit = wd_health_judge_run_limit (runs, n_runs, runs[type].job_type, limits);

      judge_pending_rows (active, &runs[type], MAX (limit, limits->idle * G_USEC_PER_SEC), now,
                          findings);
      judge_long_rows (active, &runs[type], limit, now, findings);
    }
}
