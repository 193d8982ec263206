/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspaces of what was opened since the program began, by the names of their connections.
 * They stay, at rest, while another one is shown. */

#include "app/connections/wd-opened.h"

#include "session/wd-profile-backend.h"

struct _WdOpened {
  GObject parent_instance;

  GHashTable *workspaces;    /* (owned) (element-type utf8 WdWorkspace): by name */
};

G_DEFINE_FINAL_TYPE (WdOpened, wd_opened, G_TYPE_OBJECT)

static void
prefer (WdWorkspace *workspace, WdPreferences *preferences)
{
  wd_workspace_set_interval (workspace, wd_preferences_get_interval (preferences));
  wd_workspace_set_zone (workspace, wd_preferences_get_zone (preferences));
}

static void
wd_opened_finalize (GObject *object)
{
  g_hash_table_unref (WD_OPENED (object)->workspaces);
  G_OBJECT_CLASS (wd_opened_parent_class)->finalize (object);
}

static void
wd_opened_class_init (WdOpenedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_opened_finalize;
}

static void
wd_opened_init (WdOpened *self)
{
  self->workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * wd_opened_new:
 *
 * Returns: (transfer full): none
 */
WdOpened *
wd_opened_new (void)
{
  return g_object_new (WD_TYPE_OPENED, NULL);
}

/**
 * wd_opened_add:
 * @self: what is open
 * @name: of a connection of which there is none yet
 * @profile: that connection
 *
 * Returns: (transfer none): its workspace, at rest
 */
WdWorkspace *
wd_opened_add (WdOpened *self, const char *name, WdProfile *profile)
{
  g_autoptr (WdBackend) backend = wd_profile_make_backend (profile);
  WdWorkspace *workspace = wd_workspace_new (profile, backend);

  prefer (workspace, wd_preferences_get ());
  g_hash_table_replace (self->workspaces, g_strdup (name), workspace);
  return workspace;
}

/**
 * wd_opened_find:
 * @self: what is open
 * @name: of a connection
 *
 * Returns: (transfer none) (nullable): its workspace
 */
WdWorkspace *
wd_opened_find (WdOpened *self, const char *name)
{
  return g_hash_table_lookup (self->workspaces, name);
}

/**
 * wd_opened_take:
 * @self: what is open
 * @name: of a connection
 *
 * Returns: (transfer full) (nullable): its workspace, which reads and watches nothing from here on
 *   and is not among these any more
 */
WdWorkspace *
wd_opened_take (WdOpened *self, const char *name)
{
  WdWorkspace *workspace = g_hash_table_lookup (self->workspaces, name);

  if (workspace == NULL)
    return NULL;
  g_object_ref (workspace);
  g_hash_table_remove (self->workspaces, name);
  wd_workspace_set_running (workspace, FALSE);
  wd_workspace_set_keeps_watching (workspace, FALSE);
  return workspace;
}

/**
 * wd_opened_clear:
 * @self: what is open
 */
void
wd_opened_clear (WdOpened *self)
{
  g_hash_table_remove_all (self->workspaces);
}

/**
 * wd_opened_set_preferences:
 * @self: what is open
 * @preferences: how often to read, and in which time zone
 */
void
wd_opened_set_preferences (WdOpened *self, WdPreferences *preferences)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    prefer (workspace, preferences);
}

/* Returns: (nullable): who has that alert */
static WdWatch *
find_watch (WdOpened *self, const char *id)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    {
      WdWatch *watch = wd_workspace_get_watch (workspace);

      if (wd_watch_find (watch, id) != NULL)
        return watch;
    }
  return NULL;
}

/**
 * wd_opened_has_orders:
 * @self: what is open
 *
 * Returns: whether something that somebody ordered is being written by any of them
 */
gboolean
wd_opened_has_orders (WdOpened *self)
{
  GHashTableIter iter;
  gpointer workspace;

  g_hash_table_iter_init (&iter, self->workspaces);
  while (g_hash_table_iter_next (&iter, NULL, &workspace))
    if (wd_backend_has_orders (wd_workspace_get_backend (workspace)))
      return TRUE;
  return FALSE;
}

/**
 * wd_opened_has_alert:
 * @self: what is open
 * @id: of an alert
 *
 * Returns: whether it is one of any of them
 */
gboolean
wd_opened_has_alert (WdOpened *self, const char *id)
{
  return find_watch (self, id) != NULL;
}

static void
acknowledged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!wd_watch_change_finish (WD_WATCH (source), result, &error))
    g_message ("An alert was not acknowledged: %s", error->message);
}

/**
 * wd_opened_acknowledge:
 * @self: what is open
 * @id: of an alert of any of them
 *
 * Says that somebody knows of it.
 */
void
wd_opened_acknowledge (WdOpened *self, const char *id)
{
  WdWatch *watch = find_watch (self, id);

  if (watch != NULL)
    wd_watch_acknowledge_async (watch, id, acknowledged_cb, NULL);
}
