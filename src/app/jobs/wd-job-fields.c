/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/jobs/wd-job-fields.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-text.h"
#include "base/wd-format.h"
#include "model/wd-job-type.h"
#include "model/wd-words.h"

static void
set_field (WdFieldList *self, const char *caption, const char *value, WdFieldFlags flags)
{
  g_autofree char *visible = value != NULL ? wd_format_visible (value, 2048) : NULL;

  wd_field_list_set (self, caption, visible, flags);
}

static void
set_label (WdFieldList *self, const char *caption, const char *word,
           const char *(*label) (const char *word))
{
  set_field (self, caption, word != NULL ? label (word) : NULL, WD_FIELD_PLAIN);
}

static void
set_count (WdFieldList *self, const char *caption, gint64 count)
{
  g_autofree char *text = count != WD_INT_NONE ? g_strdup_printf ("%" G_GINT64_FORMAT, count)
                                               : NULL;

  wd_field_list_set (self, caption, text, WD_FIELD_PLAIN);
}

static void
set_time (WdFieldList *self, const char *caption, WdTime time)
{
  g_autofree char *text = time != WD_TIME_NONE ? wd_text_time (time) : NULL;

  wd_field_list_set (self, caption, text, WD_FIELD_PLAIN);
}

/**
 * wd_job_fields_update:
 * @self: a list
 * @job: a job
 *
 * Shows what the row of @job has, apart from its data, its error and its times.
 */
void
wd_job_fields_update (WdFieldList *self, const WdJob *job)
{
  set_field (self, _("Wallet"), job->wallet_address, WD_FIELD_IDENTITY);
  wd_field_list_set_link (self, _("Wallet"), _("Show Wallet"), "win.show-wallet",
                          job->wallet_address);
  set_field (self, _("User"), job->user_id, WD_FIELD_IDENTITY);
  set_field (self, _("Job id"), job->job_id, WD_FIELD_IDENTITY);
  set_field (self, _("Row id"), job->id, WD_FIELD_IDENTITY);
  set_label (self, _("Type"), job->job_type, wd_job_type_label);
  set_label (self, _("Status"), job->status, wd_job_status_label);
  set_label (self, _("Triggered by"), job->triggered_by, wd_trigger_label);
  set_count (self, _("Retries made"), job->retry_count);
  set_count (self, _("Retries allowed"), job->max_retries);
  set_time (self, _("Last changed"), job->updated_at);
}
