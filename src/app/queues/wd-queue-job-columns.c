/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a list of the jobs of a queue shows of each. */

#include "app/queues/wd-queue-job-columns.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-queue-jobs.h"
#include "wire/wd-wire-queue-jobs.h"

#define DETAIL_BYTES 512
#define WHOLE_BYTES  2048
/* Its place among the columns: its title goes by the state. */
#define WHEN 3

static const WdQueueJob *
job_of (gconstpointer record)
{
  return ((const WdQueueJobEntry *) record)->job;
}

static char *
get_id (gconstpointer record, WdTime now)
{
  return wd_format_visible (job_of (record)->id, 128);
}

static char *
get_whole_id (gconstpointer record)
{
  return wd_format_visible (job_of (record)->id, WHOLE_BYTES);
}

static char *
get_name (gconstpointer record, WdTime now)
{
  const WdQueueJob *job = job_of (record);

  return job->name != NULL ? wd_format_visible (job->name, 128) : g_strdup ("—");
}

static char *
get_row (gconstpointer record, WdTime now)
{
  const WdQueueJobEntry *entry = record;

  if (entry->row != NULL)
    return wd_format_visible (wd_job_status_label (entry->row->status), 64);
  return g_strdup (entry->is_row_known ? C_("queue", "No row") : C_("queue", "Not known"));
}

static const char *
get_row_tone (gconstpointer record)
{
  const WdJob *row = ((const WdQueueJobEntry *) record)->row;

  return row != NULL ? wd_tone_of_job_status (row->status) : NULL;
}

static gboolean
is_over (const WdQueueJob *job)
{
  return strcmp (job->state, "failed") == 0 || strcmp (job->state, "completed") == 0;
}

/* Which of its times matters in a state. */
static WdTime
get_time (const WdQueueJob *job)
{
  if (strcmp (job->state, "delayed") == 0)
    return job->due;
  if (strcmp (job->state, "active") == 0)
    return job->processed_on;
  if (is_over (job))
    return job->finished_on;
  return job->timestamp;
}

static char *
get_when (gconstpointer record, WdTime now)
{
  WdTime time = get_time (job_of (record));

  return time != WD_TIME_NONE ? wd_format_age (time, now) : g_strdup ("—");
}

static void
add_time (GString *text, const char *label, WdTime time)
{
  g_autofree char *whole = wd_text_time (time);

  if (time == WD_TIME_NONE)
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append_printf (text, "%s: %s", label, whole);
}

static char *
get_whole_when (gconstpointer record)
{
  const WdQueueJob *job = job_of (record);
  GString *text = g_string_new (NULL);

  add_time (text, _("Added"), job->timestamp);
  add_time (text, _("Due"), job->due);
  add_time (text, _("Started"), job->processed_on);
  add_time (text, _("Ended"), job->finished_on);
  return g_string_free (text, FALSE);
}

static char *
get_attempts (gconstpointer record, WdTime now)
{
  const WdQueueJob *job = job_of (record);
  g_autofree char *made = wd_text_count (job->attempts_made);
  g_autofree char *allowed = wd_text_count (job->attempts);

  /* TRANSLATORS: attempts at a job that were made, of how many that may be made */
  return g_strdup_printf (_("%s of %s"), made, allowed);
}

static char *
get_priority (gconstpointer record, WdTime now)
{
  const WdQueueJob *job = job_of (record);

  return job->priority != 0 ? wd_text_count (job->priority) : g_strdup ("—");
}

/* Returns: (transfer full): who is at it, and how far */
static char *
describe_run (const WdQueueJob *job)
{
  GString *text = g_string_new (job->lock_ms < 0 ? _("No lock: its worker may be gone") : NULL);

  if (job->worker != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", job->worker);
  if (job->progress != NULL && strcmp (job->progress, "0") != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", job->progress);
  if (text->len == 0 && job->data != NULL)
    g_string_append (text, job->data);
  return g_string_free (text, FALSE);
}

static char *
describe (const WdQueueJob *job)
{
  g_autofree char *size = NULL;

  if (!job->has_record)
    return g_strdup (is_over (job) ? _("Its id stands in the queue, but its record is gone.")
                                   : _("Its record is gone: a worker would run it without data"));
  if (strcmp (job->state, "active") == 0)
    return describe_run (job);
  if (strcmp (job->state, "waiting-children") == 0)
    {
      size = wd_text_count (job->n_children);
      return g_strdup_printf (ngettext ("%s child", "%s children", (gulong) job->n_children),
                              size);
    }
  if (job->failed_reason != NULL && strcmp (job->state, "completed") != 0)
    return g_strdup (job->failed_reason);
  if (job->data != NULL)
    return g_strdup (job->data);
  size = g_format_size ((guint64) MAX (job->data_size, 0));
  return g_strdup_printf (_("%s of data"), size);
}

static char *
get_detail (gconstpointer record, WdTime now)
{
  g_autofree char *text = describe (job_of (record));

  return wd_format_visible (text, DETAIL_BYTES);
}

static char *
get_whole_detail (gconstpointer record)
{
  g_autofree char *text = describe (job_of (record));

  return wd_format_visible (text, WHOLE_BYTES);
}

static const WdColumnSpec columns[] = {
  { .title = N_("Id"), .kind = WD_CELL_IDENTITY, .min_chars = 6, .chars = 24,
    .sort = WD_SORT_NONE, .get_text = get_id, .get_tooltip = get_whole_id },
  { .title = N_("Name"), .min_chars = 6, .chars = 11, .least_width = 620, .sort = WD_SORT_NONE,
    .get_text = get_name },
  { .title = N_("Row"), .kind = WD_CELL_BADGE, .chars = 9, .sort = WD_SORT_NONE,
    .get_text = get_row, .get_tone = get_row_tone },
  { .id = "when", .title = N_("Added"), .kind = WD_CELL_NUMBER, .min_chars = 7, .chars = 11,
    .ticks = TRUE, .sort = WD_SORT_NONE, .get_text = get_when, .get_tooltip = get_whole_when },
  { .title = N_("Attempts"), .kind = WD_CELL_NUMBER, .min_chars = 6, .chars = 8,
    .least_width = 560, .sort = WD_SORT_NONE, .get_text = get_attempts },
  { .title = N_("Priority"), .kind = WD_CELL_NUMBER, .min_chars = 6, .chars = 7,
    .least_width = 720, .dim = TRUE, .sort = WD_SORT_NONE, .get_text = get_priority },
  { .title = N_("Detail"), .min_chars = 8, .chars = 14, .expand = TRUE, .sort = WD_SORT_NONE,
    .get_text = get_detail, .get_tooltip = get_whole_detail },
};

/**
 * wd_queue_job_columns:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): what a table of the jobs of a queue shows
 */
const WdColumnSpec *
wd_queue_job_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}

/**
 * wd_queue_job_columns_get_when:
 *
 * Returns: which of them is the time, whose title goes by the state
 */
guint
wd_queue_job_columns_get_when (void)
{
  return WHEN;
}

/**
 * wd_queue_job_columns_name_when:
 * @state: one of wd_queue_state_words()
 *
 * Returns: (transfer none): what that time is in this state, translated
 */
const char *
wd_queue_job_columns_name_when (const char *state)
{
  if (strcmp (state, "delayed") == 0)
    return _("Due");
  if (strcmp (state, "active") == 0)
    return _("Started");
  return strcmp (state, "failed") == 0 || strcmp (state, "completed") == 0 ? _("Ended")
                                                                           : _("Added");
}

static const char *
get_record_id (gconstpointer record)
{
  return job_of (record)->id;
}

static gpointer
ref_record (gpointer record)
{
  return wd_queue_job_entry_ref (record);
}

static void
unref_record (gpointer record)
{
  wd_queue_job_entry_unref (record);
}

static gboolean
equal_records (gconstpointer a, gconstpointer b)
{
  return wd_queue_job_entry_equal (a, b);
}

/**
 * wd_queue_job_columns_kind:
 *
 * Returns: (transfer none): what a #WdRow needs to hold a #WdQueueJobEntry; nobody lists them in
 *   pages
 */
const WdListKind *
wd_queue_job_columns_kind (void)
{
  static const WdListKind kind = {
    .get_id = get_record_id, .equal = equal_records, .ref = ref_record, .unref = unref_record,
  };

  return &kind;
}

#define DEFINE_COPY(field)                            \
  static char *                                       \
  copy_##field (gconstpointer record)                 \
  {                                                   \
    return g_strdup (job_of (record)->field);         \
  }

#define DEFINE_COPY_COUNT(field)                                                  \
  static char *                                                                   \
  copy_##field (gconstpointer record)                                             \
  {                                                                               \
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) job_of (record)->field);  \
  }

#define DEFINE_COPY_TIME(field)                                         \
  static char *                                                         \
  copy_##field (gconstpointer record)                                   \
  {                                                                     \
    WdTime time = job_of (record)->field;                               \
                                                                        \
    return time != WD_TIME_NONE ? wd_time_to_rfc3339 (time) : NULL;     \
  }

#define DEFINE_COPY_OF_ROW(field)                                 \
  static char *                                                   \
  copy_row_##field (gconstpointer record)                         \
  {                                                               \
    const WdJob *row = ((const WdQueueJobEntry *) record)->row;   \
                                                                  \
    return row != NULL ? g_strdup (row->field) : NULL;            \
  }

DEFINE_COPY (id)
DEFINE_COPY (name)
DEFINE_COPY (state)
DEFINE_COPY (failed_reason)
DEFINE_COPY_COUNT (attempts_made)
DEFINE_COPY_COUNT (attempts)
DEFINE_COPY_COUNT (priority)
DEFINE_COPY_TIME (timestamp)
DEFINE_COPY_TIME (due)
DEFINE_COPY_TIME (processed_on)
DEFINE_COPY_TIME (finished_on)
DEFINE_COPY_OF_ROW (id)
DEFINE_COPY_OF_ROW (job_type)
DEFINE_COPY_OF_ROW (status)
DEFINE_COPY_OF_ROW (wallet_address)

static void
write_record (WdJsonWriter *writer, gconstpointer record)
{
  wd_wire_queue_job_entry_members (writer, record);
}

/**
 * wd_queue_job_columns_copy:
 *
 * Returns: (transfer none): how jobs of a queue are copied
 */
const WdCopyKind *
wd_queue_job_columns_copy (void)
{
  static const WdCopyColumn copies[] = {
    { "id", copy_id },
    { "name", copy_name },
    { "queue_state", copy_state },
    { "added_on", copy_timestamp },
    { "due_on", copy_due },
    { "processed_on", copy_processed_on },
    { "finished_on", copy_finished_on },
    { "attempts_made", copy_attempts_made },
    { "attempts", copy_attempts },
    { "priority", copy_priority },
    { "failed_reason", copy_failed_reason },
    { "job_log_id", copy_row_id },
    { "job_type", copy_row_job_type },
    { "status", copy_row_status },
    { "wallet_address", copy_row_wallet_address },
  };
  static const WdCopyKind kind = { .columns = copies, .n_columns = G_N_ELEMENTS (copies),
                                   .write = write_record };

  return &kind;
}
