/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom the desktop's search asks: the servers of the window in front. Where the desktop started the
 * program for its search alone there is no window, and the connection used last is opened for
 * reading only: with nobody there nothing is watched, told or sent. */

#include "app/wd-search-source.h"

#include "app/wd-application-private.h"
#include "app/wd-opening.h"
#include "base/wd-error.h"
#include "session/wd-profile-backend.h"
#include "session/wd-profile-environment.h"

#define FAILED_US (10 * G_TIME_SPAN_SECOND)

struct _WdSearchSource {
  GObject parent_instance;

  WdApplication *application;   /* not owned: it owns us */
  WdProfileStore *store;        /* (owned) */
  GCancellable *opening;        /* (owned) (nullable): of a connection of our own */
  WdConnections *awaited;       /* (owned) (nullable): a window's, that open theirs */
  WdBackend *backend;           /* (owned) (nullable) */
  char *connection;             /* (owned) (nullable): the name of that whose @backend it is */
  gboolean is_own;              /* no window's */
  gint64 failed_at;             /* µs, monotonic: when @connection could not be opened, or 0 */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdSearchSource, wd_search_source, G_TYPE_OBJECT)

static void
stop_waiting (WdSearchSource *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_data (self->awaited, self);
  g_clear_object (&self->awaited);
}

static void
take (WdSearchSource *self, WdBackend *backend, const char *connection, gboolean is_own)
{
  char *copy = g_strdup (connection);

  stop_waiting (self);
  g_set_object (&self->backend, backend);
  g_free (self->connection);
  self->connection = copy;
  self->is_own = is_own;
  self->failed_at = 0;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdSearchSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_opening_find_finish (result, &error);
  g_autoptr (WdBackend) backend = NULL;

  if (wd_error_is_cancelled (error))
    return;
  if (profile != NULL)
    backend = wd_profile_make_backend (profile);
  take (self, backend, self->connection, TRUE);
  self->failed_at = backend == NULL ? g_get_monotonic_time () : 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What has just failed is not tried for each letter that is typed. */
static gboolean
has_failed (WdSearchSource *self)
{
  return self->failed_at != 0 && g_get_monotonic_time () - self->failed_at < FAILED_US;
}

/* As for the first window. */
static gboolean
open_own (WdSearchSource *self)
{
  g_autoptr (WdProfile) profile = wd_profile_from_environment (NULL);
  g_autofree char *name = profile == NULL && self->application->settings != NULL
                            ? g_settings_get_string (self->application->settings, "profile")
                            : g_strdup ("");

  if (self->is_own && g_strcmp0 (name, self->connection) == 0
      && (self->backend != NULL || self->opening != NULL || has_failed (self)))
    return self->opening == NULL;
  if (profile != NULL)
    {
      g_autoptr (WdBackend) backend = wd_profile_make_backend (profile);

      take (self, backend, name, TRUE);
      return TRUE;
    }
  take (self, NULL, name, TRUE);
  if (*name == '\0')
    return TRUE;
  self->opening = g_cancellable_new ();
  wd_opening_find_async (self->store, name, self->opening, found_cb, g_object_ref (self));
  return FALSE;
}

static void
awaited_cb (WdSearchSource *self)
{
  if (wd_search_source_open (self))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
await (WdSearchSource *self, WdConnections *connections)
{
  if (self->awaited == connections)
    return;
  take (self, NULL, NULL, FALSE);
  self->awaited = g_object_ref (connections);
  g_signal_connect_object (connections, "opened", G_CALLBACK (awaited_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (connections, "failed", G_CALLBACK (awaited_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
wd_search_source_dispose (GObject *object)
{
  WdSearchSource *self = WD_SEARCH_SOURCE (object);

  stop_waiting (self);
  g_clear_object (&self->backend);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (wd_search_source_parent_class)->dispose (object);
}

static void
wd_search_source_finalize (GObject *object)
{
  g_free (WD_SEARCH_SOURCE (object)->connection);
  G_OBJECT_CLASS (wd_search_source_parent_class)->finalize (object);
}

static void
wd_search_source_class_init (WdSearchSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_search_source_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_search_source_finalize;

  /**
   * WdSearchSource::changed:
   *
   * What was being opened is open, or cannot be opened.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", WD_TYPE_SEARCH_SOURCE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wd_search_source_init (WdSearchSource *self)
{
  self->store = wd_profile_store_new (NULL);
}

/**
 * wd_search_source_new:
 * @application: whose windows, or else whose last connection; must outlive it
 *
 * Returns: (transfer full): a source that has opened nothing
 */
WdSearchSource *
wd_search_source_new (WdApplication *application)
{
  WdSearchSource *self = g_object_new (WD_TYPE_SEARCH_SOURCE, NULL);

  self->application = application;
  return self;
}

/**
 * wd_search_source_open:
 * @self: a source
 *
 * Finds out whom to ask now. What is invented is nobody's find: sample data are not searched.
 *
 * Returns: whether that is known; else "changed" will say so
 */
gboolean
wd_search_source_open (WdSearchSource *self)
{
  WdConnections *connections;
  WdWorkspace *workspace;
  WdProfile *profile;

  g_return_val_if_fail (WD_IS_SEARCH_SOURCE (self), TRUE);

  if (self->application->seats->len == 0)
    return open_own (self);
  connections = wd_seat_get_connections (wd_application_get_seat (self->application));
  workspace = wd_connections_get_workspace (connections);
  if (workspace == NULL && wd_connections_is_opening (connections))
    {
      await (self, connections);
      return FALSE;
    }
  profile = workspace != NULL ? wd_workspace_get_profile (workspace) : NULL;
  if (profile == NULL || profile->sample != NULL)
    take (self, NULL, NULL, FALSE);
  else
    take (self, wd_workspace_get_backend (workspace), profile->passing ? "" : profile->name, FALSE);
  return TRUE;
}

/**
 * wd_search_source_get_backend:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): whom to ask
 */
WdBackend *
wd_search_source_get_backend (WdSearchSource *self)
{
  g_return_val_if_fail (WD_IS_SEARCH_SOURCE (self), NULL);

  return self->backend;
}

/**
 * wd_search_source_get_connection:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the name of the connection that this is; the empty one is
 *   the environment's
 */
const char *
wd_search_source_get_connection (WdSearchSource *self)
{
  g_return_val_if_fail (WD_IS_SEARCH_SOURCE (self), NULL);

  return self->connection;
}
