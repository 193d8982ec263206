/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend for those who have the address of a remote dashboard and no database.
 *
 * Four lanes, each with a connection of its own: lists, what refreshes by itself, writes, which may
 * wait long for an answer, and what counts much, which may take as long; and one who listens. They
 * share what is known of the server. */

#include "rest/wd-rest-backend.h"

#include "base/wd-worker-thread.h"
#include "rest/wd-rest-backend-private.h"
#include "rest/wd-rest-call.h"
#include "rest/wd-rest-client.h"
#include "rest/wd-rest-ear.h"
#include "rest/wd-rest-lacks.h"

#define IDLE_MS (60 * 1000)

struct _WdRestBackend {
  GObject parent_instance;

  WdWorkerThread *lanes[WD_REST_N_LANES]; /* (owned) */
  WdRestServer *server;           /* (owned) */
  WdEars *ears;                   /* (owned) */
  WdRestFollowers *followers;     /* (owned) */
  WdOffers offers;                /* as they were told of last */
};

static void wd_rest_backend_iface_init (WdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdRestBackend, wd_rest_backend, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WD_TYPE_BACKEND,
                                                      wd_rest_backend_iface_init))

/* What an answer said the server can do. A task notifies of nothing but its end. */
static void
completed_cb (WdRestBackend *self)
{
  WdOffers offers = wd_rest_server_get_offers (self->server);

  if (offers == self->offers)
    return;
  self->offers = offers;
  g_signal_emit_by_name (self, "abilities-changed");
}

/* Takes @call over and lets @func run with it in a lane's worker. */
void
wd_rest_backend_push (WdBackend *backend, WdRestLane lane, GTask *task, WdRestCall *call,
                      WdWorkerFunc func)
{
  g_task_set_task_data (task, call, (GDestroyNotify) wd_rest_call_free);
  g_signal_connect_object (task, "notify", G_CALLBACK (completed_cb), backend, G_CONNECT_SWAPPED);
  wd_worker_thread_push (WD_REST_BACKEND (backend)->lanes[lane], task, func);
}

static void
load_stats (WdBackend *backend, GTimeZone *zone, GTask *task)
{
  wd_rest_backend_push (backend, WD_REST_WATCH, task, wd_rest_call_new (), wd_rest_call_load_stats);
}

static void
list_jobs (WdBackend *backend, const WdJobFilter *filter, const WdPageRequest *page, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->job_filter = wd_job_filter_copy (filter);
  call->page = wd_page_request_copy (page);
  wd_rest_backend_push (backend, WD_REST_LISTS, task, call, wd_rest_call_list_jobs);
}

/* It may take long. */
static void
load_error_report (WdBackend *backend, const WdJobFilter *filter, guint n_jobs, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->job_filter = wd_job_filter_copy (filter);
  call->all = n_jobs > WD_ERROR_REPORT_JOBS;
  wd_rest_backend_push (backend, WD_REST_COUNTS, task, call, wd_rest_call_load_error_report);
}

static void
load_job (WdBackend *backend, const char *id, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (id);
  wd_rest_backend_push (backend, WD_REST_WATCH, task, call, wd_rest_call_load_job);
}

static void
find_jobs (WdBackend *backend, const char *const *ids, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->ids = g_strdupv ((char **) ids);
  wd_rest_backend_push (backend, WD_REST_LISTS, task, call, wd_rest_call_find_jobs);
}

static void
list_wallets (WdBackend *backend, const WdWalletFilter *filter, const WdPageRequest *page,
              GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->wallet_filter = wd_wallet_filter_copy (filter);
  call->page = wd_page_request_copy (page);
  wd_rest_backend_push (backend, WD_REST_LISTS, task, call, wd_rest_call_list_wallets);
}

static void
load_wallet (WdBackend *backend, const char *address, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (address);
  wd_rest_backend_push (backend, WD_REST_WATCH, task, call, wd_rest_call_load_wallet);
}

static void
list_networks (WdBackend *backend, GTask *task)
{
  wd_rest_backend_push (backend, WD_REST_WATCH, task, wd_rest_call_new (),
                        wd_rest_call_list_networks);
}

static void
load_outlook (WdBackend *backend, const char *const *addresses, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->ids = g_strdupv ((char **) addresses);
  wd_rest_backend_push (backend, WD_REST_LISTS, task, call, wd_rest_call_load_outlook);
}

static void
dispatch (WdBackend *backend, const WdDispatchRequest *request, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->dispatch = wd_dispatch_request_copy (request);
  wd_rest_backend_push (backend, WD_REST_WRITES, task, call, wd_rest_call_dispatch);
}

static void
retry (WdBackend *backend, const WdRetryRequest *request, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->retry = wd_retry_request_copy (request);
  wd_rest_backend_push (backend, WD_REST_WRITES, task, call, wd_rest_call_retry);
}

static void
set_flags (WdBackend *backend, const char *address, WdTristate needs_gas,
           WdTristate needs_consolidation, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (address);
  call->needs_gas = needs_gas;
  call->needs_consolidation = needs_consolidation;
  wd_rest_backend_push (backend, WD_REST_WRITES, task, call, wd_rest_call_set_flags);
}

static void
change_flag (WdBackend *backend, const WdFlagRequest *request, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->flags = wd_flag_request_copy (request);
  wd_rest_backend_push (backend, WD_REST_WRITES, task, call, wd_rest_call_change_flag);
}

static void
run_doctor (WdBackend *backend, gboolean recount, GTask *task)
{
  wd_rest_backend_push (backend, WD_REST_WATCH, task, wd_rest_call_new (), wd_rest_call_run_doctor);
}

static void
list_queues (WdBackend *backend, GTask *task)
{
  wd_rest_backend_push (backend, WD_REST_WATCH, task, wd_rest_call_new (),
                        wd_rest_call_list_queues);
}

static void
set_queue_paused (WdBackend *backend, const char *queue, gboolean paused, GTask *task)
{
  WdRestCall *call = wd_rest_call_new ();

  call->text = g_strdup (queue);
  call->paused = paused;
  wd_rest_backend_push (backend, WD_REST_WRITES, task, call, wd_rest_call_set_queue_paused);
}

static const char *
get_lack (WdBackend *backend, WdAbility ability)
{
  return wd_rest_server_get_lack (WD_REST_BACKEND (backend)->server, ability);
}

/* Who follows the bulk runs of @backend. */
WdRestFollowers *
wd_rest_backend_get_followers (WdBackend *backend)
{
  return WD_REST_BACKEND (backend)->followers;
}

/* Nothing is kept here: each call asks the dashboard. */
static void
look_anew (WdBackend *backend)
{
}

static void
set_listening (WdBackend *backend, gboolean listening)
{
  WdRestBackend *self = WD_REST_BACKEND (backend);

  if (listening)
    wd_ears_start (self->ears);
  else
    wd_ears_stop (self->ears);
}

static WdLive *
get_live (WdBackend *backend)
{
  return wd_ears_get_live (WD_REST_BACKEND (backend)->ears);
}

static void
changed_cb (WdRestBackend *self, guint changes)
{
  g_signal_emit_by_name (self, "changed", changes);
}

static void
live_changed_cb (WdRestBackend *self)
{
  g_signal_emit_by_name (self, "live-changed");
}

static void
wd_rest_backend_dispose (GObject *object)
{
  WdRestBackend *self = WD_REST_BACKEND (object);

  for (guint i = 0; i < WD_REST_N_LANES; i++)
    if (self->lanes[i] != NULL)
      {
        wd_worker_thread_shut_down (self->lanes[i]);
        g_clear_object (&self->lanes[i]);
      }
  if (self->ears != NULL)
    wd_ears_stop (self->ears);
  g_clear_object (&self->ears);
  G_OBJECT_CLASS (wd_rest_backend_parent_class)->dispose (object);
}

static void
wd_rest_backend_finalize (GObject *object)
{
  wd_rest_followers_free (WD_REST_BACKEND (object)->followers);
  wd_rest_server_unref (WD_REST_BACKEND (object)->server);
  G_OBJECT_CLASS (wd_rest_backend_parent_class)->finalize (object);
}

static void
wd_rest_backend_class_init (WdRestBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_rest_backend_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_rest_backend_finalize;
}

static void
wd_rest_backend_iface_init (WdBackendInterface *iface)
{
  iface->load_stats = load_stats;
  iface->list_jobs = list_jobs;
  iface->load_error_report = load_error_report;
  iface->load_job = load_job;
  iface->find_jobs = find_jobs;
  iface->list_wallets = list_wallets;
  iface->load_wallet = load_wallet;
  iface->list_networks = list_networks;
  iface->load_outlook = load_outlook;
  iface->dispatch = dispatch;
  iface->retry = retry;
  iface->set_flags = set_flags;
  iface->change_flag = change_flag;
  iface->list_queues = list_queues;
  iface->set_queue_paused = set_queue_paused;
  iface->run_doctor = run_doctor;
  iface->get_lack = get_lack;
  iface->set_listening = set_listening;
  iface->look_anew = look_anew;
  iface->get_live = get_live;
  wd_rest_backend_add_bulk (iface);
  wd_rest_backend_add_refusals (iface);
}

static void
wd_rest_backend_init (WdRestBackend *self)
{
}

/**
 * wd_rest_backend_new:
 * @profile: (transfer none): with the address of a remote dashboard
 *
 * Returns: (transfer full): a backend that connects with its first call
 */
WdBackend *
wd_rest_backend_new (WdProfile *profile)
{
  static const char *const names[] = { "wd-rest-lists", "wd-rest-watch", "wd-rest-writes",
                                       "wd-rest-counts" };
  WdRestBackend *self;

  g_return_val_if_fail (profile != NULL && profile->api_url != NULL, NULL);

  self = g_object_new (WD_TYPE_REST_BACKEND, NULL);
  self->server = wd_rest_server_new ();
  self->followers = wd_rest_followers_new ();
  for (guint i = 0; i < WD_REST_N_LANES; i++)
    {
      self->lanes[i] = wd_worker_thread_new (names[i], wd_rest_client_new (profile, self->server),
                                             (GDestroyNotify) wd_rest_client_free);
      wd_worker_thread_set_idle (self->lanes[i], IDLE_MS,
                                 (GDestroyNotify) wd_rest_client_disconnect);
    }
  self->ears = wd_rest_ears_new (profile, self->server);
  g_signal_connect_object (self->ears, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ears, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return WD_BACKEND (self);
}

/**
 * wd_rest_backend_close:
 * @self: a backend that nobody will ask any more
 * @milliseconds: to wait at most for each lane
 *
 * For a program about to exit. Blocks.
 */
void
wd_rest_backend_close (WdRestBackend *self, guint milliseconds)
{
  g_return_if_fail (WD_IS_REST_BACKEND (self));

  wd_ears_stop (self->ears);
  for (guint i = 0; i < WD_REST_N_LANES; i++)
    wd_worker_thread_shut_down (self->lanes[i]);
  wd_ears_wait (self->ears, milliseconds);
  for (guint i = 0; i < WD_REST_N_LANES; i++)
    wd_worker_thread_wait (self->lanes[i], milliseconds);
}
