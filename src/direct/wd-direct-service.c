/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "direct/wd-direct-service.h"

#include <string.h>

#include "base/wd-time.h"
#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-write.h"
#include "postgres/wd-pg-token.h"
#include "postgres/wd-pg-wallet-summary.h"

static GTask *
make_task (WdDirectBackend *self, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer data, gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, tag);
  return task;
}

static void
load_tokens (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  GPtrArray *tokens = NULL;

  if (postgres != NULL)
    tokens = wd_pg_token_list (postgres, wd_deadline_in (WD_READ_MS), cancellable, &error);
  wd_direct_return (task, tokens, g_ptr_array_unref, error);
}

/**
 * wd_direct_load_tokens_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_direct_load_tokens_async (WdDirectBackend *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_load_tokens_async);

  push (self->lists, task, wd_direct_call_new (), load_tokens);
}

/**
 * wd_direct_load_tokens_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_MIGRATED where there can be none yet
 *
 * Returns: (transfer full) (element-type WdApiToken): all there ever were, oldest first
 */
GPtrArray *
wd_direct_load_tokens_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* `ids` are a name and a hash, `number` is the role. */
static void
create_token (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  const WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres;

  if (!wd_lane_check_writable (lane, cancellable, &error)
      || (postgres = wd_lane_get_postgres (lane, cancellable, &error)) == NULL
      || !wd_pg_token_create (postgres, call->ids[0], (WdApiRole) call->number, call->ids[1],
                              wd_deadline_in (WD_WRITE_MS), cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * wd_direct_create_token_async:
 * @self: a backend
 * @name: whom it is for
 * @role: what it allows
 * @hash: of the token, as text
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_direct_create_token_async (WdDirectBackend *self, const char *name, WdApiRole role,
                              const char *hash, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_create_token_async);
  WdDirectCall *call = wd_direct_call_new ();

  call->ids = g_strdupv ((char *[]) { (char *) name, (char *) hash, NULL });
  call->number = role;
  push (self->writes, task, call, create_token);
}

/**
 * wd_direct_create_token_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_DUPLICATE where the name was ever used
 */
gboolean
wd_direct_create_token_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
revoke_token (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  const WdDirectCall *call = data;
  GError *error = NULL;
  WdPgConnection *postgres;

  if (!wd_lane_check_writable (lane, cancellable, &error)
      || (postgres = wd_lane_get_postgres (lane, cancellable, &error)) == NULL
      || !wd_pg_token_revoke (postgres, call->text, wd_deadline_in (WD_WRITE_MS), cancellable,
                              &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * wd_direct_revoke_token_async:
 * @self: a backend
 * @name: of the token
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 */
void
wd_direct_revoke_token_async (WdDirectBackend *self, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_revoke_token_async);
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (name);
  push (self->writes, task, call, revoke_token);
}

/**
 * wd_direct_revoke_token_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR, %WD_ERROR_NOT_FOUND where no valid token has the name
 */
gboolean
wd_direct_revoke_token_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wd_direct_set_flags_async:
 * @self: a backend
 * @address: of the wallet
 * @needs_gas: the new value, or unset to leave it
 * @needs_consolidation: likewise
 * @origin: on whose behalf
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * As wd_backend_set_flags_async(); what was done under the key of @origin is not done again.
 */
void
wd_direct_set_flags_async (WdDirectBackend *self, const char *address, WdTristate needs_gas,
                           WdTristate needs_consolidation, WdOrigin *origin,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_set_flags_async);
  WdDirectCall *call = wd_direct_call_new ();

  g_task_set_check_cancellable (task, FALSE);
  call->text = g_strdup (address);
  call->needs_gas = needs_gas;
  call->needs_consolidation = needs_consolidation;
  call->origin = wd_origin_ref (origin);
  push (self->writes, task, call, wd_direct_call_set_flags);
}

/**
 * wd_direct_set_flags_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): the wallet as it is now, or was when this was done under its key
 */
WdWallet *
wd_direct_set_flags_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wd_direct_pick_wallet:
 * @all: what a dispatch for many wallets did
 * @wallet: one of them
 *
 * Any thread. Returns: (transfer full): what it did for that one
 */
WdActionResult *
wd_direct_pick_wallet (const WdActionResult *all, const char *wallet)
{
  WdActionResult *own = wd_action_result_create ();

  for (guint i = 0; i < all->done->len; i++)
    {
      const WdJobOutcome *outcome = all->done->pdata[i];

      if (strcmp (outcome->job->wallet_address, wallet) == 0)
        wd_action_result_add_job (own, wd_job_ref (outcome->job), outcome->delivered)->note
          = g_strdup (outcome->note);
    }
  for (guint i = 0; i < all->refused->len; i++)
    {
      const WdRefusal *refusal = all->refused->pdata[i];

      if (strcmp (refusal->subject, wallet) == 0)
        wd_action_result_refuse_error (own, wallet, refusal->error)->job_log_id
          = g_strdup (refusal->job_log_id);
    }
  wd_direct_describe (own, all->by_queue);
  return own;
}

/**
 * wd_direct_set_paused_async:
 * @self: a backend
 * @queue: its name
 * @paused: pause, else resume
 * @origin: on whose behalf
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * As wd_backend_set_queue_paused_async(). Nothing is kept under the key of @origin: done twice, it
 * is as done once.
 */
void
wd_direct_set_paused_async (WdDirectBackend *self, const char *queue, gboolean paused,
                            WdOrigin *origin, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_set_paused_async);
  WdDirectCall *call = wd_direct_call_new ();

  g_task_set_check_cancellable (task, FALSE);
  call->text = g_strdup (queue);
  call->flag = paused;
  call->origin = wd_origin_ref (origin);
  push (self->writes, task, call, wd_direct_call_set_queue_paused);
}

/**
 * wd_direct_set_paused_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR
 */
gboolean
wd_direct_set_paused_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
load_summary (GTask *task, gpointer lane, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  WdPgConnection *postgres = wd_lane_get_postgres (lane, cancellable, &error);
  WdWalletSummary *summary = NULL;

  if (postgres != NULL)
    summary = wd_pg_wallet_summary (postgres, wd_deadline_in (WD_READ_MS), cancellable, &error);
  wd_direct_return (task, summary, wd_wallet_summary_unref, error);
}

/**
 * wd_direct_load_summary_async:
 * @self: a backend
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @data: for @callback
 *
 * Reads every wallet once.
 */
void
wd_direct_load_summary_async (WdDirectBackend *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = make_task (self, cancellable, callback, data,
                                      wd_direct_load_summary_async);

  push (self->passes, task, wd_direct_call_new (), load_summary);
}

/**
 * wd_direct_load_summary_finish:
 * @self: a backend
 * @result: of the call
 * @error: in #WD_ERROR
 *
 * Returns: (transfer full): all wallets in one line
 */
WdWalletSummary *
wd_direct_load_summary_finish (WdDirectBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
