/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Statistics of a server that, when it cannot reach its database, answers with zeros and says that
 * all is well: they are believed only when a list answers too. That list is the one of the jobs
 * that run, since such a server counts a word for those that its own table forbids. */

#include "rest/wd-rest-stats.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "model/wd-check.h"
#include "model/wd-page.h"
#include "rest/wd-rest-lacks.h"
#include "rest/wd-rest-query.h"
#include "wire/wd-wire-read-answer.h"

static WdWireRows *
load_active (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (WdRestAnswer) answer = NULL;
  WdWireRows *rows;

  wd_rest_query_add (query, "status", "active");
  wd_rest_query_add_number (query, "limit", WD_PAGE_LIMIT_MAX);
  answer = wd_rest_client_get (client, "/api/jobs/list", query->str, cancellable, error);
  if (answer == NULL)
    return NULL;
  rows = wd_wire_read_jobs (answer->text, answer->length, error);
  if (rows == NULL)
    wd_rest_answer_prefix (answer, error);
  return rows;
}

/* One that has lost its queues alone says so, and all the rest as well. */
static WdStats *
read_part (const WdRestAnswer *answer, GError **error)
{
  g_autoptr (GError) reason = NULL;
  WdStats *stats = wd_wire_read_stats (answer->text, answer->length, NULL);

  wd_rest_answer_explain (answer, &reason);
  if (stats != NULL)
    stats->queue_error = g_strdup (reason->message);
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return stats;
}

static WdStats *
load_figures (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdRestAnswer) answer =
    wd_rest_client_get_or (client, "/api/workers/stats", SOUP_STATUS_SERVICE_UNAVAILABLE,
                           cancellable, error);
  WdStats *stats;

  if (answer == NULL)
    return NULL;
  if (!wd_rest_answer_is_good (answer))
    return read_part (answer, error);
  stats = wd_wire_read_stats (answer->text, answer->length, error);
  if (stats == NULL)
    wd_rest_answer_prefix (answer, error);
  return stats;
}

static gint64
count_type (const WdWireRows *rows, const char *job_type)
{
  gint64 n = 0;

  for (guint i = 0; i < rows->items->len; i++)
    n += g_str_equal (((const WdJob *) rows->items->pdata[i])->job_type, job_type);
  return n;
}

/* Servers that do not keep what they say count some things wrong and make up the last activity. */
static void
correct (WdStats *stats, const WdWireRows *active)
{
  stats->active_jobs = 0;
  for (guint i = 0; i < stats->workers->len; i++)
    {
      WdWorkerStats *worker = stats->workers->pdata[i];

      worker->active += count_type (active, worker->job_type);
      worker->last_active = WD_TIME_NONE;
      if (worker->active > 0 && worker->status == WD_WORKER_STATUS_IDLE)
        worker->status = WD_WORKER_STATUS_ACTIVE;
      stats->active_jobs += worker->active;
    }
}

/* Whether @stats, set right where they are wrong, can be believed. A server that says what else it
 * can do says also when it cannot reach its database. */
static gboolean
check_figures (WdRestClient *client, WdStats *stats, GCancellable *cancellable, GError **error)
{
  WdRestServer *server = wd_rest_client_get_server (client);
  g_autoptr (WdWireRows) active = NULL;

  if (wd_rest_server_get_offers (server) != 0)
    return TRUE;
  active = load_active (client, cancellable, error);
  if (active == NULL)
    {
      g_prefix_error (error, _("The statistics cannot be believed, for the jobs cannot be read: "));
      return FALSE;
    }
  if (!wd_rest_server_honours_keys (server))
    correct (stats, active);
  return TRUE;
}

/**
 * wd_rest_load_stats:
 * @client: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: in #WD_ERROR
 *
 * “Today” is the server's, which is UTC. Worker.
 *
 * Returns: (transfer full): the statistics, without those that only a queue or a database knows
 */
WdStats *
wd_rest_load_stats (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (WdStats) stats = load_figures (client, cancellable, error);

  if (stats == NULL || !check_figures (client, stats, cancellable, error))
    return NULL;
  if (wd_rest_server_get_lack (wd_rest_client_get_server (client), WD_ABILITY_QUEUES) != NULL)
    {
      g_free (stats->queue_error);
      stats->queue_error = g_strdup (_("A remote dashboard does not show its queues"));
    }
  if (stats->last_updated == WD_TIME_NONE)
    stats->last_updated = wd_time_now ();
  return g_steal_pointer (&stats);
}

static void
add_check (GPtrArray *checks, const char *name, gboolean ok, const char *good, GError *error)
{
  g_ptr_array_add (checks, ok ? wd_check_new (name, WD_CHECK_OK, "%s", good)
                              : wd_check_new (name, WD_CHECK_ERROR, "%s", error->message));
  g_clear_error (&error);
}

static void
check_keys (WdRestClient *client, GPtrArray *checks)
{
  if (wd_rest_server_honours_keys (wd_rest_client_get_server (client)))
    g_ptr_array_add (checks, wd_check_new ("remote-keys", WD_CHECK_OK, "%s",
                                           _("It writes nothing twice: an order whose answer is "
                                             "lost is sent again by itself")));
  else
    g_ptr_array_add (checks, wd_check_new ("remote-keys", WD_CHECK_WARNING, "%s",
                                           _("It does not know one order from another: where the "
                                             "answer to one is lost, you will be shown the jobs "
                                             "of that wallet and decide")));
}

static void
check_offers (WdRestClient *client, GPtrArray *checks)
{
  static const struct {
    WdOffers offer;
    const char *has;
    const char *lacks;
  } words[] = {
    { WD_OFFER_EVENTS, N_("It tells of changes as they happen"),
      N_("It does not tell of changes: windows read again every few seconds") },
    { WD_OFFER_QUEUES, N_("It shows its queues"), N_("It does not show its queues") },
    { WD_OFFER_BULK, N_("It does bulk work"), N_("It does no bulk work") },
    { WD_OFFER_SEARCH, N_("It looks for a part of a text"),
      N_("It cannot look for jobs by a part of a text") },
  };
  WdOffers offers = wd_rest_server_get_offers (wd_rest_client_get_server (client));
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ". " : "",
                            (offers & words[i].offer) != 0 ? _(words[i].has) : _(words[i].lacks));
  g_ptr_array_add (checks, wd_check_new ("remote-offers", WD_CHECK_OK, "%s", text->str));
}

/**
 * wd_rest_run_doctor:
 * @client: whom to ask
 * @cancellable: (nullable): a cancellable
 * @error: %G_IO_ERROR_CANCELLED only
 *
 * Looks whether the dashboard answers what this program asks for. Worker.
 *
 * Returns: (transfer full) (element-type WdCheck): what was found
 */
GPtrArray *
wd_rest_run_doctor (WdRestClient *client, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_check_free);
  g_autoptr (WdWireRows) rows = NULL;
  g_autoptr (WdStats) stats = NULL;
  GError *local = NULL;
  gboolean ok;

  rows = load_active (client, cancellable, &local);
  ok = rows != NULL;
  add_check (checks, "remote-jobs", ok, _("The remote dashboard answers and lists its jobs"),
             local);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!ok)
    return g_steal_pointer (&checks);
  local = NULL;
  stats = load_figures (client, cancellable, &local);
  add_check (checks, "remote-statistics", stats != NULL, _("It has the statistics of its workers"),
             local);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  check_keys (client, checks);
  check_offers (client, checks);
  return g_steal_pointer (&checks);
}
