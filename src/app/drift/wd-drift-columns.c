/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/drift/wd-drift-columns.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"
#include "app/common/wd-longest.h"
#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-drift.h"
#include "model/wd-job-type.h"
#include "wire/wd-wire-drift.h"

static char *
get_job (gconstpointer record, WdTime now)
{
  const WdDrift *drift = record;

  return drift->wallet_address != NULL ? wd_format_address (drift->wallet_address)
                                       : wd_format_visible (drift->queue_id, 128);
}

static char *
get_whole_job (gconstpointer record)
{
  const WdDrift *drift = record;
  g_autofree char *id = wd_format_visible (drift->id, 512);
  g_autofree char *wallet = NULL;

  if (drift->wallet_address == NULL)
    return g_steal_pointer (&id);
  wallet = wd_format_visible (drift->wallet_address, 512);
  return g_strdup_printf ("%s\n%s", wallet, id);
}

static char *
get_type (gconstpointer record, WdTime now)
{
  const WdDrift *drift = record;

  return drift->job_type != NULL ? wd_format_visible (wd_job_type_label (drift->job_type), 64)
                                 : g_strdup ("—");
}

static char *
get_row (gconstpointer record, WdTime now)
{
  const WdDrift *drift = record;

  return drift->row_status != NULL
           ? wd_format_visible (wd_job_status_label (drift->row_status), 64)
           : g_strdup (C_("drift", "No row"));
}

static const char *
get_row_tone (gconstpointer record)
{
  const WdDrift *drift = record;

  return drift->row_status != NULL ? wd_tone_of_job_status (drift->row_status) : WD_TONE_CAUTION;
}

static char *
get_queue (gconstpointer record, WdTime now)
{
  const WdDrift *drift = record;

  return g_strdup (drift->queue_state == NULL ? C_("drift", "Nothing")
                                              : wd_queue_state_label (drift->queue_state));
}

static char *
get_since (gconstpointer record, WdTime now)
{
  const WdDrift *drift = record;

  return drift->since != WD_TIME_NONE ? wd_format_age (drift->since, now) : g_strdup ("—");
}

static char *
get_whole_since (gconstpointer record)
{
  const WdDrift *drift = record;

  return drift->since != WD_TIME_NONE ? wd_text_time (drift->since) : NULL;
}

static const WdColumnSpec columns[] = {
  { .title = N_("Job"), .kind = WD_CELL_IDENTITY, .min_chars = 8, .chars = 30, .expand = TRUE,
    .sort = WD_SORT_NONE, .get_text = get_job, .get_tooltip = get_whole_job },
  { .title = N_("Type"), .min_chars = 8, .chars = 17, .get_chars = wd_longest_job_type,
    .least_width = 640, .sort = WD_SORT_NONE, .get_text = get_type },
  { .title = N_("Row Says"), .kind = WD_CELL_BADGE, .chars = 9,
    .get_chars = wd_longest_job_status, .sort = WD_SORT_NONE, .get_text = get_row,
    .get_tone = get_row_tone },
  { .title = N_("Queue Says"), .min_chars = 7, .chars = 17, .sort = WD_SORT_NONE,
    .get_text = get_queue },
  { .title = N_("Since"), .kind = WD_CELL_NUMBER, .min_chars = 7, .chars = 12, .least_width = 460,
    .dim = TRUE, .ticks = TRUE, .sort = WD_SORT_NONE, .get_text = get_since,
    .get_tooltip = get_whole_since },
};

/**
 * wd_drift_columns:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): what a table of findings shows
 */
const WdColumnSpec *
wd_drift_columns (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}

static const char *
get_id (gconstpointer record)
{
  return ((const WdDrift *) record)->id;
}

static gpointer
ref_record (gpointer record)
{
  return wd_drift_ref (record);
}

static void
unref_record (gpointer record)
{
  wd_drift_unref (record);
}

/**
 * wd_drift_columns_kind:
 *
 * Returns: (transfer none): what a #WdRow needs to hold a #WdDrift; nobody lists them in pages
 */
const WdListKind *
wd_drift_columns_kind (void)
{
  static const WdListKind kind = { .get_id = get_id, .ref = ref_record, .unref = unref_record };

  return &kind;
}

#define DEFINE_COPY(field)                                \
  static char *                                           \
  copy_##field (gconstpointer record)                     \
  {                                                       \
    return g_strdup (((const WdDrift *) record)->field);  \
  }

DEFINE_COPY (queue)
DEFINE_COPY (queue_id)
DEFINE_COPY (job_log_id)
DEFINE_COPY (job_id)
DEFINE_COPY (job_type)
DEFINE_COPY (wallet_address)
DEFINE_COPY (row_status)
DEFINE_COPY (queue_state)
DEFINE_COPY (explanation)

static char *
copy_kind (gconstpointer record)
{
  return g_strdup (wd_drift_kind_word (((const WdDrift *) record)->kind));
}

static char *
copy_since (gconstpointer record)
{
  WdTime since = ((const WdDrift *) record)->since;

  return since != WD_TIME_NONE ? wd_time_to_rfc3339 (since) : NULL;
}

static void
write_record (WdJsonWriter *writer, gconstpointer record)
{
  wd_wire_drift_item_members (writer, record);
}

/**
 * wd_drift_columns_copy:
 *
 * Returns: (transfer none): how findings are copied
 */
const WdCopyKind *
wd_drift_columns_copy (void)
{
  static const WdCopyColumn copies[] = {
    { "kind", copy_kind },
    { "queue", copy_queue },
    { "queue_job_id", copy_queue_id },
    { "job_log_id", copy_job_log_id },
    { "job_id", copy_job_id },
    { "job_type", copy_job_type },
    { "wallet_address", copy_wallet_address },
    { "status", copy_row_status },
    { "queue_state", copy_queue_state },
    { "since", copy_since },
    { "message", copy_explanation },
  };
  static const WdCopyKind kind = { .columns = copies, .n_columns = G_N_ELEMENTS (copies),
                                   .write = write_record };

  return &kind;
}
