/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-job-columns.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"
#include "model/wd-job.h"

static char *
get_status (gconstpointer record, WdTime now)
{
  return wd_format_visible (wd_job_status_label (((const WdJob *) record)->status), 64);
}

static const char *
get_status_tone (gconstpointer record)
{
  return wd_tone_of_job_status (((const WdJob *) record)->status);
}

static char *
get_type (gconstpointer record, WdTime now)
{
  return wd_format_visible (wd_job_type_label (((const WdJob *) record)->job_type), 64);
}

static char *
get_wallet (gconstpointer record, WdTime now)
{
  const char *wallet = ((const WdJob *) record)->wallet_address;

  return wallet != NULL ? wd_format_address (wallet) : g_strdup ("—");
}

static char *
get_whole_wallet (gconstpointer record)
{
  const char *wallet = ((const WdJob *) record)->wallet_address;

  return wallet != NULL ? wd_format_visible (wallet, 512) : NULL;
}

static char *
get_trigger (gconstpointer record, WdTime now)
{
  const char *word = ((const WdJob *) record)->triggered_by;

  return word != NULL ? wd_format_visible (wd_trigger_label (word), 64) : g_strdup ("—");
}

static char *
get_retries (gconstpointer record, WdTime now)
{
  const WdJob *job = record;
  /* Read from left to right, also among letters that are not. */
  const char *mark = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "\u200e" : "";

  if (job->retry_count == WD_INT_NONE)
    return g_strdup ("—");
  if (job->max_retries == WD_INT_NONE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, job->retry_count);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT "%s", mark,
                          job->retry_count, job->max_retries, mark);
}

static char *
get_created (gconstpointer record, WdTime now)
{
  return wd_format_age (((const WdJob *) record)->created_at, now);
}

static char *
get_whole_created (gconstpointer record)
{
  return wd_text_time (((const WdJob *) record)->created_at);
}

/* A job under way has lasted until now. */
static char *
get_duration (gconstpointer record, WdTime now)
{
  const WdJob *job = record;

  if (wd_job_status_from_string (job->status) == WD_JOB_STATUS_ACTIVE)
    return wd_format_duration (job->started_at, MAX (now, job->started_at) / G_USEC_PER_SEC
                                                * G_USEC_PER_SEC);
  return wd_format_duration (job->started_at, job->completed_at);
}

static char *
get_error (gconstpointer record, WdTime now)
{
  const char *message = ((const WdJob *) record)->error_message;

  return message != NULL ? wd_format_visible (message, 256) : NULL;
}

static char *
get_whole_error (gconstpointer record)
{
  const char *message = ((const WdJob *) record)->error_message;

  return message != NULL ? wd_format_visible (message, 1024) : NULL;
}

/* Jobs of a kind begin alike, so what tells them apart is the end. */
static char *
get_id (gconstpointer record, WdTime now)
{
  return wd_format_address (((const WdJob *) record)->job_id);
}

static char *
get_whole_id (gconstpointer record)
{
  return wd_format_visible (((const WdJob *) record)->job_id, 512);
}

static const WdColumnSpec columns[] = {
  { .id = "status", .title = N_("Status"), .kind = WD_CELL_BADGE, .chars = 9,
    .get_chars = wd_longest_job_status, .sort = WD_SORT_STATUS, .get_text = get_status,
    .get_tone = get_status_tone },
  { .id = "type", .title = N_("Type"), .min_chars = 8, .chars = 17,
    .get_chars = wd_longest_job_type, .sort = WD_SORT_TYPE, .get_text = get_type },
  { .id = "wallet", .title = N_("Wallet"), .kind = WD_CELL_IDENTITY, .min_chars = 12, .chars = 13,
    .sort = WD_SORT_WALLET, .get_text = get_wallet, .get_tooltip = get_whole_wallet },
  { .id = "trigger", .title = N_("Trigger"), .min_chars = 5, .chars = 8,
    .get_chars = wd_longest_trigger, .least_width = 760, .dim = TRUE, .sort = WD_SORT_TRIGGER,
    .get_text = get_trigger },
  { .id = "retries", .title = N_("Retries"), .kind = WD_CELL_NUMBER, .min_chars = 5, .chars = 5,
    .least_width = 560, .sort = WD_SORT_RETRIES, .get_text = get_retries },
  { .id = "created", .title = N_("Created"), .kind = WD_CELL_NUMBER, .min_chars = 8, .chars = 9,
    .get_chars = wd_longest_age, .ticks = TRUE, .sort = WD_SORT_CREATED, .get_text = get_created,
    .get_tooltip = get_whole_created },
  { .id = "duration", .title = N_("Duration"), .kind = WD_CELL_NUMBER, .min_chars = 9, .chars = 9,
    .least_width = 560, .ticks = TRUE, .sort = WD_SORT_NONE, .get_text = get_duration },
  { .id = "error", .title = N_("Error"), .min_chars = 6, .chars = 16, .expand = TRUE, .dim = TRUE,
    .sort = WD_SORT_NONE, .get_text = get_error, .get_tooltip = get_whole_error },
  { .id = "job-id", .title = N_("Job id"), .kind = WD_CELL_IDENTITY, .min_chars = 8, .chars = 13,
    .least_width = 840, .dim = TRUE, .sort = WD_SORT_NONE, .get_text = get_id,
    .get_tooltip = get_whole_id },
};

static char *
format_total (gint64 total, gboolean is_exact)
{
  g_autofree char *count = wd_text_count (total);
  gulong number = (gulong) MIN (total, G_MAXINT);

  if (is_exact)
    return g_strdup_printf (ngettext ("%s job", "%s jobs", number), count);
  return g_strdup_printf (ngettext ("About %s job", "About %s jobs", number), count);
}

static char *
format_new (guint n_new, gboolean or_more)
{
  if (or_more)
    return g_strdup_printf (_("%u or more new jobs"), n_new);
  return g_strdup_printf (ngettext ("%u new job", "%u new jobs", n_new), n_new);
}

/**
 * wd_job_table_spec:
 *
 * Returns: (transfer none): what the table of jobs looks like
 */
const WdTableSpec *
wd_job_table_spec (void)
{
  static const WdTableSpec spec = {
    .name = N_("Jobs"),
    .columns = columns,
    .n_columns = G_N_ELEMENTS (columns),
    .format_total = format_total,
    .format_new = format_new,
    .empty_title = N_("No Jobs Yet"),
    .empty_description = N_("The workers have not logged any job in this database. Jobs appear "
                            "here as soon as one is queued."),
    .empty_icon = "wd-jobs-symbolic",
    .empty_button = N_("Trigger Job…"),
    .empty_action = "win.trigger",
    .empty_target = "('', @as [])",
    .sort = WD_SORT_CREATED,
    .settings_key = "jobs-columns",
  };

  return &spec;
}
