/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/common/wd-badge.h"

/**
 * wd_tone_of_job_status:
 * @word: from `job_logs.status`
 *
 * Returns: (transfer none) (nullable): the tone of its badge
 */
const char *
wd_tone_of_job_status (const char *word)
{
  switch (wd_job_status_from_string (word))
    {
    case WD_JOB_STATUS_ACTIVE:
      return WD_TONE_BUSY;
    case WD_JOB_STATUS_COMPLETED:
      return WD_TONE_OK;
    case WD_JOB_STATUS_FAILED:
      return WD_TONE_WRONG;
    case WD_JOB_STATUS_RETRYING:
      return WD_TONE_CAUTION;
    case WD_JOB_STATUS_PENDING:
    case WD_JOB_STATUS_CANCELLED:
    case WD_JOB_STATUS_OTHER:
    default:
      return NULL;
    }
}

/**
 * wd_tone_of_worker_status:
 * @status: of a worker
 *
 * Returns: (transfer none) (nullable): the tone of its badge
 */
const char *
wd_tone_of_worker_status (WdWorkerStatus status)
{
  switch (status)
    {
    case WD_WORKER_STATUS_ACTIVE:
      return WD_TONE_BUSY;
    case WD_WORKER_STATUS_ERROR:
      return WD_TONE_WRONG;
    case WD_WORKER_STATUS_STOPPED:
      return WD_TONE_CAUTION;
    case WD_WORKER_STATUS_IDLE:
    default:
      return NULL;
    }
}

/**
 * wd_tone_of_queue_state:
 * @state: (nullable): of a job in its queue
 *
 * Returns: (transfer none) (nullable): the tone of its badge
 */
const char *
wd_tone_of_queue_state (const char *state)
{
  static const char *const tones[][2] = {
    { "active", WD_TONE_BUSY },
    { "completed", WD_TONE_OK },
    { "failed", WD_TONE_WRONG },
    { "unknown", WD_TONE_CAUTION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (tones[i][0], state) == 0)
      return tones[i][1];
  return NULL;
}

/**
 * wd_tone_set:
 * @widget: a badge, a figure or a dot
 * @tone: (nullable): the one tone it shall have
 */
void
wd_tone_set (GtkWidget *widget, const char *tone)
{
  static const char *const tones[] = {
    WD_TONE_OK, WD_TONE_CAUTION, WD_TONE_WRONG, WD_TONE_BUSY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (tones); i++)
    if (g_strcmp0 (tones[i], tone) == 0)
      gtk_widget_add_css_class (widget, tones[i]);
    else
      gtk_widget_remove_css_class (widget, tones[i]);
}
