/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Orders jobs, one wallet after the other.
 *
 * The deployed server checks nothing: neither that the wallet is there nor that no such job is
 * under way. So that is looked up before, which also tells the server's time. When an answer is
 * lost, what that wallet has got since then is shown, and whoever ordered it decides. */

#include "rest/wd-rest-dispatch.h"

#include <glib/gi18n-lib.h>

#include "base/wd-error.h"
#include "rest/wd-rest-job.h"
#include "rest/wd-rest-order.h"
#include "rest/wd-rest-query.h"
#include "rest/wd-rest-wallets.h"
#include "wire/wd-wire-send.h"
#include "wire/wd-wire-read-answer.h"

/* HTTP tells the time in whole seconds. */
#define DATE_SLACK_US (2 * G_USEC_PER_SEC)

typedef struct {
  WdRestClient *client;
  const WdDispatchRequest *request;
  GHashTable *wallets;         /* (owned) (element-type utf8 WdWallet): those that were found */
  gboolean wallets_complete;   /* whether others are not there */
  WdActionResult *result;
  GCancellable *cancellable;   /* (nullable) */
} Dispatch;

static gboolean
load_wallets (Dispatch *self, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;

  self->wallets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) wd_wallet_unref);
  if (self->request->force)
    return TRUE;
  found = wd_rest_find_wallets (self->client, (const char *const *) self->request->wallets,
                                &self->wallets_complete, self->cancellable, error);
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      WdWallet *wallet = wd_wallet_ref (found->pdata[i]);

      g_hash_table_insert (self->wallets, wallet->address, wallet);
    }
  return TRUE;
}

/* Returns: whether it may be sent */
static gboolean
check_wallet (Dispatch *self, const char *address, GPtrArray *jobs)
{
  const WdJob *job = self->request->force ? NULL : wd_rest_find_under_way (jobs, NULL);

  if (!self->request->force && self->wallets_complete
      && !g_hash_table_contains (self->wallets, address))
    {
      wd_action_result_refuse (self->result, address, WD_ERROR_NOT_FOUND, _("Wallet not found"));
      return FALSE;
    }
  if (job == NULL)
    return TRUE;
  wd_rest_order_refuse_busy (self->result, address, job);
  return FALSE;
}

/* Returns: (transfer full) (nullable): those of @now that were not among @before */
static GPtrArray *
find_new (GPtrArray *now, GPtrArray *before)
{
  GPtrArray *fresh = g_ptr_array_new ();

  for (guint i = 0; i < now->len; i++)
    {
      const WdJob *job = now->pdata[i];
      gboolean known = FALSE;

      for (guint k = 0; k < before->len; k++)
        known |= g_str_equal (job->id, ((const WdJob *) before->pdata[k])->id);
      if (!known)
        g_ptr_array_add (fresh, (gpointer) job);
    }
  return fresh;
}

static char *
describe_new (GPtrArray *jobs)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      const WdJob *job = jobs->pdata[i];
      g_autofree char *made = wd_time_to_rfc3339 (job->created_at);

      g_string_append_printf (text, "%s%s (%s, %s)", i > 0 ? ", " : "", job->id, job->status,
                              made != NULL ? made : "—");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Tells what the wallet has got since it was sent. */
static void
refuse_unknown (Dispatch *self, const char *address, GPtrArray *before, WdTime date,
                const GError *reason)
{
  WdTime since = date != WD_TIME_NONE ? date - DATE_SLACK_US : WD_TIME_NONE;
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) now = wd_rest_jobs_of_wallet (self->client, address,
                                                      self->request->job_type, since, NULL, NULL,
                                                      &local);
  g_autoptr (GPtrArray) fresh = now != NULL ? find_new (now, before) : g_ptr_array_new ();
  g_autofree char *list = describe_new (fresh);
  WdRefusal *refusal;

  if (now == NULL)
    refusal = wd_action_result_refuse (self->result, address, WD_ERROR_UNKNOWN_OUTCOME,
                                       _("Not known whether it was taken (%s), and the jobs of "
                                         "this wallet cannot be read now (%s). Look at them before "
                                         "you send it again."), reason->message, local->message);
  else if (fresh->len == 0)
    refusal = wd_action_result_refuse (self->result, address, WD_ERROR_UNKNOWN_OUTCOME,
                                       _("Not known whether it was taken (%s). The wallet has got "
                                         "no such job since then, but it may still come: look "
                                         "again before you send it again."), reason->message);
  else
    refusal = wd_action_result_refuse (self->result, address, WD_ERROR_UNKNOWN_OUTCOME,
                                       _("Not known whether it was taken (%s). Since then the "
                                         "wallet has got: %s. Send it again only if none of these "
                                         "is it."), reason->message, list);
  if (fresh->len > 0)
    refusal->job_log_id = g_strdup (((const WdJob *) fresh->pdata[0])->id);
}

static char *
make_note (const Dispatch *self, const WdWallet *wallet)
{
  if (self->request->force || wallet != NULL)
    return NULL;
  return g_strdup (_("Whether there is such a wallet could not be checked: there are too many to "
                     "look through"));
}

/* Returns: FALSE where nothing more is to be sent */
static gboolean
order_one (Dispatch *self, const char *address, GPtrArray *before, WdTime date, GError **error)
{
  const WdWallet *wallet = g_hash_table_lookup (self->wallets, address);
  const char *user_id = self->request->user_id != NULL || wallet == NULL ? self->request->user_id
                                                                         : wallet->user_id;
  g_autofree char *path = wd_rest_query_path ("/api/dispatch/", self->request->job_type);
  g_autofree char *body = wd_wire_send_dispatch (address, user_id, self->request->priority);
  g_autoptr (GError) local = NULL;
  g_autoptr (WdRestAnswer) answer = wd_rest_order_send (self->client, path, body, &local);
  g_autofree char *note = NULL;
  WdJob *job = NULL;
  WdJobOutcome *outcome;
  gboolean delivered;

  if (answer != NULL)
    {
      job = wd_wire_read_written_job (answer->text, answer->length, &delivered, &note, &local);
      if (job == NULL)
        wd_rest_order_doubt (answer, &local);
    }
  if (job != NULL)
    {
      outcome = wd_action_result_add_job (self->result, job, delivered);
      outcome->note = note != NULL ? g_steal_pointer (&note) : make_note (self, wallet);
      return TRUE;
    }
  if (g_error_matches (local, WD_ERROR, WD_ERROR_UNKNOWN_OUTCOME))
    refuse_unknown (self, address, before, date, local);
  else if (!wd_error_may_pass (local)
           && !g_error_matches (local, WD_ERROR, WD_ERROR_AUTHENTICATION))
    {
      wd_action_result_refuse_error (self->result, address, local);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
dispatch_one (Dispatch *self, const char *address, GError **error)
{
  g_autoptr (GPtrArray) jobs = NULL;
  WdTime date;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  jobs = wd_rest_jobs_of_wallet (self->client, address, self->request->job_type, WD_TIME_NONE,
                                 &date, self->cancellable, error);
  if (jobs == NULL)
    return FALSE;
  return !check_wallet (self, address, jobs) || order_one (self, address, jobs, date, error);
}

static void
dispatch_all (Dispatch *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **wallet = self->request->wallets; *wallet != NULL; wallet++)
    {
      guint n_refused = self->result->refused->len;

      if (!g_hash_table_add (seen, *wallet))
        wd_action_result_refuse (self->result, *wallet, WD_ERROR_DUPLICATE,
                                 _("The wallet is named twice in this request"));
      else if (!dispatch_one (self, *wallet, error))
        {
          wd_rest_order_leave_rest (self->result, wallet + (self->result->refused->len - n_refused),
                                    error);
          return;
        }
    }
}

/**
 * wd_rest_dispatch:
 * @client: whom to ask
 * @request: what to order
 * @cancellable: (nullable): stops between two wallets
 * @error: nothing was written
 *
 * Worker.
 *
 * Returns: (transfer full): what was taken, what was refused, and of what that is not known
 */
WdActionResult *
wd_rest_dispatch (WdRestClient *client, const WdDispatchRequest *request,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (WdActionResult) result = wd_action_result_create ();
  Dispatch self = { client, request, NULL, FALSE, result, cancellable };
  GError *local = NULL;

  if (!wd_dispatch_request_validate (request, error)
      || !wd_profile_check_writable (wd_rest_client_get_profile (client), error))
    return NULL;
  if (load_wallets (&self, &local))
    dispatch_all (&self, &local);
  g_hash_table_unref (self.wallets);
  wd_rest_order_describe (result);
  if (local == NULL)
    return g_steal_pointer (&result);
  g_propagate_error (error, local);
  return NULL;
}
