/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-queue-limits.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-format.h"

/**
 * wd_queue_limits_equal:
 * @a: limits
 * @b: others
 *
 * Returns: whether they are the same
 */
gboolean
wd_queue_limits_equal (const WdQueueLimits *a, const WdQueueLimits *b)
{
  return a->concurrency == b->concurrency && a->rate_max == b->rate_max && a->rate_ms == b->rate_ms;
}

/**
 * wd_queue_limits_check:
 * @self: limits to be set
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether a queue works with them
 */
gboolean
wd_queue_limits_check (const WdQueueLimits *self, GError **error)
{
  if (self->concurrency < 0 || self->concurrency > WD_QUEUE_CONCURRENCY_MAX)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("Between 1 and %d jobs can run at once. To stop a queue, pause it"),
                 WD_QUEUE_CONCURRENCY_MAX);
  else if (self->rate_max < 0 || self->rate_max > WD_QUEUE_RATE_MAX)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("Between 1 and %d jobs can begin in a time. To stop a queue, pause it"),
                 WD_QUEUE_RATE_MAX);
  else if ((self->rate_max > 0) != (self->rate_ms > 0) || self->rate_ms < 0
           || self->rate_ms > WD_QUEUE_RATE_MS_MAX)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                         _("The time of a rate limit is at least a millisecond and at most a day"));
  else
    return TRUE;
  return FALSE;
}

/* Returns: (transfer full): seconds with as many decimals as there are */
static char *
format_seconds (gint64 ms)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GINT64_FORMAT ".%03d", ms / 1000, (int) (ms % 1000));
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  if (text->str[text->len - 1] == '.')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

/**
 * wd_queue_limits_describe_rate:
 * @self: limits
 *
 * Returns: (transfer full) (nullable): the rate limit, translated; %NULL where there is none that
 *   works
 */
char *
wd_queue_limits_describe_rate (const WdQueueLimits *self)
{
  g_autofree char *jobs = NULL;
  g_autofree char *seconds = NULL;

  if (self->rate_max <= 0 || self->rate_ms <= 0)
    return NULL;
  jobs = wd_format_count (self->rate_max, NULL);
  seconds = format_seconds (self->rate_ms);
  /* TRANSLATORS: a limit of how many jobs begin in a time, such as “at most 10 in 60 s” */
  return g_strdup_printf (_("at most %s in %s s"), jobs, seconds);
}

/**
 * wd_queue_limits_describe:
 * @self: limits
 *
 * Returns: (transfer full) (nullable): those that are set, translated; %NULL where none is
 */
char *
wd_queue_limits_describe (const WdQueueLimits *self)
{
  g_autofree char *rate = wd_queue_limits_describe_rate (self);
  g_autofree char *jobs = wd_format_count (self->concurrency, NULL);
  g_autofree char *concurrency = NULL;

  if (self->concurrency > 0)
    /* TRANSLATORS: a limit of how many jobs run together */
    concurrency = g_strdup_printf (_("at most %s at once"), jobs);
  if (concurrency == NULL || rate == NULL)
    return concurrency != NULL ? g_steal_pointer (&concurrency) : g_steal_pointer (&rate);
  return g_strdup_printf ("%s · %s", concurrency, rate);
}

/**
 * wd_queue_limits_describe_oddity:
 * @self: limits
 *
 * Returns: (transfer full) (nullable): why workers fail at them, and what to do, translated
 */
char *
wd_queue_limits_describe_oddity (const WdQueueLimits *self)
{
  if (self->concurrency < 0 || self->rate_max < 0 || self->rate_ms < 0)
    return g_strdup (_("One of its limits is no number above 0: workers fail at it, or take "
                       "nothing. Set it anew, or take it away"));
  if ((self->rate_max > 0) != (self->rate_ms > 0))
    return g_strdup (_("Half of its rate limit is missing: workers fail at it. Set it anew, or "
                       "take it away"));
  return NULL;
}
