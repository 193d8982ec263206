/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk work that a service does. It is frozen under a key, so a lost answer is asked for again and
 * is the same run; from then on it has an id, and to let it go on twice is to let it go on. Who
 * follows it to its end is wd-rest-follower.c. */

#include "rest/wd-rest-bulk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "rest/wd-rest-lacks.h"
#include "rest/wd-rest-order.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-bulk.h"
#include "wire/wd-wire-send-bulk.h"

/* What a service takes at most in one request. */
#define BODY_MAX (64 * 1024)

/* Whoever may not begin one may look at all. */
static gboolean
check_told (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  if (!wd_rest_client_get_acquainted (client, cancellable, error))
    return FALSE;
  if ((wd_rest_server_get_offers (wd_rest_client_get_server (client)) & WD_OFFER_BULK) != 0)
    return TRUE;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                       wd_rest_lack_reason (WD_ABILITY_BULK));
  return FALSE;
}

static gboolean
check_writable (WdRestClient *client, GError **error)
{
  return wd_profile_check_writable (wd_rest_client_get_profile (client), error)
         && wd_rest_lack_check (client, WD_ABILITY_BULK, NULL, error);
}

/* @answer: (transfer full) (nullable) */
static WdBulkRun *
read_answer (WdRestAnswer *answer, gboolean of_order, GError **error)
{
  g_autoptr (WdRestAnswer) owned = answer;
  WdBulkRun *run;

  if (owned == NULL)
    return NULL;
  run = wd_wire_read_bulk (owned->text, owned->length, error);
  if (run == NULL && of_order)
    wd_rest_order_doubt (owned, error);
  else if (run == NULL)
    wd_rest_answer_prefix (owned, error);
  return run;
}

static char *
make_path (const char *id, const char *word)
{
  g_autofree char *path = wd_rest_query_path ("/api/bulk/", id);

  return g_strconcat (path, word, NULL);
}

/* Says @word to a run. */
static WdBulkRun *
order (WdRestClient *client, const char *id, const char *word, gint64 confirm, GError **error)
{
  g_autofree char *path = make_path (id, word);
  g_autofree char *body = wd_wire_send_bulk_go (confirm);

  return read_answer (wd_rest_order_send (client, path, body, error), TRUE, error);
}

static WdBulkRun *
read_run (WdRestClient *client, const char *id, const char *query, GCancellable *cancellable,
          GError **error)
{
  g_autofree char *path = make_path (id, "");

  if (!check_told (client, cancellable, error))
    return NULL;
  return read_answer (wd_rest_client_get (client, path, query, cancellable, error), FALSE, error);
}

/* What nobody waits for any more does nothing by itself, but stands in the list of runs. */
static void
take_back (WdRestClient *client, const WdBulkRun *run)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WdBulkRun) discarded = order (client, run->id, "/discard", -1, &local);

  if (discarded == NULL)
    g_debug ("Bulk run %s stays frozen: %s", run->id, local->message);
}

/**
 * wd_rest_bulk_freeze:
 * @client: whom to ask
 * @request: what to do, and to which
 * @cancellable: (nullable): a cancellable
 * @error: nothing was written, or %WD_ERROR_UNKNOWN_OUTCOME: perhaps it is written down, and not
 *   begun
 *
 * Worker.
 *
 * Returns: (transfer full): the run, with what it will do
 */
WdBulkRun *
wd_rest_bulk_freeze (WdRestClient *client, const WdBulkRequest *request,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (WdBulkRun) run = NULL;
  g_autofree char *body = NULL;

  if (!wd_bulk_request_validate (request, error) || !check_writable (client, error))
    return NULL;
  body = wd_wire_send_bulk (request);
  if (strlen (body) > BODY_MAX)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_NOT_SUPPORTED,
                   _("A remote dashboard takes no more than %d KiB in one request, and the names "
                     "of these are %d KiB: say by a filter which are meant, or take fewer at a "
                     "time"), BODY_MAX / 1024, (int) (strlen (body) / 1024) + 1);
      return NULL;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  run = read_answer (wd_rest_order_send (client, "/api/bulk", body, error), TRUE, error);
  if (run == NULL || !g_cancellable_set_error_if_cancelled (cancellable, error))
    return g_steal_pointer (&run);
  take_back (client, run);
  return NULL;
}

/**
 * wd_rest_bulk_look:
 * @client: whom to ask
 * @id: of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): how far it is, without its report
 */
WdBulkRun *
wd_rest_bulk_look (WdRestClient *client, const char *id, GCancellable *cancellable, GError **error)
{
  return read_run (client, id, "report=false", cancellable, error);
}

/**
 * wd_rest_bulk_load:
 * @client: whom to ask
 * @id: of a run
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the run with its report
 */
WdBulkRun *
wd_rest_bulk_load (WdRestClient *client, const char *id, GCancellable *cancellable, GError **error)
{
  return read_run (client, id, NULL, cancellable, error);
}

/**
 * wd_rest_bulk_explain:
 * @run: a run that rests, or was discarded, and is not done
 * @error: why that is
 */
void
wd_rest_bulk_explain (const WdBulkRun *run, GError **error)
{
  g_autofree char *end = wd_bulk_run_describe_end (run);

  if (end != NULL)
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED, end);
  else if (run->last_error != NULL)
    g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The remote dashboard has paused it: %s"),
                 run->last_error);
  else
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                         _("It was paused at the remote dashboard, by somebody or since its "
                           "service was stopped"));
}

/**
 * wd_rest_bulk_go:
 * @client: whom to ask
 * @id: of a run
 * @begun: whether it was told to go on before, and how far it came is not known: what rests by now
 *   rests because somebody wanted that, or cannot go on
 * @error: nothing was begun, or %WD_ERROR_UNKNOWN_OUTCOME
 *
 * Looks first: what goes on, or is done, is not told to go on. Worker.
 *
 * Returns: (transfer full): the run, that goes on or is done
 */
WdBulkRun *
wd_rest_bulk_go (WdRestClient *client, const char *id, gboolean begun, GError **error)
{
  g_autoptr (WdBulkRun) run = NULL;
  WdBulkRun *going;

  if (!check_writable (client, error))
    return NULL;
  run = wd_rest_bulk_load (client, id, NULL, error);
  if (run == NULL)
    return NULL;
  if (run->state == WD_BULK_DONE || run->is_running)
    return g_steal_pointer (&run);
  if (run->state == WD_BULK_DISCARDED || (run->state == WD_BULK_PAUSED && begun))
    {
      wd_rest_bulk_explain (run, error);
      return NULL;
    }
  going = order (client, id, "/run", wd_bulk_run_count_left (run), error);
  if (going == NULL && g_error_matches (*error, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    g_prefix_error (error, _("Not known whether the remote dashboard goes on with it: "));
  return going;
}

/**
 * wd_rest_bulk_list:
 * @client: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: %WD_ERROR_NOT_SUPPORTED where it does no bulk work, or in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full) (element-type WdBulkRun): the newest runs
 */
GPtrArray *
wd_rest_bulk_list (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRestAnswer) answer = NULL;
  GPtrArray *runs;

  if (!check_told (client, cancellable, error))
    return NULL;
  answer = wd_rest_client_get (client, "/api/bulk", NULL, cancellable, error);
  if (answer == NULL)
    return NULL;
  runs = wd_wire_read_bulk_list (answer->text, answer->length, error);
  if (runs == NULL)
    wd_rest_answer_prefix (answer, error);
  return runs;
}

/**
 * wd_rest_bulk_pause:
 * @client: whom to ask
 * @id: of a run
 * @error: %WD_ERROR_BUSY where another program than the service works on it,
 *   %WD_ERROR_UNKNOWN_OUTCOME where perhaps it goes on, or in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the run, at which nobody works any more
 */
WdBulkRun *
wd_rest_bulk_pause (WdRestClient *client, const char *id, GError **error)
{
  WdBulkRun *run;

  if (!check_writable (client, error))
    return NULL;
  run = order (client, id, "/stop", -1, error);
  if (run == NULL && wd_error_may_pass (*error)
      && !g_error_matches (*error, WD_ERROR, WD_ERROR_BUSY))
    g_prefix_error (error, _("Not known whether the remote dashboard has paused it: "));
  return run;
}

/**
 * wd_rest_bulk_discard:
 * @client: whom to ask
 * @id: of a run
 * @error: %WD_ERROR_BUSY, %WD_ERROR_REFUSED where it is done, %WD_ERROR_NOT_FOUND, or in #WD_ERROR
 *
 * Worker.
 *
 * Returns: (transfer full): the run, that nobody can go on with any more
 */
WdBulkRun *
wd_rest_bulk_discard (WdRestClient *client, const char *id, GError **error)
{
  return check_writable (client, error) ? order (client, id, "/discard", -1, error) : NULL;
}
