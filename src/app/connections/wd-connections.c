/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The connections of a running program: which one is open, and what was open before.
 *
 * A connection is named by its saved name. The one of the environment is not saved; it passes, and
 * its name is the empty one. What a connection was opened with stays as a workspace for as long as
 * the program runs, at rest while another is shown, so that going back finds everything as it was
 * left. Opening asks the file and the keyring, never the servers: those are asked by the workspace.
 */

#include "app/connections/wd-connections.h"

#include "app/connections/wd-sample-control.h"
#include "app/wd-opening.h"
#include "base/wd-error.h"

struct _WdConnections {
  GObject parent_instance;

  GSettings *settings;       /* (owned) (nullable) */
  WdProfileStore *store;     /* (owned) */
  WdOpened *opened;          /* (owned) */
  WdProfile *passing;        /* (owned) (nullable): the environment's, or of sample data */
  WdSampleControl *sample;   /* (owned) */
  WdWorkspace *current;      /* (owned) (nullable) */
  char *wanted;              /* (owned) (nullable): the name of what was asked for last */
  gboolean remember;
  GCancellable *opening;     /* (owned) (nullable) */
  GError *error;             /* (owned) (nullable): why what was asked for last is not open */
};

enum {
  SIGNAL_OPENED,
  SIGNAL_FAILED,
  SIGNAL_DROPPED,
  SIGNAL_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WdConnections, wd_connections, G_TYPE_OBJECT)

static void
stop_opening (WdConnections *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
}

static void
want (WdConnections *self, const char *name)
{
  char *copy = g_strdup (name);

  stop_opening (self);
  g_clear_error (&self->error);
  g_free (self->wanted);
  self->wanted = copy;
}

/* Of what is shown, or was shown last. */
static void
keep_watching (WdConnections *self, gboolean keep)
{
  if (self->current != NULL)
    wd_workspace_set_keeps_watching (self->current, keep);
}

static void
show (WdConnections *self, WdWorkspace *workspace)
{
  keep_watching (self, FALSE);
  g_set_object (&self->current, workspace);
  keep_watching (self, wd_preferences_get_keep_watching (wd_preferences_get ()));
  if (self->remember && self->settings != NULL)
    g_settings_set_string (self->settings, "profile", self->wanted);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, workspace);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdConnections) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdProfile) profile = wd_opening_find_finish (result, &error);

  if (wd_error_is_cancelled (error))
    return;
  g_clear_object (&self->opening);
  if (profile != NULL)
    show (self, wd_opened_add (self->opened, self->wanted, profile));
  else
    wd_connections_fail (self, error);
}

static void
wd_connections_dispose (GObject *object)
{
  WdConnections *self = WD_CONNECTIONS (object);

  stop_opening (self);
  keep_watching (self, FALSE);
  g_clear_object (&self->current);
  wd_opened_clear (self->opened);
  /* What asks its servers is gone by now. */
  g_object_run_dispose (G_OBJECT (self->sample));
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (wd_connections_parent_class)->dispose (object);
}

static void
wd_connections_finalize (GObject *object)
{
  WdConnections *self = WD_CONNECTIONS (object);

  g_object_unref (self->sample);
  g_object_unref (self->opened);
  g_clear_pointer (&self->passing, wd_profile_unref);
  g_clear_error (&self->error);
  g_free (self->wanted);
  G_OBJECT_CLASS (wd_connections_parent_class)->finalize (object);
}

static void
wd_connections_class_init (WdConnectionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_connections_dispose;
  object_class->finalize = wd_connections_finalize;

  /* A workspace is the one to show; it may have been shown before. */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", WD_TYPE_CONNECTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, WD_TYPE_WORKSPACE);
  /* See wd_connections_get_error(); what was open before still is. */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", WD_TYPE_CONNECTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /* A workspace is not to be used any more. */
  signals[SIGNAL_DROPPED] =
    g_signal_new ("dropped", WD_TYPE_CONNECTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, WD_TYPE_WORKSPACE);
  /* One is to be opened by its name. Returns: whether it is shown elsewhere instead. */
  signals[SIGNAL_WANTED] =
    g_signal_new ("wanted", WD_TYPE_CONNECTIONS, G_SIGNAL_RUN_LAST, 0,
                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 1,
                  G_TYPE_STRING);
}

static void
wd_connections_init (WdConnections *self)
{
  self->opened = wd_opened_new ();
  self->store = wd_profile_store_new (NULL);
  self->sample = wd_sample_control_new (self);
}

/**
 * wd_connections_new:
 * @settings: (nullable): where the last connection is remembered
 *
 * Returns: (transfer full): connections of which none is open
 */
WdConnections *
wd_connections_new (GSettings *settings)
{
  WdConnections *self = g_object_new (WD_TYPE_CONNECTIONS, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  return self;
}

/**
 * wd_connections_open:
 * @self: connections
 * @name: of a saved one; the empty one is the environment's
 * @remember: open it again at the next start
 *
 * Ends in "opened", at once when it was open before, or in "failed"; in neither where "wanted" says
 * that it is shown elsewhere.
 */
void
wd_connections_open (WdConnections *self, const char *name, gboolean remember)
{
  WdWorkspace *workspace;
  gboolean elsewhere = FALSE;

  g_return_if_fail (WD_IS_CONNECTIONS (self));
  g_return_if_fail (name != NULL);

  g_signal_emit (self, signals[SIGNAL_WANTED], 0, name, &elsewhere);
  if (elsewhere)
    return;
  want (self, name);
  self->remember = remember && *name != '\0';
  workspace = wd_opened_find (self->opened, self->wanted);
  if (workspace != NULL)
    {
      show (self, workspace);
      return;
    }
  self->opening = g_cancellable_new ();
  wd_opening_find_async (self->store, self->wanted, self->opening, opened_cb, g_object_ref (self));
}

/**
 * wd_connections_open_profile:
 * @self: connections
 * @profile: one that is not saved
 *
 * Emits "opened" before it returns.
 */
void
wd_connections_open_profile (WdConnections *self, WdProfile *profile)
{
  g_return_if_fail (WD_IS_CONNECTIONS (self));

  want (self, "");
  self->remember = FALSE;
  g_clear_pointer (&self->passing, wd_profile_unref);
  self->passing = wd_profile_ref (profile);
  show (self, wd_opened_add (self->opened, self->wanted, profile));
}

/* Forgets what was opened with @name. Returns whether that is what was shown, or is sought. */
static gboolean
drop (WdConnections *self, const char *name)
{
  g_autoptr (WdWorkspace) workspace = wd_opened_take (self->opened, name);
  gboolean was_current = (workspace != NULL && workspace == self->current)
                         || (self->current == NULL && g_strcmp0 (self->wanted, name) == 0);

  if (workspace == NULL)
    return was_current;
  if (was_current)
    g_clear_object (&self->current);
  g_signal_emit (self, signals[SIGNAL_DROPPED], 0, workspace);
  return was_current;
}

/**
 * wd_connections_close_sample:
 * @self: connections
 *
 * Forgets the sample data, if there are any. When those were shown, nothing is open then.
 */
void
wd_connections_close_sample (WdConnections *self)
{
  g_return_if_fail (WD_IS_CONNECTIONS (self));

  if (self->passing == NULL || self->passing->sample == NULL)
    return;
  g_clear_pointer (&self->passing, wd_profile_unref);
  if (!drop (self, ""))
    return;
  want (self, NULL);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

/**
 * wd_connections_replace:
 * @self: connections
 * @name: (nullable): of a saved one that was changed or deleted; %NULL when there was none
 * @new_name: (nullable): what it is called now; %NULL when it was deleted
 *
 * Forgets what was opened with the old one. When that was shown, or there was none, the new one is
 * opened.
 */
void
wd_connections_replace (WdConnections *self, const char *name, const char *new_name)
{
  g_return_if_fail (WD_IS_CONNECTIONS (self));

  if (name != NULL && !drop (self, name))
    return;
  if (new_name != NULL)
    {
      wd_connections_open (self, new_name, TRUE);
      return;
    }
  want (self, NULL);
  if (self->settings != NULL)
    g_settings_reset (self->settings, "profile");
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

/**
 * wd_connections_fail:
 * @self: connections
 * @error: (nullable): why what was asked for is not open
 *
 * Emits "failed".
 */
void
wd_connections_fail (WdConnections *self, const GError *error)
{
  g_return_if_fail (WD_IS_CONNECTIONS (self));

  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

/**
 * wd_connections_set_preferences:
 * @self: connections
 * @preferences: how often to read, and in which time zone, also what was opened before
 *
 * What is shown is read again.
 */
void
wd_connections_set_preferences (WdConnections *self, WdPreferences *preferences)
{
  g_return_if_fail (WD_IS_CONNECTIONS (self));

  wd_opened_set_preferences (self->opened, preferences);
  keep_watching (self, wd_preferences_get_keep_watching (preferences));
  if (self->current != NULL && wd_workspace_get_stats (self->current) != NULL)
    wd_workspace_refresh (self->current);
}

/**
 * wd_connections_get_sample:
 * @self: the connections
 *
 * Returns: (transfer none): what opens sample data among them
 */
WdSampleControl *
wd_connections_get_sample (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->sample;
}

/**
 * wd_connections_get_opened:
 * @self: the connections
 *
 * Returns: (transfer none): all that were opened
 */
WdOpened *
wd_connections_get_opened (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->opened;
}

/**
 * wd_connections_get_store:
 * @self: the connections
 *
 * Returns: (transfer none): the file of the saved ones
 */
WdProfileStore *
wd_connections_get_store (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->store;
}

/**
 * wd_connections_get_workspace:
 * @self: the connections
 *
 * Returns: (transfer none) (nullable): the one that is shown
 */
WdWorkspace *
wd_connections_get_workspace (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->current;
}

/**
 * wd_connections_get_passing:
 * @self: the connections
 *
 * Returns: (transfer none) (nullable): the environment's
 */
WdProfile *
wd_connections_get_passing (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->passing;
}

/**
 * wd_connections_get_wanted:
 * @self: the connections
 *
 * Returns: (transfer none) (nullable): the name of the one that was asked for last
 */
const char *
wd_connections_get_wanted (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->wanted;
}

/**
 * wd_connections_get_error:
 * @self: the connections
 *
 * Returns: (transfer none) (nullable): why that one is not open
 */
const GError *
wd_connections_get_error (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), NULL);

  return self->error;
}

/**
 * wd_connections_is_opening:
 * @self: the connections
 *
 * Returns: whether the answer is still to come
 */
gboolean
wd_connections_is_opening (WdConnections *self)
{
  g_return_val_if_fail (WD_IS_CONNECTIONS (self), FALSE);

  return self->opening != NULL;
}
