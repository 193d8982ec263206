/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a job waited and ran, in words; on which day something was. */

#include "app/jobs/wd-job-times.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"
#include "model/wd-words.h"

/* Whole seconds since @from: what grows while one looks should not flicker. */
static WdTime
in_whole_seconds (WdTime from, WdTime now)
{
  return from + MAX (now - from, 0) / G_USEC_PER_SEC * G_USEC_PER_SEC;
}

static gboolean
is_span (WdTime from, WdTime to)
{
  return wd_time_is_finite (from) && wd_time_is_finite (to) && to >= from;
}

/**
 * wd_job_times_wait:
 * @job: a job
 * @now: the present, until which one that has not begun waits
 *
 * Returns: (transfer full) (nullable): how long it waited, such as “waited 1.7 s”; %NULL where
 *   that is not known. Of a job that was retried only the last beginning is known, and not when
 *   it was queued for it
 */
char *
wd_job_times_wait (const WdJob *job, WdTime now)
{
  WdJobStatus status = wd_job_status_from_string (job->status);
  gboolean waits = status == WD_JOB_STATUS_PENDING || status == WD_JOB_STATUS_RETRYING;
  gboolean retried = job->retry_count != WD_INT_NONE && job->retry_count > 0;
  g_autofree char *text = NULL;

  if (is_span (job->created_at, job->started_at))
    {
      text = wd_format_duration (job->created_at, job->started_at);
      return retried ? g_strdup_printf (_("%s after creation"), text)
                     : g_strdup_printf (_("waited %s"), text);
    }
  if (!waits || retried || job->started_at != WD_TIME_NONE || !is_span (job->created_at, now))
    return NULL;
  text = wd_format_duration (job->created_at, in_whole_seconds (job->created_at, now));
  return g_strdup_printf (_("waiting for %s"), text);
}

/**
 * wd_job_times_run:
 * @job: a job
 * @now: the present, which a job under way has reached
 *
 * Returns: (transfer full) (nullable): how long it ran, such as “ran 1.7 s”; %NULL where that is
 *   not known
 */
char *
wd_job_times_run (const WdJob *job, WdTime now)
{
  g_autofree char *text = NULL;

  if (is_span (job->started_at, job->completed_at))
    {
      text = wd_format_duration (job->started_at, job->completed_at);
      return g_strdup_printf (_("ran %s"), text);
    }
  if (wd_job_status_from_string (job->status) != WD_JOB_STATUS_ACTIVE
      || job->completed_at != WD_TIME_NONE || !is_span (job->started_at, now))
    return NULL;
  text = wd_format_duration (job->started_at, in_whole_seconds (job->started_at, now));
  return g_strdup_printf (_("running for %s"), text);
}

/* Returns: (nullable): @time as clocks and calendars there have it */
static GDateTime *
to_local (WdTime time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);

  if (!wd_time_is_finite (time))
    return NULL;
  utc = g_date_time_new_from_unix_utc (seconds);
  if (utc == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
}

static gint64
day_number (GDateTime *date)
{
  g_autoptr (GDateTime) noon = g_date_time_new_utc (g_date_time_get_year (date),
                                                    g_date_time_get_month (date),
                                                    g_date_time_get_day_of_month (date), 12, 0, 0);

  return g_date_time_to_unix (noon) / (24 * 60 * 60);
}

/**
 * wd_job_times_day:
 * @time: a time
 * @now: the present
 * @zone: (nullable): where days begin; %NULL is this machine's
 * @day: (nullable): how one is written, for g_date_time_format(); %NULL is %WD_FORMAT_DAY
 *
 * Returns: (transfer full): the day it was, such as “Today” or “Monday, 2026-11-23”
 */
char *
wd_job_times_day (WdTime time, WdTime now, GTimeZone *zone, const char *day)
{
  g_autoptr (GDateTime) date = to_local (time, zone);
  g_autoptr (GDateTime) today = to_local (now, zone);
  g_autofree char *format = NULL;
  gint64 days;

  if (date == NULL || today == NULL)
    return g_strdup (_("At no known time"));
  days = day_number (today) - day_number (date);
  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  format = g_strconcat ("%A, ", day != NULL ? day : WD_FORMAT_DAY, NULL);
  return g_date_time_format (date, format);
}
