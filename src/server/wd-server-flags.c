/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Has jobs made for wallets with flags: soon after the database has told of a change, every half
 * minute in any case. Each round goes on where the one before ended, so however many wallets there
 * are, a round is short. What is in the way is told when it begins and when it ends, not each time
 * it is met. */

#include "server/wd-server-flags.h"

#include "base/wd-error.h"
#include "base/wd-fault.h"
#include "direct/wd-direct-flags.h"
#include "server/wd-server-log.h"

#define SWEEP_US (30 * G_USEC_PER_SEC)
#define SOON_US  G_USEC_PER_SEC
/* Between rounds for changes: a busy platform tells of some all the time. */
#define PAUSE_US (5 * G_USEC_PER_SEC)

/* Of a dry run: what was told is forgotten when it is more. */
#define TOLD_MOST 10000

struct _WdServerFlags {
  GObject parent_instance;

  WdDirectBackend *backend;      /* (owned) */
  WdFlagRoundRequest *request;   /* (owned): of the next round */
  GCancellable *round;           /* (owned) (nullable): while one is under way */
  GHashTable *told;              /* (owned) (element-type utf8): set of a dry run's jobs */
  char *hindrance[WD_N_FLAGS];   /* (owned) (nullable): as it was told */
  char *failure;                 /* (owned) (nullable): likewise */
  int problem;                   /* a code of #WD_ERROR that was told, or -1 */
  gboolean told_standing_by;
  gboolean told_unusable;
  gboolean changed;              /* during the round */
  gboolean stopped;
  guint timer;
  gint64 due_at;                 /* monotonic: when the timer ends */
  gint64 began_at;               /* monotonic: when the last round did */
};

G_DEFINE_FINAL_TYPE (WdServerFlags, wd_server_flags, G_TYPE_OBJECT)

static void begin_round (WdServerFlags *self);

static void
wd_server_flags_dispose (GObject *object)
{
  WdServerFlags *self = WD_SERVER_FLAGS (object);

  wd_server_flags_stop (self);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (wd_server_flags_parent_class)->dispose (object);
}

static void
wd_server_flags_finalize (GObject *object)
{
  WdServerFlags *self = WD_SERVER_FLAGS (object);

  wd_flag_round_request_free (self->request);
  g_hash_table_unref (self->told);
  for (guint flag = 0; flag < WD_N_FLAGS; flag++)
    g_free (self->hindrance[flag]);
  g_free (self->failure);

  G_OBJECT_CLASS (wd_server_flags_parent_class)->finalize (object);
}

static void
wd_server_flags_class_init (WdServerFlagsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_flags_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_server_flags_finalize;
}

static void
wd_server_flags_init (WdServerFlags *self)
{
  self->request = g_new0 (WdFlagRoundRequest, 1);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->problem = -1;
}

static char *
describe_since (WdTime since)
{
  g_autofree char *text = since != WD_TIME_NONE ? wd_time_to_rfc3339 (since) : NULL;

  return text != NULL ? g_strdup_printf ("set since %s", text)
                      : g_strdup ("set since an unknown time");
}

static void
tell_made (WdServerFlags *self, const WdFlagEvent *event)
{
  const char *type = wd_flag_job_type (event->flag);
  const char *column = wd_flag_column (event->flag);
  g_autofree char *since = describe_since (event->since);
  g_autofree char *line = NULL;

  if (event->job_id != NULL)
    {
      wd_server_log_text ("info", "Flags: %s job %s for wallet %s: %s is %s", type, event->job_id,
                          event->address, column, since);
      return;
    }
  line = g_strdup_printf ("Flags, dry run: would make a %s job for wallet %s: %s is %s", type,
                          event->address, column, since);
  if (g_hash_table_size (self->told) >= TOLD_MOST)
    g_hash_table_remove_all (self->told);
  if (!g_hash_table_contains (self->told, line))
    wd_server_log_text ("info", "%s", line);
  g_hash_table_add (self->told, g_steal_pointer (&line));
}

static void
tell_stopped (WdServerFlags *self, const WdFlagEvent *event)
{
  g_autofree char *since = describe_since (event->since);

  wd_server_log_text ("warning",
                      "Flags: %s of wallet %s is %s, and %u jobs were made for it today: no more "
                      "before tomorrow (UTC). See why its jobs do not clear the flag.",
                      wd_flag_column (event->flag), event->address, since,
                      self->request->policy.per_day);
}

/* Tells what has become of it, where that is another thing than it was. */
static void
tell_hindrance (WdServerFlags *self, WdFlag flag, const char *hindrance)
{
  if (g_strcmp0 (self->hindrance[flag], hindrance) == 0)
    return;
  if (hindrance != NULL)
    wd_server_log_text ("warning", "Flags: no %s jobs are made: %s", wd_flag_job_type (flag),
                        hindrance);
  else
    wd_server_log_text ("info", "Flags: %s jobs are made again", wd_flag_job_type (flag));
  g_free (self->hindrance[flag]);
  self->hindrance[flag] = g_strdup (hindrance);
}

static void
tell_once (gboolean *told, const char *level, const char *text)
{
  if (!*told)
    wd_server_log_text (level, "%s", text);
  *told = TRUE;
}

static void
tell_round (WdServerFlags *self, const WdFlagRound *round)
{
  g_autofree char *unusable = NULL;

  if (self->problem != -1)
    wd_server_log_text ("info", "Flags: looked after again");
  self->problem = -1;
  for (guint i = 0; i < round->made->len; i++)
    tell_made (self, round->made->pdata[i]);
  for (guint i = 0; i < round->stopped->len; i++)
    tell_stopped (self, round->stopped->pdata[i]);
  for (WdFlag flag = WD_FLAG_NEEDS_GAS; flag < WD_N_FLAGS; flag++)
    tell_hindrance (self, flag, round->hindrance[flag]);
  if (round->n_undelivered > 0)
    wd_server_log_text ("warning", "Flags: %u of these jobs are not known to be queued yet: they "
                                   "stand in the outbox", round->n_undelivered);
  if (round->standing_by)
    tell_once (&self->told_standing_by, "info",
               "Flags: another service is at it; this one stands by");
  else if (round->made->len > 0)
    self->told_standing_by = FALSE;
  if (round->failure != NULL && g_strcmp0 (round->failure, self->failure) != 0)
    {
      wd_server_log_text ("warning", "Flags: no job for wallet %s", round->failure);
      g_free (self->failure);
      self->failure = g_strdup (round->failure);
    }
  if (round->unusable == NULL)
    return;
  unusable = g_strdup_printf ("Flags: a wallet whose address no job can have is left out: %s",
                              round->unusable);
  tell_once (&self->told_unusable, "warning", unusable);
}

static void
tell_problem (WdServerFlags *self, const GError *error)
{
  if (self->problem != error->code)
    wd_server_log_text ("warning", "Flags: standing by: %s", error->message);
  self->problem = error->code;
}

static gboolean
timer_cb (gpointer data)
{
  WdServerFlags *self = data;

  self->timer = 0;
  begin_round (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (WdServerFlags *self, gint64 microseconds)
{
  gint64 due_at = g_get_monotonic_time () + microseconds;

  if (self->stopped || (self->timer != 0 && self->due_at <= due_at))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->due_at = due_at;
  self->timer = g_timeout_add ((guint) (microseconds / 1000), timer_cb, self);
}

/* The next round is for a change. */
static void
schedule_change (WdServerFlags *self)
{
  gint64 passed = g_get_monotonic_time () - self->began_at;

  schedule (self, MAX (SOON_US, wd_fault_span ("flags:pause", PAUSE_US) - passed));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerFlags) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdFlagRound) round
      = wd_direct_serve_flags_finish (WD_DIRECT_BACKEND (source), result, &error);

  g_clear_object (&self->round);
  if (wd_error_is_cancelled (error))
    return;
  if (round != NULL)
    {
      tell_round (self, round);
      for (guint flag = 0; flag < WD_N_FLAGS; flag++)
        {
          g_free (self->request->after[flag]);
          self->request->after[flag] = g_strdup (round->after[flag]);
        }
    }
  else
    tell_problem (self, error);
  schedule (self, round != NULL && round->has_more ? SOON_US
                                                   : wd_fault_span ("flags:sweep", SWEEP_US));
  if (round != NULL && self->changed)
    schedule_change (self);
  wd_fault_point ("flags:looked");
}

static void
begin_round (WdServerFlags *self)
{
  self->changed = FALSE;
  self->began_at = g_get_monotonic_time ();
  self->round = g_cancellable_new ();
  wd_direct_serve_flags_async (self->backend, self->request, self->round, looked_cb,
                               g_object_ref (self));
}

static void
changed_cb (WdServerFlags *self, WdChange changes)
{
  if ((changes & WD_CHANGE_ROWS) == 0)
    return;
  self->changed = TRUE;
  if (self->round == NULL)
    schedule_change (self);
}

/**
 * wd_server_flags_new:
 * @backend: the service's own
 * @options: how many jobs there may be
 *
 * Returns: (transfer full): one that has begun
 */
WdServerFlags *
wd_server_flags_new (WdDirectBackend *backend, const WdServerOptions *options)
{
  WdServerFlags *self = g_object_new (WD_TYPE_SERVER_FLAGS, NULL);

  self->backend = g_object_ref (backend);
  self->request->dry_run = options->flags_dry_run;
  self->request->policy = (WdFlagPolicy) {
    .cool_down = (gint64) options->flags_cool_down * G_USEC_PER_SEC,
    .per_day = (guint) options->flags_per_day,
    .per_minute = (guint) options->flags_per_minute,
  };
  wd_server_log_text ("info", self->request->dry_run
                                ? "Flags: a dry run: which jobs would be made is told, none is made"
                                : "Flags: jobs are made for wallets that need gas or "
                                  "consolidation");
  g_signal_connect_object (backend, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  wd_backend_set_listening (WD_BACKEND (backend), TRUE);
  begin_round (self);
  return self;
}

/**
 * wd_server_flags_stop:
 * @self: one that was begun
 *
 * Begins nothing more; a job that is being made is made.
 */
void
wd_server_flags_stop (WdServerFlags *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->round != NULL)
    g_cancellable_cancel (self->round);
  wd_backend_set_listening (WD_BACKEND (self->backend), FALSE);
}
