/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The service: HTTP in front of a few backends. Everything here is on the main thread and waits for
 * nothing; what waits is on the backends' lanes. */

#include "server/wd-server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "server/wd-server-address.h"
#include "server/wd-server-log.h"
#include "server/wd-server-private.h"
#include "server/wd-server-request.h"

/* What an address may do is more than what a token may: many may stand behind one. */
#define ADDRESS_FACTOR   4
#define BURST_FACTOR     2
/* Of all connections so many may be those of clients that are told of changes: half as many as one
 * address may have. */
#define FEED_PART        4
/* Wrong tokens from one address: a few in a row, then one every two seconds. */
#define FAILURE_RATE     0.5
#define FAILURE_BURST    20

/* What runs when it is told to stop has that long. */
#define STOP_US   (40 * G_USEC_PER_SEC)
#define STOP_MS   100
#define CLOSE_MS  2000

G_DEFINE_FINAL_TYPE (WdServer, wd_server, G_TYPE_OBJECT)

enum {
  STOPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
wd_server_dispose (GObject *object)
{
  WdServer *self = WD_SERVER (object);

  g_clear_handle_id (&self->stopper, g_source_remove);
  g_clear_object (&self->flags);
  g_clear_object (&self->pulse);
  g_clear_object (&self->events);
  g_clear_pointer (&self->recorder, wd_recorder_free);
  g_clear_object (&self->tokens);
  g_clear_object (&self->door);
  g_clear_object (&self->soup);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->runs, wd_server_runs_free);
  g_clear_pointer (&self->dispatcher, wd_server_dispatcher_free);
  g_clear_pointer (&self->metrics, wd_server_metrics_free);
  g_clear_pointer (&self->pool, wd_server_pool_free);
  g_clear_pointer (&self->of_tokens, wd_server_limits_free);
  g_clear_pointer (&self->of_addresses, wd_server_limits_free);
  g_clear_pointer (&self->of_failures, wd_server_limits_free);
  g_clear_pointer (&self->profile, wd_profile_unref);

  G_OBJECT_CLASS (wd_server_parent_class)->dispose (object);
}

static void
wd_server_finalize (GObject *object)
{
  WdServer *self = WD_SERVER (object);

  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->keys);
  wd_server_turns_free (self->turns);
  wd_server_backlog_free (self->backlog);

  G_OBJECT_CLASS (wd_server_parent_class)->finalize (object);
}

static void
wd_server_class_init (WdServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_server_finalize;

  /**
   * WdServer::stopped:
   * @self: a server
   *
   * Nobody is being answered any more.
   */
  signals[STOPPED] = g_signal_new ("stopped", WD_TYPE_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
wd_server_init (WdServer *self)
{
  self->requests = g_hash_table_new_full (NULL, NULL, NULL,
                                          (GDestroyNotify) wd_server_request_unref);
  self->turns = wd_server_turns_new ();
  self->backlog = wd_server_backlog_new ();
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
make_limits (WdServer *self)
{
  double rate = self->options->rate;

  self->of_tokens = wd_server_limits_new (rate, rate * BURST_FACTOR);
  self->of_addresses = wd_server_limits_new (rate * ADDRESS_FACTOR,
                                             rate * ADDRESS_FACTOR * BURST_FACTOR);
  self->of_failures = wd_server_limits_new (FAILURE_RATE, FAILURE_BURST);
}

/**
 * wd_server_new:
 * @profile: where the stores are
 * @options: (transfer none): how to serve; outlive the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
WdServer *
wd_server_new (WdProfile *profile, const WdServerOptions *options)
{
  WdServer *self = g_object_new (WD_TYPE_SERVER, NULL);

  self->profile = wd_profile_ref (profile);
  self->options = options;
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  self->pool = wd_server_pool_new (profile, (guint) options->lanes);
  self->dispatcher = wd_server_dispatcher_new (self->pool, (guint) options->lanes);
  self->keeper = wd_direct_backend_new (profile);
  self->tokens = wd_server_tokens_new (WD_DIRECT_BACKEND (self->keeper));
  self->runs = wd_server_runs_new (self->pool, self->tokens, (guint) options->lanes);
  self->door = wd_server_door_new (self->soup, (guint) options->max_connections,
                                   options->behind_proxy);
  self->metrics = wd_server_metrics_new ();
  self->events = wd_server_events_new (profile, self->tokens,
                                       (guint) MAX (options->max_connections / FEED_PART, 1));
  make_limits (self);
  wd_server_gate_open (self);
  return self;
}

static gboolean
load_certificate (WdServer *self, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  if (self->options->tls_cert == NULL)
    return TRUE;
  certificate = g_tls_certificate_new_from_files (self->options->tls_cert, self->options->tls_key,
                                                  error);
  if (certificate == NULL)
    {
      g_prefix_error (error, _("The certificate cannot be used: "));
      return FALSE;
    }
  wd_server_door_set_certificate (self->door, certificate);
  return TRUE;
}

static gboolean
listen_on (WdServer *self, const char *text, GError **error)
{
  g_autoptr (GSocketAddress) address = wd_server_address_parse (text, error);
  g_autofree char *plain = NULL;

  if (address == NULL)
    return FALSE;
  if (!wd_server_address_is_private (address) && self->options->tls_cert == NULL
      && !self->options->behind_proxy)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_REFUSED,
                   _("Tokens would travel to %s in plain text: give --tls-cert and --tls-key, or "
                     "say --behind-proxy"), text);
      return FALSE;
    }
  if (!wd_server_door_listen (self->door, address, error))
    return FALSE;
  plain = wd_server_address_to_text (address);
  wd_server_log_text ("info", "Listening on %s", plain);
  return TRUE;
}

/* In its thread. */
static void
recorder_cb (gboolean is_problem, const char *text, gpointer data)
{
  wd_server_log_text (is_problem ? "warning" : "info", "%s", text);
}

/**
 * wd_server_start:
 * @self: a new server
 * @error: what is in the way
 */
gboolean
wd_server_start (WdServer *self, GError **error)
{
  if (!load_certificate (self, error))
    return FALSE;
  if (self->options->record)
    {
      self->recorder = wd_recorder_new (self->profile,
                                        (const char *const *) self->options->record_queues,
                                        recorder_cb, NULL, error);
      if (self->recorder == NULL)
        return FALSE;
    }
  for (char **address = self->options->listen; *address != NULL; address++)
    if (!listen_on (self, *address, error))
      return FALSE;
  if (self->recorder != NULL)
    wd_recorder_start (self->recorder);
  self->pulse = wd_server_pulse_new (self->profile, self->keeper);
  if (self->options->dispatch_flags)
    self->flags = wd_server_flags_new (WD_DIRECT_BACKEND (self->keeper), self->options);
  return TRUE;
}

/**
 * wd_server_reload:
 * @self: a server
 *
 * Rereads the certificate and the tokens; a certificate that cannot be used leaves the one before.
 */
void
wd_server_reload (WdServer *self)
{
  g_autoptr (GError) error = NULL;

  wd_server_tokens_forget (self->tokens);
  if (load_certificate (self, &error))
    wd_server_log_text ("info", "Certificates and tokens are read anew");
  else
    wd_server_log_text ("error", "%s", error->message);
}

/* Whoever still runs or is being answered is waited for. */
static gboolean
stopping_cb (gpointer data)
{
  WdServer *self = data;
  gboolean busy = wd_server_turns_get_n (self->turns) > 0
                  || wd_server_door_get_n_clients (self->door) > 0
                  || wd_server_runs_get_n (self->runs) > 0;

  if (busy && g_get_monotonic_time () < self->stop_at)
    return G_SOURCE_CONTINUE;
  self->stopper = 0;
  g_signal_emit (self, signals[STOPPED], 0);
  return G_SOURCE_REMOVE;
}

/**
 * wd_server_stop:
 * @self: a server that was started
 *
 * Nobody new is heard; what runs is finished and answered, and bulk work pauses between two slices;
 * then #WdServer::stopped is emitted.
 */
void
wd_server_stop (WdServer *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  self->stop_at = g_get_monotonic_time () + STOP_US;
  wd_server_log_text ("info", "Stopping: %u requests are being worked on",
                      wd_server_turns_get_n (self->turns));
  wd_server_door_close (self->door);
  wd_server_pulse_stop (self->pulse);
  wd_server_runs_stop_all (self->runs);
  wd_server_events_stop (self->events);
  if (self->flags != NULL)
    wd_server_flags_stop (self->flags);
  if (self->recorder != NULL)
    wd_recorder_stop (self->recorder);
  self->stopper = g_timeout_add (STOP_MS, stopping_cb, self);
}

/**
 * wd_server_close:
 * @self: a server that has stopped, or never started
 *
 * Takes leave of the stores. Blocks, within bounds: only at the end of the program.
 */
void
wd_server_close (WdServer *self)
{
  soup_server_disconnect (self->soup);
  wd_server_events_close (self->events, CLOSE_MS);
  if (self->recorder != NULL)
    {
      wd_recorder_stop (self->recorder);
      wd_recorder_wait (self->recorder, CLOSE_MS);
    }
  wd_server_pool_close (self->pool, CLOSE_MS);
  wd_direct_backend_close (WD_DIRECT_BACKEND (self->keeper), CLOSE_MS);
}

/* Returns: (transfer full): where a request comes from, as the proxy says where there is one */
char *
wd_server_dup_peer (WdServer *self, SoupServerMessage *message)
{
  const char *forwarded = NULL;
  const char *last;

  if (self->options->behind_proxy)
    forwarded = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                               "X-Forwarded-For");
  if (forwarded == NULL)
    return wd_server_door_dup_peer (self->door, message);
  /* What stands before the last one anybody may have written. */
  last = strrchr (forwarded, ',');
  return g_strstrip (g_strndup (last != NULL ? last + 1 : forwarded, 64));
}

/* Whether pages of @origin may ask. */
gboolean
wd_server_allows_origin (WdServer *self, const char *origin)
{
  return origin != NULL && self->options->cors_origins != NULL
         && g_strv_contains ((const char *const *) self->options->cors_origins, origin);
}
