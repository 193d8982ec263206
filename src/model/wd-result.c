/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-result.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"

static void
outcome_free (WdJobOutcome *self)
{
  wd_job_unref (self->job);
  g_free (self->note);
  g_free (self);
}

/**
 * wd_refusal_new:
 * @subject: what was refused
 * @error: (transfer full): why
 *
 * Returns: (transfer full): a refusal
 */
WdRefusal *
wd_refusal_new (const char *subject, GError *error)
{
  WdRefusal *self = g_new0 (WdRefusal, 1);

  self->subject = g_strdup (subject);
  self->error = error;
  return self;
}

/**
 * wd_refusal_new_copy:
 * @subject: what was not done
 * @reason: copied; a cancellation is said to be one
 *
 * Returns: (transfer full): a refusal
 */
WdRefusal *
wd_refusal_new_copy (const char *subject, const GError *reason)
{
  return wd_refusal_new (subject, wd_error_is_cancelled (reason)
                                    ? g_error_new_literal (WD_ERROR, WD_ERROR_REFUSED,
                                                           _("Stopped before it was tried"))
                                    : g_error_copy (reason));
}

/**
 * wd_refusal_new_untried:
 * @subject: what was not begun
 * @reason: what became of something before it, or that somebody stopped it
 *
 * That it is not known what became of the one before says nothing of this one.
 *
 * Returns: (transfer full): a refusal
 */
WdRefusal *
wd_refusal_new_untried (const char *subject, const GError *reason)
{
  if (!g_error_matches (reason, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    return wd_refusal_new_copy (subject, reason);
  return wd_refusal_new (subject, g_error_new (WD_ERROR, WD_ERROR_NO_CONNECTION,
                                               _("It was not begun, after this: %s"),
                                               reason->message));
}

/**
 * wd_refusal_free:
 * @self: (transfer full): a refusal, with its error
 */
void
wd_refusal_free (WdRefusal *self)
{
  g_free (self->subject);
  g_clear_error (&self->error);
  g_free (self->job_log_id);
  g_free (self);
}

static void
clear_result (WdActionResult *self)
{
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self->message);
}

WD_DEFINE_RECORD (WdActionResult, wd_action_result, clear_result)

/**
 * wd_action_result_create:
 *
 * Returns: (transfer full): a result with nothing done and nothing refused
 */
WdActionResult *
wd_action_result_create (void)
{
  WdActionResult *self = wd_action_result_new ();

  self->done = g_ptr_array_new_with_free_func ((GDestroyNotify) outcome_free);
  self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  return self;
}

/**
 * wd_action_result_add_job:
 * @self: a result not published yet
 * @job: (transfer full): the row
 * @delivered: whether its queue has it
 *
 * Returns: (transfer none): the new outcome
 */
WdJobOutcome *
wd_action_result_add_job (WdActionResult *self, WdJob *job, gboolean delivered)
{
  WdJobOutcome *outcome = g_new0 (WdJobOutcome, 1);

  outcome->job = job;
  outcome->delivered = delivered;
  g_ptr_array_add (self->done, outcome);
  return outcome;
}

/**
 * wd_action_result_refuse:
 * @self: a result not published yet
 * @subject: the wallet or job
 * @code: a #WdError
 * @format: the reason
 * @...: for @format
 *
 * Returns: (transfer none): the new refusal
 */
WdRefusal *
wd_action_result_refuse (WdActionResult *self, const char *subject, int code,
                         const char *format, ...)
{
  WdRefusal *refusal;
  va_list args;

  va_start (args, format);
  refusal = wd_refusal_new (subject, g_error_new_valist (WD_ERROR, code, format, args));
  va_end (args);
  g_ptr_array_add (self->refused, refusal);
  return refusal;
}

/**
 * wd_action_result_refuse_sibling:
 * @self: a result not published yet
 * @subject: a failed job
 * @chosen: the row of another one of its type for its wallet, which the same order chose
 *
 * Nothing is said yet of what becomes of the chosen one.
 *
 * Returns: (transfer none): the new refusal
 */
WdRefusal *
wd_action_result_refuse_sibling (WdActionResult *self, const char *subject, const char *chosen)
{
  WdRefusal *refusal
      = wd_action_result_refuse (self, subject, WD_ERROR_DUPLICATE,
                                 _("Another failed job of its type for its wallet was chosen "
                                   "instead: %s"), chosen);

  refusal->job_log_id = g_strdup (chosen);
  refusal->is_sibling = TRUE;
  return refusal;
}

static GError *
explain_sibling (const WdJobOutcome *outcome, const char *chosen)
{
  if (outcome == NULL)
    return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                        _("Another failed job of its type for its wallet was chosen instead, "
                          "and was not retried: %s"), chosen);
  return g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                      outcome->delivered
                        ? _("Another failed job of its type for its wallet was retried "
                            "instead: %s")
                        : _("Another failed job of its type for its wallet was chosen instead, "
                            "and is not known to be queued yet: %s"), chosen);
}

/**
 * wd_action_result_tell_siblings:
 * @self: a result not published yet, which has an outcome or a refusal for each
 *
 * Says of those refused for another one of the order whether that one was retried.
 */
void
wd_action_result_tell_siblings (WdActionResult *self)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->done->len; i++)
    {
      WdJobOutcome *outcome = self->done->pdata[i];

      g_hash_table_insert (done, outcome->job->id, outcome);
    }
  for (guint i = 0; i < self->refused->len; i++)
    {
      WdRefusal *refusal = self->refused->pdata[i];

      if (!refusal->is_sibling)
        continue;
      g_clear_error (&refusal->error);
      refusal->error = explain_sibling (g_hash_table_lookup (done, refusal->job_log_id),
                                        refusal->job_log_id);
    }
}

/**
 * wd_action_result_take_all:
 * @self: a result not published yet
 * @other: another, which is empty afterwards
 */
void
wd_action_result_take_all (WdActionResult *self, WdActionResult *other)
{
  while (other->done->len > 0)
    g_ptr_array_add (self->done, g_ptr_array_steal_index (other->done, 0));
  while (other->refused->len > 0)
    g_ptr_array_add (self->refused, g_ptr_array_steal_index (other->refused, 0));
}

/**
 * wd_action_result_refuse_error:
 * @self: a result not published yet
 * @subject: the wallet or job
 * @reason: as of wd_refusal_new_copy()
 *
 * Returns: (transfer none): the new refusal
 */
WdRefusal *
wd_action_result_refuse_error (WdActionResult *self, const char *subject, const GError *reason)
{
  WdRefusal *refusal = wd_refusal_new_copy (subject, reason);

  g_ptr_array_add (self->refused, refusal);
  return refusal;
}

/**
 * wd_action_result_refuse_untried:
 * @self: a result not published yet
 * @subject: the wallet or job, which was not begun
 * @reason: as of wd_refusal_new_untried()
 *
 * Returns: (transfer none): the new refusal
 */
WdRefusal *
wd_action_result_refuse_untried (WdActionResult *self, const char *subject, const GError *reason)
{
  WdRefusal *refusal = wd_refusal_new_untried (subject, reason);

  g_ptr_array_add (self->refused, refusal);
  return refusal;
}

static void
clear_detail (WdJobDetail *self)
{
  wd_job_unref (self->job);
  wd_queue_job_unref (self->queue_job);
  g_free (self->queue_error);
  g_free (self->row_error);
}

WD_DEFINE_RECORD (WdJobDetail, wd_job_detail, clear_detail)

static void
clear_entry (WdOutboxEntry *self)
{
  g_free (self->id);
  g_free (self->job_log_id);
  g_free (self->job_id);
  g_free (self->job_type);
  g_free (self->operation);
  g_free (self->queue);
  g_free (self->prefix);
  g_free (self->options);
  g_free (self->previous);
  g_strfreev (self->sites);
  g_free (self->row_status);
  g_free (self->wallet_address);
  g_free (self->data);
  g_free (self->last_error);
  g_free (self->verdict);
}

WD_DEFINE_RECORD (WdOutboxEntry, wd_outbox_entry, clear_entry)

static void
clear_report (WdOutboxReport *self)
{
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->perhaps, g_ptr_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_error (&self->failure);
}

WD_DEFINE_RECORD (WdOutboxReport, wd_outbox_report, clear_report)

/**
 * wd_outbox_report_create:
 *
 * Returns: (transfer full): an empty report
 */
WdOutboxReport *
wd_outbox_report_create (void)
{
  WdOutboxReport *self = wd_outbox_report_new ();

  self->done = g_ptr_array_new_with_free_func (g_free);
  self->perhaps = g_ptr_array_new_with_free_func (g_free);
  self->left = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_refusal_free);
  return self;
}
