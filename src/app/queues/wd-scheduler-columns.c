/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/queues/wd-scheduler-columns.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "wire/wd-wire-scheduler.h"

static char *
get_key (gconstpointer record, WdTime now)
{
  return wd_format_visible (((const WdScheduler *) record)->key, 128);
}

static char *
get_whole_key (gconstpointer record)
{
  return wd_format_visible (((const WdScheduler *) record)->key, 512);
}

static char *
get_name (gconstpointer record, WdTime now)
{
  const WdScheduler *scheduler = record;

  return scheduler->name != NULL ? wd_format_visible (scheduler->name, 64) : g_strdup ("—");
}

static char *
get_when (gconstpointer record, WdTime now)
{
  return wd_scheduler_describe_schedule (record);
}

static char *
get_pattern (gconstpointer record)
{
  const WdScheduler *scheduler = record;

  return scheduler->pattern != NULL ? wd_format_visible (scheduler->pattern, 128) : NULL;
}

static char *
get_next (gconstpointer record, WdTime now)
{
  WdTime next = wd_scheduler_get_next (record);

  return next != WD_TIME_NONE ? wd_format_age (next, now) : g_strdup ("—");
}

static char *
get_whole_next (gconstpointer record)
{
  WdTime next = wd_scheduler_get_next (record);

  return next != WD_TIME_NONE ? wd_text_time (next) : NULL;
}

static char *
get_last (gconstpointer record, WdTime now)
{
  const WdScheduler *scheduler = record;

  return scheduler->last != WD_TIME_NONE ? wd_format_age (scheduler->last, now) : g_strdup ("—");
}

static char *
get_whole_last (gconstpointer record)
{
  const WdScheduler *scheduler = record;

  return scheduler->last != WD_TIME_NONE ? wd_text_time (scheduler->last) : NULL;
}

static char *
get_iterations (gconstpointer record, WdTime now)
{
  return wd_scheduler_columns_iterations (record);
}

/* How it goes on: a word and its tone. */
static const struct {
  const char *word;
  const char *tone;
} states[] = {
  [WD_SCHEDULER_DELAYED] = { NC_("scheduler", "Planned"), NULL },
  [WD_SCHEDULER_WAITING] = { NC_("scheduler", "Due"), NULL },
  [WD_SCHEDULER_ACTIVE] = { NC_("scheduler", "Running"), WD_TONE_BUSY },
  [WD_SCHEDULER_ENDED] = { NC_("scheduler", "Ended"), WD_TONE_CAUTION },
  [WD_SCHEDULER_BROKEN] = { NC_("scheduler", "Broken"), WD_TONE_WRONG },
  [WD_SCHEDULER_UNKNOWN] = { NC_("scheduler", "Not Known"), NULL },
};

static char *
get_state (gconstpointer record, WdTime now)
{
  const WdScheduler *scheduler = record;

  if (wd_scheduler_is_late (scheduler, now))
    return g_strdup (C_("scheduler", "Late"));
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "scheduler", states[scheduler->state].word));
}

static const char *
get_state_tone (gconstpointer record)
{
  const WdScheduler *scheduler = record;

  return wd_scheduler_is_late (scheduler, wd_time_now ()) ? WD_TONE_CAUTION
                                                          : states[scheduler->state].tone;
}

static const WdColumnSpec columns[] = {
  { .title = N_("State"), .kind = WD_CELL_BADGE, .chars = 9, .sort = WD_SORT_NONE, .ticks = TRUE,
    .get_text = get_state, .get_tone = get_state_tone },
  { .title = N_("Scheduler"), .kind = WD_CELL_IDENTITY, .min_chars = 12, .chars = 24,
    .expand = TRUE, .sort = WD_SORT_NONE, .get_text = get_key, .get_tooltip = get_whole_key },
  { .title = N_("Jobs"), .min_chars = 6, .chars = 10, .least_width = 620, .sort = WD_SORT_NONE,
    .get_text = get_name },
  { .title = N_("When"), .min_chars = 19, .chars = 32, .least_width = 400, .sort = WD_SORT_NONE,
    .get_text = get_when, .get_tooltip = get_pattern },
  { .title = N_("Next"), .kind = WD_CELL_NUMBER, .min_chars = 7, .chars = 9, .ticks = TRUE,
    .sort = WD_SORT_NONE, .get_text = get_next, .get_tooltip = get_whole_next },
  { .title = N_("Last"), .kind = WD_CELL_NUMBER, .min_chars = 7, .chars = 9, .least_width = 540,
    .dim = TRUE, .ticks = TRUE, .sort = WD_SORT_NONE, .get_text = get_last,
    .get_tooltip = get_whole_last },
  { .title = N_("Iterations"), .kind = WD_CELL_NUMBER, .min_chars = 5, .chars = 9,
    .least_width = 700, .dim = TRUE, .sort = WD_SORT_NONE, .get_text = get_iterations },
};

/**
 * wd_scheduler_columns:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): what a table of schedulers shows
 */
const WdColumnSpec *
wd_scheduler_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}

static const char *
get_id (gconstpointer record)
{
  return ((const WdScheduler *) record)->key;
}

static gpointer
ref_record (gpointer record)
{
  return wd_scheduler_ref (record);
}

static void
unref_record (gpointer record)
{
  wd_scheduler_unref (record);
}

/**
 * wd_scheduler_columns_kind:
 *
 * Returns: (transfer none): what a #WdRow needs to hold a #WdScheduler
 */
const WdListKind *
wd_scheduler_columns_kind (void)
{
  static const WdListKind kind = { .get_id = get_id, .ref = ref_record, .unref = unref_record };

  return &kind;
}

/**
 * wd_scheduler_columns_iterations:
 * @scheduler: a scheduler
 *
 * Returns: (transfer full): how many jobs it has made, and of how many
 */
char *
wd_scheduler_columns_iterations (const WdScheduler *scheduler)
{
  g_autofree char *made = NULL, *limit = NULL;

  if (scheduler->iterations < 0)
    return g_strdup ("—");
  made = wd_text_count (scheduler->iterations);
  if (scheduler->limit <= 0)
    return g_steal_pointer (&made);
  limit = wd_text_count (scheduler->limit);
  /* TRANSLATORS: so many of at most so many */
  return g_strdup_printf (_("%s of %s"), made, limit);
}

#define DEFINE_COPY(field)                                    \
  static char *                                               \
  copy_##field (gconstpointer record)                         \
  {                                                           \
    return g_strdup (((const WdScheduler *) record)->field);  \
  }

#define DEFINE_COPY_COUNT(field, least)                                           \
  static char *                                                                   \
  copy_##field (gconstpointer record)                                             \
  {                                                                               \
    gint64 count = ((const WdScheduler *) record)->field;                         \
                                                                                  \
    return count >= least ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : NULL;  \
  }

DEFINE_COPY (key)
DEFINE_COPY (name)
DEFINE_COPY (pattern)
DEFINE_COPY (tz)
DEFINE_COPY (job_id)
DEFINE_COPY (job_state)
DEFINE_COPY_COUNT (every, 1)
DEFINE_COPY_COUNT (iterations, 0)
DEFINE_COPY_COUNT (limit, 1)

static char *
copy_state (gconstpointer record)
{
  return g_strdup (wd_scheduler_state_word (((const WdScheduler *) record)->state));
}

static char *
copy_next (gconstpointer record)
{
  WdTime next = wd_scheduler_get_next (record);

  return next != WD_TIME_NONE ? wd_time_to_rfc3339 (next) : NULL;
}

static char *
copy_last (gconstpointer record)
{
  WdTime last = ((const WdScheduler *) record)->last;

  return last != WD_TIME_NONE ? wd_time_to_rfc3339 (last) : NULL;
}

static void
write_record (WdJsonWriter *writer, gconstpointer record)
{
  wd_wire_scheduler_members (writer, record);
}

/**
 * wd_scheduler_columns_copy:
 *
 * Returns: (transfer none): how schedulers are copied
 */
const WdCopyKind *
wd_scheduler_columns_copy (void)
{
  static const WdCopyColumn copies[] = {
    { "state", copy_state },
    { "key", copy_key },
    { "name", copy_name },
    { "pattern", copy_pattern },
    { "every", copy_every },
    { "tz", copy_tz },
    { "next", copy_next },
    { "last", copy_last },
    { "iterations", copy_iterations },
    { "limit", copy_limit },
    { "job_id", copy_job_id },
    { "job_state", copy_job_state },
  };
  static const WdCopyKind kind = { .columns = copies, .n_columns = G_N_ELEMENTS (copies),
                                   .write = write_record };

  return &kind;
}
