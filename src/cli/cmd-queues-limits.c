/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the workers of a queue may do together: shown of all queues, set of one. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "wire/wd-wire-queue-limits.h"

static GPtrArray *
read_queues (WdCliContext *context, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wd_backend_list_queues_async (context->backend, context->cancellable, wd_answer_cb, &result);
  return wd_backend_list_queues_finish (context->backend, wd_answer_wait (&result), error);
}

/* Returns: (transfer none) (nullable) */
static const WdQueueCounts *
find_queue (const GPtrArray *queues, const char *name, GError **error)
{
  for (guint i = 0; i < queues->len; i++)
    if (g_str_equal (((const WdQueueCounts *) queues->pdata[i])->queue, name))
      return queues->pdata[i];
  g_set_error (error, WD_ERROR, WD_ERROR_NOT_FOUND, _("There is no queue “%s”"), name);
  return NULL;
}

static char *
format_number (gint64 number)
{
  return number > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                    : g_strdup (number == 0 ? "—" : "?");
}

static void
add_row (WdCliContext *context, WdCliTable *table, const WdQueueCounts *counts)
{
  char *rate = wd_queue_limits_describe_rate (&counts->limits);

  wd_cli_table_add (table, counts->queue);
  wd_cli_table_take (table, format_number (counts->limits.concurrency));
  wd_cli_table_take (table, rate != NULL ? rate : g_strdup ("—"));
  wd_cli_table_take (table, wd_cli_format_when (context, counts->limited_until));
}

/* @name: (nullable): of the only one to show */
static void
show (WdCliContext *context, const GPtrArray *queues, const char *name)
{
  g_autoptr (WdCliTable) table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("QUEUE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("AT ONCE"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("RATE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("LIMITED UNTIL"), WD_CLI_LEFT);
  if (context->json != NULL)
    {
      wd_json_writer_name (context->json, "queues");
      wd_json_writer_begin_array (context->json);
    }
  for (guint i = 0; i < queues->len; i++)
    {
      const WdQueueCounts *counts = queues->pdata[i];
      g_autofree char *oddity = wd_queue_limits_describe_oddity (&counts->limits);

      if (name != NULL && !g_str_equal (counts->queue, name))
        continue;
      if (context->json != NULL)
        wd_wire_queue_limits (context->json, counts);
      else
        add_row (context, table, counts);
      if (oddity != NULL)
        wd_cli_message ("%s: %s", counts->queue, oddity);
      if (name != NULL && counts->rate_doubt != NULL)
        wd_cli_message ("%s: %s", counts->queue, counts->rate_doubt);
    }
  if (context->json != NULL)
    wd_json_writer_end_array (context->json);
  else
    wd_cli_print_table (context, g_steal_pointer (&table));
}

static gboolean
read_number (const char *text, gint64 most, gint64 *number)
{
  char *end;

  *number = g_ascii_strtoll (text, &end, 10);
  return g_ascii_isdigit (*text) && *end == '\0' && *number >= 1 && *number <= most;
}

static gboolean
read_concurrency (const char *text, WdQueueLimits *limits, GError **error)
{
  if (strcmp (text, "none") == 0)
    {
      limits->concurrency = 0;
      return TRUE;
    }
  if (read_number (text, WD_QUEUE_CONCURRENCY_MAX, &limits->concurrency))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is no number of jobs between 1 and %d, and not “none”"), text,
               WD_QUEUE_CONCURRENCY_MAX);
  return FALSE;
}

static gboolean
read_rate (const char *text, WdQueueLimits *limits, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  char *end = NULL;
  double seconds = 0;

  if (strcmp (text, "none") == 0)
    {
      limits->rate_max = limits->rate_ms = 0;
      return TRUE;
    }
  if (g_strv_length (parts) == 2)
    seconds = g_ascii_strtod (parts[1], &end);
  if (end != NULL && *end == '\0' && seconds >= 0.001
      && seconds * 1000 <= (double) WD_QUEUE_RATE_MS_MAX
      && read_number (parts[0], WD_QUEUE_RATE_MAX, &limits->rate_max))
    {
      limits->rate_ms = (gint64) (seconds * 1000 + 0.5);
      return TRUE;
    }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is no rate such as 10/60, ten jobs in sixty seconds, and not “none”"), text);
  return FALSE;
}

static gboolean
set (WdCliContext *context, const char *queue, const WdQueueLimits *before,
     const WdQueueLimits *after, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = wd_queue_limits_describe (after);

  wd_backend_set_queue_limits_async (context->backend, queue, before, after, context->cancellable,
                                     wd_answer_cb, &result);
  if (!wd_backend_set_queue_limits_finish (context->backend, wd_answer_wait (&result), error))
    return FALSE;
  if (context->json == NULL)
    {
      g_string_append_printf (context->out, "%s: %s\n", queue, text != NULL ? text : _("no limit"));
      return TRUE;
    }
  wd_json_writer_boolean_member (context->json, "success", TRUE);
  wd_json_writer_string_member (context->json, "queue", queue);
  wd_wire_queue_limits_members (context->json, after);
  return TRUE;
}

static gboolean
confirm (WdCliContext *context, const char *queue, const char *confirmed, GError **error)
{
  if (!context->profile->production || g_strcmp0 (queue, confirmed) == 0)
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
               _("This is a production connection. To do it: --confirm=%s"), queue);
  return FALSE;
}

/**
 * wd_cmd_queues_limits:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_limits (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *name = wd_cli_arguments_get_operands (arguments)[0];
  const char *concurrency = wd_cli_arguments_get (arguments, "concurrency");
  const char *rate = wd_cli_arguments_get (arguments, "rate");
  g_autoptr (GPtrArray) queues = NULL;
  const WdQueueCounts *counts;
  WdQueueLimits after;

  if (name == NULL && (concurrency != NULL || rate != NULL))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                           _("Say of which queue the limits are to be set"));
      return FALSE;
    }
  queues = read_queues (context, error);
  if (queues == NULL)
    return FALSE;
  counts = name != NULL ? find_queue (queues, name, error) : NULL;
  if (name != NULL && counts == NULL)
    return FALSE;
  if (concurrency == NULL && rate == NULL)
    {
      show (context, queues, name);
      return TRUE;
    }
  after = counts->limits;
  return (concurrency == NULL || read_concurrency (concurrency, &after, error))
         && (rate == NULL || read_rate (rate, &after, error))
         && confirm (context, name, wd_cli_arguments_get (arguments, "confirm"), error)
         && set (context, name, &counts->limits, &after, error);
}
