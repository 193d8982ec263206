/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "cli/wd-cli-status.h"
#include "wire/wd-wire-error.h"

/* Without a name: the queues of this platform's workers, not whatever else shares the Redis. */
static char **
name_queues (const WdCliContext *context, const WdCliArguments *arguments)
{
  const char *const *operands = wd_cli_arguments_get_operands (arguments);
  GPtrArray *names = g_ptr_array_new ();
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  if (*operands != NULL)
    g_ptr_array_add (names, g_strdup (*operands));
  for (gsize i = 0; *operands == NULL && i < n_types; i++)
    {
      const char *queue = wd_profile_get_mapping (context->profile, types[i].name)->queue;

      if (!g_ptr_array_find_with_equal_func (names, queue, g_str_equal, NULL))
        g_ptr_array_add (names, g_strdup (queue));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

static gboolean
set_paused (WdCliContext *context, const char *queue, gboolean paused, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_set_queue_paused_async (context->backend, queue, paused, context->cancellable,
                                     wd_answer_cb, &result);
  return wd_backend_set_queue_paused_finish (context->backend, wd_answer_wait (&result), error);
}

static void
write_queue (WdJsonWriter *json, const char *queue, gboolean paused, const GError *failure)
{
  wd_json_writer_begin_object (json);
  wd_json_writer_boolean_member (json, "success", failure == NULL);
  wd_json_writer_string_member (json, "queue", queue);
  if (failure == NULL)
    wd_json_writer_boolean_member (json, "paused", paused);
  else
    wd_wire_error_members (json, failure);
  wd_json_writer_end_object (json);
}

/* Writes what was asked of all; whether a queue that failed is paused is not known. */
static void
write_document (WdJsonWriter *json, char **queues, const GPtrArray *failures, gboolean paused)
{
  gboolean success = TRUE;

  for (guint i = 0; i < failures->len; i++)
    success = success && failures->pdata[i] == NULL;
  wd_json_writer_boolean_member (json, "success", success);
  wd_json_writer_string_member (json, "queue", failures->len == 1 ? queues[0] : NULL);
  wd_json_writer_name (json, "paused");
  if (success)
    wd_json_writer_boolean (json, paused);
  else
    wd_json_writer_null (json);
  if (failures->len == 1)
    return;
  wd_json_writer_name (json, "queues");
  wd_json_writer_begin_array (json);
  for (guint i = 0; i < failures->len; i++)
    write_queue (json, queues[i], paused, failures->pdata[i]);
  wd_json_writer_end_array (json);
}

static void
clear_failure (gpointer failure)
{
  if (failure != NULL)
    g_error_free (failure);
}

static gboolean
pause_or_resume (WdCliContext *context, const WdCliArguments *arguments, gboolean paused,
                 GError **error)
{
  g_auto (GStrv) queues = name_queues (context, arguments);
  g_autoptr (GPtrArray) failures = g_ptr_array_new_with_free_func (clear_failure);
  const GError *gravest = NULL;

  for (char **queue = queues; *queue != NULL; queue++)
    {
      GError *failure = NULL;

      if (set_paused (context, *queue, paused, &failure) && context->json == NULL)
        g_string_append_printf (context->out, paused ? _("%s is paused\n") : _("%s is running\n"),
                                *queue);
      else if (failure != NULL && queues[1] != NULL && context->json == NULL)
        wd_cli_message ("%s: %s", *queue, failure->message);
      g_ptr_array_add (failures, failure);
      gravest = wd_cli_graver (gravest, failure);
    }
  if (context->json != NULL)
    write_document (context->json, queues, failures, paused);
  else
    context->told = failures->len > 1;
  if (gravest == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (gravest));
  return FALSE;
}

/**
 * wd_cmd_queues_pause:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_pause (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  return pause_or_resume (context, arguments, TRUE, error);
}

/**
 * wd_cmd_queues_resume:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_resume (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  return pause_or_resume (context, arguments, FALSE, error);
}
