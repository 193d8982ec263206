/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What makes jobs again and again, of one queue or of all. */

#include "cli/cmd.h"

#include <glib/gi18n-lib.h>

#include "base/wd-format.h"
#include "wire/wd-wire-scheduler.h"

#define PAGE_LENGTH 50

/* What is written while queue after queue is read. */
typedef struct {
  WdCliContext *context;
  WdCliTable *table;           /* (owned) (nullable): for people */
  guint left;                  /* so many more may be written */
  gint64 total;
  char *cursor;                /* (owned) (nullable): of the last queue */
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_pointer (&self->table, wd_cli_table_free);
  g_free (self->cursor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listing, listing_clear)

static WdCliTable *
make_table (void)
{
  WdCliTable *table = wd_cli_table_new ();

  wd_cli_table_add_column (table, _("QUEUE"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("KEY"), WD_CLI_FOLD);
  wd_cli_table_add_column (table, _("NAME"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("WHEN"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("NEXT"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("LAST"), WD_CLI_LEFT);
  wd_cli_table_add_column (table, _("ITERATIONS"), WD_CLI_RIGHT);
  wd_cli_table_add_column (table, _("STATE"), WD_CLI_LEFT);
  return table;
}

static char *
format_iterations (const WdScheduler *item)
{
  g_autofree char *made = wd_format_count (item->iterations, NULL);
  g_autofree char *limit = wd_format_count (item->limit, NULL);

  if (item->iterations < 0)
    return g_strdup ("—");
  /* TRANSLATORS: so many of at most so many */
  return item->limit > 0 ? g_strdup_printf (_("%s of %s"), made, limit) : g_steal_pointer (&made);
}

static void
add_row (Listing *self, const char *queue, const WdScheduler *item, const char *oddity)
{
  gboolean wrong = item->state == WD_SCHEDULER_BROKEN;

  wd_cli_table_add (self->table, queue);
  wd_cli_table_add (self->table, item->key);
  wd_cli_table_add (self->table, item->name);
  wd_cli_table_take (self->table, wd_scheduler_describe_schedule (item));
  wd_cli_table_take (self->table, wd_cli_format_when (self->context, wd_scheduler_get_next (item)));
  wd_cli_table_take (self->table, wd_cli_format_when (self->context, item->last));
  wd_cli_table_take (self->table, format_iterations (item));
  wd_cli_table_add_colored (self->table, wd_scheduler_state_word (item->state),
                            wrong             ? WD_CLI_RED
                            : oddity != NULL ? WD_CLI_YELLOW : WD_CLI_PLAIN);
}

static gboolean
list_queue (Listing *self, const char *queue, const char *cursor, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WdSchedulerPage) page = NULL;

  wd_backend_list_schedulers_async (self->context->backend, queue, cursor, self->left,
                                    self->context->cancellable, wd_answer_cb, &result);
  page = wd_backend_list_schedulers_finish (self->context->backend, wd_answer_wait (&result),
                                            error);
  if (page == NULL)
    return FALSE;
  for (guint i = 0; i < page->items->len; i++)
    {
      const WdScheduler *item = page->items->pdata[i];
      g_autofree char *oddity = wd_scheduler_describe_oddity (item, page);

      if (self->table == NULL)
        {
          wd_wire_scheduler (self->context->json, queue, item, oddity);
          continue;
        }
      add_row (self, queue, item, oddity);
      if (oddity != NULL)
        wd_cli_message ("%s: %s", item->key, oddity);
    }
  self->total += page->total;
  self->left -= MIN (self->left, page->items->len);
  g_free (self->cursor);
  self->cursor = g_strdup (page->cursor);
  return TRUE;
}

/* Queue after queue, as many as were asked for. */
static gboolean
list_all (Listing *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) queues = NULL;

  wd_backend_list_queues_async (self->context->backend, self->context->cancellable, wd_answer_cb,
                                &result);
  queues = wd_backend_list_queues_finish (self->context->backend, wd_answer_wait (&result), error);
  for (guint i = 0; queues != NULL && i < queues->len; i++)
    {
      const WdQueueCounts *counts = queues->pdata[i];

      if (counts->schedulers == 0)
        continue;
      if (self->left == 0)
        self->total += MAX (counts->schedulers, 0);
      else if (!list_queue (self, counts->queue, NULL, error))
        return FALSE;
    }
  /* Of several queues none is the one to go on with. */
  g_clear_pointer (&self->cursor, g_free);
  return queues != NULL;
}

static void
write_end (Listing *self, const char *queue)
{
  if (self->table == NULL)
    {
      wd_json_writer_end_array (self->context->json);
      wd_json_writer_int_member (self->context->json, "total", self->total);
      wd_json_writer_string_member (self->context->json, "next_cursor", self->cursor);
      return;
    }
  if (self->total > 0)
    wd_cli_print_table (self->context, g_steal_pointer (&self->table));
  else
    wd_cli_message (_("There is no scheduler"));
  if (self->cursor != NULL)
    wd_cli_message (_("There are more: --cursor='%s'"), self->cursor);
  else if (queue == NULL && self->left == 0)
    wd_cli_message (_("There may be more: name a queue, or a higher --limit"));
}

/**
 * wd_cmd_queues_schedulers:
 * @context: an open context
 * @arguments: the command line
 * @error: in #WD_ERROR
 */
gboolean
wd_cmd_queues_schedulers (WdCliContext *context, const WdCliArguments *arguments, GError **error)
{
  const char *queue = wd_cli_arguments_get_operands (arguments)[0];
  g_auto (Listing) self = {
    context, context->json == NULL ? make_table () : NULL,
    wd_cli_arguments_get_limit (arguments, "limit", PAGE_LENGTH),
  };
  gboolean ok;

  if (context->json != NULL)
    {
      wd_json_writer_name (context->json, "schedulers");
      wd_json_writer_begin_array (context->json);
    }
  ok = queue != NULL
         ? list_queue (&self, queue, wd_cli_arguments_get (arguments, "cursor"), error)
         : list_all (&self, error);
  write_end (&self, queue);
  return ok;
}
