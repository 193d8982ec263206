/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends what writes. Three things can become of it: it was done, it was certainly not done, or
 * nobody knows: the answer was lost, or came from something in between. Only a server that is known
 * to write nothing twice under one key is then sent the same order again, with the same key. Why it
 * does not take that says nothing of the first, unless it has looked at what was asked. */

#include "rest/wd-rest-order.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "base/wd-wait.h"
#include "model/wd-job-type.h"
#include "model/wd-words.h"
#include "wire/wd-wire-read-answer.h"

#define MAX_TRIES 4
#define PAUSE_MS  500

static void
set_unknown (GError **error)
{
  if (!g_error_matches (*error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    (*error)->code = WD_ERROR_UNKNOWN_OUTCOME;
  (*error)->domain = WD_ERROR;
}

/* A server of the kind that honours keys says by a code what became of the order. */
static gboolean
is_certain (const WdRestAnswer *answer)
{
  g_autofree char *reason = NULL;
  int code;

  if (!SOUP_STATUS_IS_SERVER_ERROR (answer->status))
    return TRUE;
  if (!answer->honours_keys)
    return FALSE;
  reason = wd_wire_read_failure (answer->text, answer->length, &code);
  return reason != NULL && code != -1 && code != WD_ERROR_UNKNOWN_OUTCOME;
}

/* Sends it once. Returns: (nullable): a good answer; else the error says by its code whether it is
 * known what became of it */
static WdRestAnswer *
send_once (WdRestClient *client, const char *path, const char *body, const char *key,
           GError **error)
{
  gboolean sent;
  g_autoptr (WdRestAnswer) answer = wd_rest_client_post (client, path, body, key, &sent, error);

  if (answer == NULL)
    {
      if (sent)
        set_unknown (error);
      return NULL;
    }
  if (wd_rest_answer_is_good (answer))
    return g_steal_pointer (&answer);
  wd_rest_answer_explain (answer, error);
  if (!is_certain (answer))
    set_unknown (error);
  return NULL;
}

/* Whether a server that honours keys has refused what is asked: it looks for the key before. */
static gboolean
is_about_order (const GError *error)
{
  static const int codes[] = { WD_ERROR_DUPLICATE, WD_ERROR_REFUSED, WD_ERROR_NOT_FOUND,
                               WD_ERROR_NOT_FAILED, WD_ERROR_RETRIES_EXHAUSTED };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, WD_ERROR, codes[i]))
      return TRUE;
  return FALSE;
}

/* Whether what is in the way of asking again may be gone a little later. */
static gboolean
may_pass (const GError *error)
{
  return g_error_matches (error, WD_ERROR, WD_ERROR_BUSY)
         || g_error_matches (error, WD_ERROR, WD_ERROR_NO_CONNECTION)
         || g_error_matches (error, WD_ERROR, WD_ERROR_TIMED_OUT);
}

/**
 * wd_rest_order_send:
 * @client: whom to ask
 * @path: of the endpoint
 * @body: what to write
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Not cancellable: what was begun is told. Worker.
 *
 * Returns: (transfer full): a good answer
 */
WdRestAnswer *
wd_rest_order_send (WdRestClient *client, const char *path, const char *body, GError **error)
{
  g_autofree char *key = g_uuid_string_random ();
  gboolean doubted = FALSE;   /* it may have been done by now */
  gboolean honours_keys;

  if (!wd_rest_client_get_acquainted (client, NULL, error))
    return NULL;
  honours_keys = wd_rest_server_honours_keys (wd_rest_client_get_server (client));
  for (guint try = 1; ; try++)
    {
      g_autoptr (GError) local = NULL;
      WdRestAnswer *answer = send_once (client, path, body, key, &local);
      gboolean again;

      if (answer != NULL)
        return answer;
      again = g_error_matches (local, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME)
              || (doubted && may_pass (local));
      if (doubted && !is_about_order (local))
        set_unknown (&local);
      doubted = again;
      if (!honours_keys || try == MAX_TRIES || !again)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      wd_wait_ms (PAUSE_MS << (try - 1), NULL, NULL);
    }
}

/**
 * wd_rest_order_doubt:
 * @answer: good, but cannot be read
 * @error: (inout): why not; %WD_ERROR_UNKNOWN_OUTCOME then
 */
void
wd_rest_order_doubt (const WdRestAnswer *answer, GError **error)
{
  wd_rest_answer_prefix (answer, error);
  set_unknown (error);
}

/**
 * wd_rest_order_leave_rest:
 * @result: what was done so far
 * @subjects: (array zero-terminated=1): what nothing was sent for
 * @error: (inout): why; cleared where the result has something to tell, since then each of them is
 *   refused with it
 *
 * Nothing more is sent into a silence.
 */
void
wd_rest_order_leave_rest (WdActionResult *result, char **subjects, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (result->done->len == 0 && result->refused->len == 0)
    return;
  reason = g_steal_pointer (error);
  for (; *subjects != NULL; subjects++)
    {
      if (wd_error_is_cancelled (reason))
        wd_action_result_refuse_error (result, *subjects, reason);
      else
        wd_action_result_refuse (result, *subjects, WD_ERROR_NO_CONNECTION,
                                 _("Not sent: %s"), reason->message);
    }
}

/**
 * wd_rest_order_refuse_busy:
 * @result: gets the refusal
 * @subject: what is not ordered
 * @job: the job in its way
 */
void
wd_rest_order_refuse_busy (WdActionResult *result, const char *subject, const WdJob *job)
{
  g_autofree char *status = wd_job_status_in_text (job->status);
  g_autofree char *made = wd_time_to_rfc3339 (job->created_at);
  WdRefusal *refusal = wd_action_result_refuse (result, subject, WD_ERROR_DUPLICATE,
                                                _("A %s job for this wallet is already %s "
                                                  "(%s, %s)"),
                                                wd_job_type_label (job->job_type), status,
                                                made != NULL ? made : "—", job->id);

  refusal->job_log_id = g_strdup (job->id);
}

/**
 * wd_rest_order_describe:
 * @result: everything that was done and refused
 *
 * Writes the one sentence about the whole.
 */
void
wd_rest_order_describe (WdActionResult *result)
{
  guint n_unknown = 0, n_done = result->done->len, n_refused;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < result->refused->len; i++)
    n_unknown += g_error_matches (((WdRefusal *) result->refused->pdata[i])->error, WD_ERROR,
                                  WD_ERROR_UNKNOWN_OUTCOME);
  n_refused = result->refused->len - n_unknown;
  g_string_append_printf (text, ngettext ("%u job was taken by the remote dashboard.",
                                          "%u jobs were taken by the remote dashboard.", n_done),
                          n_done);
  if (n_unknown > 0)
    g_string_append_printf (text, ngettext (" Of %u it is not known whether it was taken: look "
                                            "before you send it again.",
                                            " Of %u it is not known whether they were taken: look "
                                            "before you send them again.", n_unknown), n_unknown);
  if (n_refused > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u refused.", "%u refused.", n_refused), n_refused);
    }
  g_free (result->message);
  result->message = g_string_free (g_steal_pointer (&text), FALSE);
}
