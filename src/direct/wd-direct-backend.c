/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backend for those who have the database's and Redis' addresses.
 *
 * Lanes, so that one kind of waiting never becomes another's: lists (reads an admin waits for),
 * watch (what refreshes by itself and asks Redis, which may hang), writes, exports and runs of bulk
 * work, which may take minutes, passes over whole lists, the look for what is wrong among them, and
 * checks of rows against queues. Each has a connection to each store of its own, made on first use
 * and given back after a while; those of the last four soon. */

#include "direct/wd-direct-backend.h"

#include "direct/wd-direct-backend-private.h"
#include "direct/wd-direct-history.h"

/* Long enough for a window that refreshes, short enough for a pool that others wait for. */
#define IDLE_MS (5 * 60 * 1000)

/* Work that is seldom followed by more of its kind. */
#define PASSES_IDLE_MS  5000
#define EXPORTS_IDLE_MS 2000

static void wd_direct_backend_iface_init (WdBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdDirectBackend, wd_direct_backend, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WD_TYPE_BACKEND,
                                                      wd_direct_backend_iface_init))

static WdWorkerThread *
make_lane (WdDirectBackend *self, const char *name, WdProfile *profile, guint idle_ms)
{
  WdLane *resource = wd_lane_new (profile);
  WdWorkerThread *lane = wd_worker_thread_new (name, resource, (GDestroyNotify) wd_lane_free);

  wd_lane_set_queue_news (resource, self->news);
  wd_worker_thread_set_idle (lane, idle_ms, (GDestroyNotify) wd_lane_disconnect);
  return lane;
}

static void
load_stats (WdBackend *backend, GTimeZone *zone, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->zone = g_time_zone_ref (zone);
  push (WD_DIRECT_BACKEND (backend)->watch, task, call, wd_direct_call_load_stats);
}

/* Which lane reads a page of a list: a search that goes on does so beside what others wait for. */
static WdWorkerThread *
choose_lane (WdBackend *backend, const WdPageRequest *page)
{
  WdDirectBackend *self = WD_DIRECT_BACKEND (backend);

  return page->stride > 0 || (page->piecemeal && page->cursor != NULL) ? self->passes
                                                                       : self->lists;
}

static void
list_jobs (WdBackend *backend, const WdJobFilter *filter, const WdPageRequest *page, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->job_filter = wd_job_filter_copy (filter);
  call->page = wd_page_request_copy (page);
  push (choose_lane (backend, page), task, call, wd_direct_call_list_jobs);
}

static void
load_job (WdBackend *backend, const char *id, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (id);
  push (WD_DIRECT_BACKEND (backend)->watch, task, call, wd_direct_call_load_job);
}

static void
find_jobs (WdBackend *backend, const char *const *ids, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->ids = g_strdupv ((char **) ids);
  push (WD_DIRECT_BACKEND (backend)->lists, task, call, wd_direct_call_find_jobs);
}

/* May take a while: no list that an admin waits for is behind it. */
static void
load_error_report (WdBackend *backend, const WdJobFilter *filter, guint n_jobs, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->job_filter = wd_job_filter_copy (filter);
  call->number = n_jobs;
  push (WD_DIRECT_BACKEND (backend)->passes, task, call, wd_direct_call_load_error_report);
}

static void
list_wallets (WdBackend *backend, const WdWalletFilter *filter, const WdPageRequest *page,
              GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->wallet_filter = wd_wallet_filter_copy (filter);
  call->page = wd_page_request_copy (page);
  push (choose_lane (backend, page), task, call, wd_direct_call_list_wallets);
}

static void
load_wallet (WdBackend *backend, const char *address, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (address);
  push (WD_DIRECT_BACKEND (backend)->lists, task, call, wd_direct_call_load_wallet);
}

static void
list_networks (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->lists, task, wd_direct_call_new (),
        wd_direct_call_list_networks);
}

static void
load_outlook (WdBackend *backend, const char *const *addresses, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->ids = g_strdupv ((char **) addresses);
  push (WD_DIRECT_BACKEND (backend)->lists, task, call, wd_direct_call_load_outlook);
}

static void
dispatch (WdBackend *backend, const WdDispatchRequest *request, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->dispatch = wd_dispatch_request_copy (request);
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_dispatch);
}

static void
retry (WdBackend *backend, const WdRetryRequest *request, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->retry = wd_retry_request_copy (request);
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_retry);
}

static void
set_flags (WdBackend *backend, const char *address, WdTristate needs_gas,
           WdTristate needs_consolidation, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (address);
  call->needs_gas = needs_gas;
  call->needs_consolidation = needs_consolidation;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_set_flags);
}

static void
change_flag (WdBackend *backend, const WdFlagRequest *request, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->flags = wd_flag_request_copy (request);
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_change_flag);
}

static void
list_queues (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->watch, task, wd_direct_call_new (),
        wd_direct_call_list_queues);
}

static void
load_health (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->passes, task, wd_direct_call_new (),
        wd_direct_call_load_health);
}

static void
set_queue_paused (WdBackend *backend, const char *queue, gboolean paused, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->text = g_strdup (queue);
  call->flag = paused;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_set_queue_paused);
}

static void
list_outbox (WdBackend *backend, GTask *task)
{
  push (WD_DIRECT_BACKEND (backend)->watch, task, wd_direct_call_new (),
        wd_direct_call_list_outbox);
}

static void
send_outbox (WdBackend *backend, const char *const *ids, guint min_age_ms, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->ids = g_strdupv ((char **) ids);
  call->number = min_age_ms;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_send_outbox);
}

static void
discard_outbox (WdBackend *backend, const char *const *ids, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->ids = g_strdupv ((char **) ids);
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_discard_outbox);
}

static void
list_audit (WdBackend *backend, const WdAuditFilter *filter, const WdPageRequest *page, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->audit_filter = wd_audit_filter_copy (filter);
  call->page = wd_page_request_copy (page);
  push (choose_lane (backend, page), task, call, wd_direct_call_list_audit);
}

static void
migrate (WdBackend *backend, gboolean dry_run, const char *const *names, WdMigrateProgress progress,
         gpointer progress_data, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->flag = dry_run;
  call->ids = g_strdupv ((char **) names);
  call->progress = progress;
  call->progress_data = progress_data;
  push (WD_DIRECT_BACKEND (backend)->writes, task, call, wd_direct_call_migrate);
}

static void
run_doctor (WdBackend *backend, gboolean recount, GTask *task)
{
  WdDirectCall *call = wd_direct_call_new ();

  call->flag = recount;
  push (WD_DIRECT_BACKEND (backend)->watch, task, call, wd_direct_call_run_doctor);
}

static void
set_listening (WdBackend *backend, gboolean listening)
{
  WdDirectBackend *self = WD_DIRECT_BACKEND (backend);

  if (listening)
    wd_ears_start (self->ears);
  else
    wd_ears_stop (self->ears);
}

static WdLive *
get_live (WdBackend *backend)
{
  return wd_ears_get_live (WD_DIRECT_BACKEND (backend)->ears);
}

static void
changed_cb (WdDirectBackend *self, guint changes)
{
  g_signal_emit_by_name (self, "changed", changes);
}

static void
live_changed_cb (WdDirectBackend *self)
{
  g_signal_emit_by_name (self, "live-changed");
}

static void
wd_direct_backend_dispose (GObject *object)
{
  WdDirectBackend *self = WD_DIRECT_BACKEND (object);
  WdWorkerThread **lanes[] = {
    &self->lists, &self->watch, &self->writes, &self->exports, &self->passes, &self->runs,
    &self->checks,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    if (*lanes[i] != NULL)
      {
        wd_worker_thread_shut_down (*lanes[i]);
        g_clear_object (lanes[i]);
      }
  if (self->ears != NULL)
    wd_ears_stop (self->ears);
  g_clear_object (&self->ears);
  g_clear_pointer (&self->news, wd_queue_news_unref);

  G_OBJECT_CLASS (wd_direct_backend_parent_class)->dispose (object);
}

static void
wd_direct_backend_class_init (WdDirectBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_direct_backend_dispose;
}

static void
wd_direct_backend_iface_init (WdBackendInterface *iface)
{
  iface->load_stats = load_stats;
  iface->list_jobs = list_jobs;
  iface->load_job = load_job;
  iface->find_jobs = find_jobs;
  iface->load_error_report = load_error_report;
  iface->load_history = wd_direct_load_history;
  iface->list_wallets = list_wallets;
  iface->load_wallet = load_wallet;
  iface->list_networks = list_networks;
  iface->load_outlook = load_outlook;
  iface->dispatch = dispatch;
  iface->retry = retry;
  iface->set_flags = set_flags;
  iface->change_flag = change_flag;
  iface->list_queues = list_queues;
  iface->load_health = load_health;
  iface->set_queue_paused = set_queue_paused;
  iface->list_outbox = list_outbox;
  iface->send_outbox = send_outbox;
  iface->discard_outbox = discard_outbox;
  iface->list_audit = list_audit;
  wd_direct_backend_add_long_work (iface);
  wd_direct_backend_add_queues (iface);
  iface->migrate = migrate;
  iface->run_doctor = run_doctor;
  iface->set_listening = set_listening;
  iface->get_live = get_live;
}

static void
wd_direct_backend_init (WdDirectBackend *self)
{
}

/**
 * wd_direct_backend_new:
 * @profile: (transfer none): where to connect
 *
 * Returns: (transfer full): a backend that connects with its first call
 */
WdBackend *
wd_direct_backend_new (WdProfile *profile)
{
  WdDirectBackend *self;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (WD_TYPE_DIRECT_BACKEND, NULL);
  self->news = wd_queue_news_new ();
  self->lists = make_lane (self, "wd-lists", profile, IDLE_MS);
  self->watch = make_lane (self, "wd-watch", profile, IDLE_MS);
  self->writes = make_lane (self, "wd-writes", profile, IDLE_MS);
  self->exports = make_lane (self, "wd-exports", profile, EXPORTS_IDLE_MS);
  self->runs = make_lane (self, "wd-runs", profile, EXPORTS_IDLE_MS);
  self->passes = make_lane (self, "wd-passes", profile, PASSES_IDLE_MS);
  self->checks = make_lane (self, "wd-checks", profile, EXPORTS_IDLE_MS);
  self->ears = wd_direct_ears_new (profile, self->news);
  g_signal_connect_object (self->ears, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ears, "live-changed", G_CALLBACK (live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return WD_BACKEND (self);
}

/**
 * wd_direct_backend_close:
 * @self: a backend that nobody will ask any more
 * @milliseconds: to wait at most for each lane
 *
 * For a program about to exit: takes leave of the servers in good order. Blocks.
 */
void
wd_direct_backend_close (WdDirectBackend *self, guint milliseconds)
{
  WdWorkerThread *lanes[7];

  g_return_if_fail (WD_IS_DIRECT_BACKEND (self));

  lanes[0] = self->lists;
  lanes[1] = self->watch;
  lanes[2] = self->writes;
  lanes[3] = self->exports;
  lanes[4] = self->passes;
  lanes[5] = self->runs;
  lanes[6] = self->checks;
  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    wd_worker_thread_shut_down (lanes[i]);
  wd_ears_stop (self->ears);
  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    wd_worker_thread_wait (lanes[i], milliseconds);
  wd_ears_wait (self->ears, milliseconds);
}
