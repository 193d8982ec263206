/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The queues of a remote dashboard, where it shows them. */

#include "rest/wd-rest-queues.h"

#include "base/wd-error.h"
#include "rest/wd-rest-lacks.h"
#include "rest/wd-rest-order.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-rest-queue.h"

/**
 * wd_rest_list_queues:
 * @client: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED where it does not show them, others in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdQueueCounts): what each queue holds
 */
GPtrArray *
wd_rest_list_queues (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRestAnswer) answer = NULL;
  GPtrArray *queues;

  if (!wd_rest_lack_check (client, WD_ABILITY_QUEUES, cancellable, error))
    return NULL;
  answer = wd_rest_client_get (client, "/api/queues", NULL, cancellable, error);
  if (answer == NULL)
    return NULL;
  queues = wd_wire_read_queues (answer->text, answer->length, error);
  if (queues == NULL)
    wd_rest_answer_prefix (answer, error);
  return queues;
}

/**
 * wd_rest_set_queue_paused:
 * @client: whom to ask
 * @queue: its name
 * @paused: pause, else resume
 * @cancellable: (nullable): a cancellable, before it is sent
 * @error: nothing was done, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Worker.
 */
gboolean
wd_rest_set_queue_paused (WdRestClient *client, const char *queue, gboolean paused,
                          GCancellable *cancellable, GError **error)
{
  g_autofree char *before = wd_rest_query_path ("/api/queues/", queue);
  g_autofree char *path = g_strconcat (before, paused ? "/pause" : "/resume", NULL);
  g_autoptr (WdRestAnswer) answer = NULL;

  if (!wd_profile_check_writable (wd_rest_client_get_profile (client), error)
      || !wd_rest_lack_check (client, WD_ABILITY_PAUSE, cancellable, error))
    return FALSE;
  answer = wd_rest_order_send (client, path, "{}", error);
  if (answer == NULL)
    return FALSE;
  if (wd_wire_read_paused (answer->text, answer->length, paused, error))
    return TRUE;
  wd_rest_order_doubt (answer, error);
  return FALSE;
}
