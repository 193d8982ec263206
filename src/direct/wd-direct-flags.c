/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One look at the wallets with flags, and the jobs that are due by it: of a few pages, for the next
 * look goes on where this one ended, and after the last wallet at the first. */

#include "direct/wd-direct-flags.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-write.h"
#include "direct/wd-flag-look.h"
#include "postgres/wd-pg-migrator.h"
#include "postgres/wd-pg-setting.h"

#define PAGES 10

/* Why no jobs of the type are made now, though they could be. */
static char *
find_hindrance (WdFlagLook *self, gboolean uses_queue, GError **error)
{
  const WdProfile *profile = wd_lane_get_profile (self->lane);
  const WdQueueMapping *mapping
      = wd_profile_get_mapping (profile, wd_flag_job_type (self->turn.flag));
  g_autoptr (WdQueueCounts) counts = NULL;
  g_autoptr (GError) local = NULL;

  if (!uses_queue)
    return NULL;
  counts = wd_direct_read_queue (self->lane, mapping->queue, self->cancellable, &local);
  if (counts == NULL && g_error_matches (local, WD_ERROR, WD_ERROR_LAYOUT))
    return g_strdup (local->message);
  if (counts == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (counts->paused)
    return g_strdup_printf (_("The queue “%s” is paused"), mapping->queue);
  return NULL;
}

static gboolean
look_at_flag (WdFlagLook *self, WdFlag flag, gboolean uses_queue, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *after = g_strdup (self->request->after[flag]);
  guint n_pages = 0;

  self->turn = (WdPgFlagTurn) { .flag = flag, .policy = &self->request->policy };
  self->round->hindrance[flag] = find_hindrance (self, uses_queue, &local);
  if (local == NULL && self->round->hindrance[flag] == NULL)
    while (wd_flag_look_at_page (self, &after, &local) && ++n_pages < PAGES)
      continue;
  self->round->has_more |= local == NULL && !self->round->standing_by
                           && n_pages == PAGES;
  g_free (self->round->after[flag]);
  self->round->after[flag] = g_steal_pointer (&after);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* How a site delivers is settled by whoever dispatches first: not by a service that was told of no
 * Redis, perhaps by mistake. */
static gboolean
find_delivery (WdFlagLook *self, gboolean *uses_queue, GError **error)
{
  WdPgConnection *postgres = wd_lane_get_postgres (self->lane, self->cancellable, error);
  g_autoptr (GError) local = NULL;
  g_autofree char *agreed = NULL;

  if (postgres == NULL)
    return FALSE;
  agreed = wd_pg_setting_get (postgres, "delivery", wd_deadline_in (WD_READ_MS),
                              self->cancellable, &local);
  if (agreed != NULL)
    return wd_direct_agree_delivery (self->lane, uses_queue, self->cancellable, error);
  *uses_queue = TRUE;
  if (!g_error_matches (local, WD_ERROR, WD_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  else if (!wd_lane_has_redis (self->lane))
    g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                         _("It is not settled yet how this site’s workers get their jobs: "
                           "dispatch one by hand first"));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check (WdFlagLook *self, GError **error)
{
  WdPgConnection *postgres;

  if (!self->request->dry_run)
    return wd_lane_check_writable (self->lane, self->cancellable, error);
  postgres = wd_lane_get_postgres (self->lane, self->cancellable, error);
  return postgres != NULL
         && wd_pg_schema_is_current (postgres, wd_deadline_in (WD_READ_MS), self->cancellable,
                                     error);
}

static WdFlagRound *
serve_flags (WdLane *lane, const WdFlagRoundRequest *request, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (WdFlagRound) round = wd_flag_round_create ();
  WdFlagLook self = { .lane = lane, .request = request, .round = round,
                      .cancellable = cancellable };
  g_autoptr (GError) local = NULL;
  gboolean uses_queue;

  if (!check (&self, error) || !find_delivery (&self, &uses_queue, error))
    return NULL;
  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag < WD_N_FLAGS; flag++)
    round->after[flag] = g_strdup (request->after[flag]);
  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag < WD_N_FLAGS && !round->standing_by; flag++)
    if (!look_at_flag (&self, flag, uses_queue, &local))
      break;
  /* What was made is told before what went wrong after it: that comes again. */
  if (local == NULL || round->made->len > 0 || round->stopped->len > 0)
    return g_steal_pointer (&round);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
serve_flags_cb (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  g_autoptr (WdOrigin) origin = wd_origin_create ("system", wd_actor_get_default ()->host);
  GError *error = NULL;
  WdFlagRound *round;

  wd_lane_act_for (lane, origin);
  round = serve_flags (lane, data, cancellable, &error);
  wd_lane_act_for (lane, NULL);
  wd_direct_return (task, round, wd_flag_round_unref, error);
}

/**
 * wd_direct_serve_flags_async:
 * @self: a backend
 * @request: how, and where to go on
 * @cancellable: (nullable): heeded until a transaction is committed
 * @callback: called with the answer
 * @data: for @callback
 *
 * Makes the jobs that are due for wallets with flags, at most so many, as "system".
 */
void
wd_direct_serve_flags_async (WdDirectBackend *self, const WdFlagRoundRequest *request,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wd_direct_serve_flags_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, wd_flag_round_request_copy (request),
                        (GDestroyNotify) wd_flag_round_request_free);
  wd_worker_thread_push (self->writes, task, serve_flags_cb);
}

/**
 * wd_direct_serve_flags_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR: nothing was made
 *
 * Returns: (transfer full): what was made
 */
WdFlagRound *
wd_direct_serve_flags_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
