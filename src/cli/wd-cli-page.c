/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One page of a list, however long it has to be searched for. */

#include "cli/wd-cli-page.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/wd-error.h"
#include "session/wd-search-text.h"

/* Returns: (transfer full): which part of the list was searched */
static char *
describe_search (const WdPage *page)
{
  g_autofree char *time = page->searched_to != WD_TIME_NONE
                            ? wd_format_minute (page->searched_to, NULL, NULL) : NULL;

  return wd_search_text (time, page->n_searched, page->n_to_search, NULL);
}

static void
tell_progress (const WdPage *page)
{
  g_autofree char *text = describe_search (page);
  g_autofree char *found = g_strdup_printf ("%u", page->items->len);

  g_printerr ("\r");
  /* TRANSLATORS: how many were found so far; which part of the list was searched */
  g_printerr (_("%s found; %s"), found, text);
  g_printerr ("\033[K");
}

/* Adds what a further piece of the page brought to what there is. */
static void
join (WdPage *page, const WdListKind *kind, const WdPage *piece)
{
  for (guint i = 0; i < piece->items->len; i++)
    g_ptr_array_add (page->items, kind->ref (piece->items->pdata[i]));
  g_free (page->next_cursor);
  page->next_cursor = g_strdup (piece->next_cursor);
  page->is_partial = piece->is_partial;
  page->pace = piece->pace;
  page->n_searched += piece->n_searched;
  if (piece->searched_to != WD_TIME_NONE)
    page->searched_to = piece->searched_to;
}

static WdPage *
read_piece (WdCliContext *context, const WdListKind *kind, gconstpointer filter,
            const WdPageRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  kind->load (context->backend, filter, request, context->cancellable, wd_answer_cb, &result);
  return kind->finish (context->backend, wd_answer_wait (&result), error);
}

static void
count_what_is_known (WdPage *page, gboolean from_the_beginning)
{
  if (page->total >= 0)
    return;
  page->total = page->items->len + (page->next_cursor != NULL);
  page->total_is_exact = from_the_beginning && page->next_cursor == NULL;
}

/**
 * wd_cli_read_page:
 * @context: an open context
 * @kind: of which records
 * @filter: which of them
 * @request: (inout): which page; changed
 * @error: in #WD_ERROR
 *
 * Waits until the page is full or everything was searched, and says how far it is to people who
 * wait.
 *
 * Returns: (transfer full) (nullable): the page; with an error what was found before it, if
 *   anything was answered
 */
WdPage *
wd_cli_read_page (WdCliContext *context, const WdListKind *kind, gconstpointer filter,
                  WdPageRequest *request, GError **error)
{
  gboolean is_first = request->cursor == NULL, told = FALSE;
  guint limit = request->limit;
  WdPage *page;

  request->piecemeal = TRUE;
  page = read_piece (context, kind, filter, request, error);
  while (page != NULL && page->is_partial)
    {
      g_autoptr (WdPage) piece = NULL;

      if (isatty (STDERR_FILENO))
        {
          tell_progress (page);
          told = TRUE;
        }
      request->with_total = FALSE;
      request->pace = page->pace;
      request->limit = limit - page->items->len;
      g_free (request->cursor);
      request->cursor = g_strdup (page->next_cursor);
      piece = read_piece (context, kind, filter, request, error);
      if (piece == NULL)
        break;
      join (page, kind, piece);
    }
  if (told)
    g_printerr ("\r\033[K");
  if (page != NULL)
    count_what_is_known (page, is_first);
  return page;
}

/**
 * wd_cli_page_request:
 * @arguments: the command line
 *
 * Returns: (transfer full): the page its options ask for
 */
WdPageRequest *
wd_cli_page_request (const WdCliArguments *arguments)
{
  WdPageRequest *request = wd_page_request_new ();

  request->limit = wd_cli_arguments_get_limit (arguments, "limit", WD_PAGE_LIMIT_DEFAULT);
  request->cursor = g_strdup (wd_cli_arguments_get (arguments, "cursor"));
  request->with_total = TRUE;
  return request;
}

/**
 * wd_cli_tell_rest:
 * @page: what was printed
 *
 * Says how much more there is, and how to get it.
 */
void
wd_cli_tell_rest (const WdPage *page)
{
  g_autofree char *shown = g_strdup_printf ("%u", page->items->len);
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, page->total);

  if (page->is_partial)
    {
      g_autofree char *text = describe_search (page);

      /* TRANSLATORS: how many were found; which part of the list was searched */
      wd_cli_message (_("%s found so far; %s. To go on: --cursor %s"), shown, text,
                      page->next_cursor);
      return;
    }
  if (page->items->len == 0)
    wd_cli_message (_("Nothing matches"));
  if (page->next_cursor == NULL)
    return;
  if ((page->is_search || page->is_forward) && !page->total_is_exact)
    {
      wd_cli_message (_("%s, and perhaps more: --cursor %s"), shown, page->next_cursor);
      return;
    }
  if (page->total_is_exact)
    wd_cli_message (_("%s of %s; the next ones: --cursor %s"), shown, total, page->next_cursor);
  else
    wd_cli_message (_("%s of about %s; the next ones: --cursor %s"), shown, total,
                    page->next_cursor);
}
