/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-finding.h"

#include <glib/gi18n-lib.h>

#include "model/wd-job-type.h"

static void
clear_finding (WdFinding *self)
{
  g_free (self->queue);
  g_free (self->job_type);
  g_strfreev (self->job_ids);
}

WD_DEFINE_RECORD (WdFinding, wd_finding, clear_finding)

static const struct {
  const char *word;
  const char *advice;
} kinds[WD_N_FINDING_KINDS] = {
  [WD_FINDING_LOST_LOCK] = {
    "lost-lock",
    N_("Their worker died or hangs. A connected worker takes such a job up again within about half "
       "a minute; if it stays, restart the workers of this queue. See on the chain what the job "
       "has done already.") },
  [WD_FINDING_LONG_RUN] = {
    "long-run",
    N_("Look at the job’s log and at what it waits for, such as a node or a lock. If it hangs, "
       "restart its worker: the job is then taken up again.") },
  [WD_FINDING_STALLED] = {
    "stalled",
    N_("BullMQ gave them up and let them run again, or failed them. Look at the workers’ memory "
       "and log for why they died or were blocked, and on the chain for what was done twice.") },
  [WD_FINDING_NOTHING_ENDS] = {
    "nothing-ends",
    N_("The workers hang, or work on something else. Look at their log, then restart them.") },
  [WD_FINDING_NO_WORKER] = {
    "no-worker",
    N_("Start a worker for this queue. If one runs, its Redis address, prefix or queue name "
       "differs from this connection’s.") },
};

/**
 * wd_finding_create:
 * @kind: what is wrong
 * @queue: (nullable): with which queue
 * @job_type: (nullable): with which type of job
 *
 * Returns: (transfer full): a finding without jobs yet
 */
WdFinding *
wd_finding_create (WdFindingKind kind, const char *queue, const char *job_type)
{
  WdFinding *self = wd_finding_new ();

  self->kind = kind;
  self->queue = g_strdup (queue);
  self->job_type = g_strdup (job_type);
  self->since = WD_TIME_NONE;
  self->workers = -1;
  self->job_ids = g_new0 (char *, 1);
  return self;
}

/**
 * wd_finding_kind_word:
 * @kind: a kind
 *
 * Returns: (transfer none): the word of documents
 */
const char *
wd_finding_kind_word (WdFindingKind kind)
{
  return kinds[kind].word;
}

/**
 * wd_finding_get_subject:
 * @self: a finding
 *
 * Returns: (transfer none): the type of job for people, or the queue
 */
const char *
wd_finding_get_subject (const WdFinding *self)
{
  return self->job_type != NULL ? wd_job_type_label (self->job_type) : self->queue;
}

static char *
count_text (const WdFinding *self, const WdNumberFormat *format)
{
  g_autofree char *count = wd_format_count (self->count, format);

  return self->at_least ? g_strdup_printf (_("%s or more"), count) : g_steal_pointer (&count);
}

static char *
describe_wait (const WdFinding *self, const char *count)
{
  gulong n = (gulong) self->count;

  if (self->kind == WD_FINDING_NO_WORKER)
    return g_strdup_printf (ngettext ("%s job waits and no worker is connected",
                                      "%s jobs wait and no worker is connected", n), count);
  if (self->workers < 0)
    return g_strdup_printf (ngettext ("%s job waits and nothing ends; whether workers are "
                                      "connected cannot be seen",
                                      "%s jobs wait and nothing ends; whether workers are "
                                      "connected cannot be seen", n), count);
  return g_strdup_printf (ngettext ("%s job waits, workers are connected, and nothing ends",
                                    "%s jobs wait, workers are connected, and nothing ends", n),
                          count);
}

/**
 * wd_finding_describe:
 * @self: a finding
 * @format: (nullable): how to write its number; %NULL for digits alone
 *
 * Returns: (transfer full): what is wrong, in one line
 */
char *
wd_finding_describe (const WdFinding *self, const WdNumberFormat *format)
{
  g_autofree char *count = count_text (self, format);
  g_autofree char *limit = wd_format_duration (0, self->limit);
  gulong n = (gulong) self->count;

  switch (self->kind)
    {
    case WD_FINDING_LOST_LOCK:
      return g_strdup_printf (ngettext ("%s active job has no worker any more: its lock has "
                                        "expired",
                                        "%s active jobs have no worker any more: their locks have "
                                        "expired", n), count);
    case WD_FINDING_LONG_RUN:
      /* TRANSLATORS: the second is a duration, such as “2 min 5 s” */
      return g_strdup_printf (ngettext ("%s active job runs for more than %s, far longer than its "
                                        "type usually does",
                                        "%s active jobs run for more than %s, far longer than "
                                        "their type usually does", n), count, limit);
    case WD_FINDING_STALLED:
      return g_strdup_printf (ngettext ("%s job lost its worker while it ran (stalled)",
                                        "%s jobs lost their worker while they ran (stalled)", n),
                              count);
    case WD_FINDING_NOTHING_ENDS:
    case WD_FINDING_NO_WORKER:
    case WD_N_FINDING_KINDS:
      break;
    }
  return describe_wait (self, count);
}

/**
 * wd_finding_describe_since:
 * @self: a finding
 * @now: the time
 *
 * Returns: (transfer full) (nullable): since when; %NULL where that is not known
 */
char *
wd_finding_describe_since (const WdFinding *self, WdTime now)
{
  g_autofree char *age = NULL;

  if (self->since == WD_TIME_NONE)
    return NULL;
  age = wd_format_duration (self->since, MAX (self->since, now));
  switch (self->kind)
    {
    case WD_FINDING_LOST_LOCK:
      return g_strdup_printf (_("the first began %s ago"), age);
    case WD_FINDING_STALLED:
      return g_strdup_printf (_("the first %s ago"), age);
    case WD_FINDING_NO_WORKER:
      return g_strdup_printf (_("the first waits for %s"), age);
    case WD_FINDING_LONG_RUN:
    case WD_FINDING_NOTHING_ENDS:
    case WD_N_FINDING_KINDS:
      break;
    }
  return g_strdup_printf (_("for %s"), age);
}

/**
 * wd_finding_get_advice:
 * @self: a finding
 *
 * Returns: (transfer none): what to do, translated
 */
const char *
wd_finding_get_advice (const WdFinding *self)
{
  return _(kinds[self->kind].advice);
}
