/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The desktop's search finds wallets and jobs of the connection used last, by the interface
 * org.gnome.Shell.SearchProvider2. Until somebody asked for that in the preferences no server is
 * asked anything, and nothing is found.
 *
 * The desktop starts the program for that. It then stays for a while, since each letter that is
 * typed asks again. A question waits until there is an answer, but not for long: the results of
 * other programs wait with it. */

#include "app/wd-search-provider.h"

#include "app/palette/wd-palette-found.h"
#include "app/palette/wd-palette-search.h"
#include "app/wd-application-private.h"
#include "app/wd-search-source.h"
#include "config.h"

#define PATIENCE_MS 3000
#define STAY_MS     60000

static const char interface_xml[] =
  "<node><interface name='org.gnome.Shell.SearchProvider2'>"
  "<method name='GetInitialResultSet'>"
  "<arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetSubsearchResultSet'><arg type='as' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='as' direction='out'/></method>"
  "<method name='GetResultMetas'>"
  "<arg type='as' direction='in'/><arg type='aa{sv}' direction='out'/></method>"
  "<method name='ActivateResult'><arg type='s' direction='in'/>"
  "<arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "<method name='LaunchSearch'>"
  "<arg type='as' direction='in'/><arg type='u' direction='in'/></method>"
  "</interface></node>";

struct _WdSearchProvider {
  GObject parent_instance;

  WdApplication *application;       /* not owned: it owns us */
  WdSearchSource *source;           /* (owned) */
  WdBackend *backend;               /* (owned) (nullable): whom the search asks */
  char *connection;                 /* (owned) (nullable): the name of that, escaped */
  WdPaletteSearch *search;          /* (owned) (nullable) */
  GPtrArray *found;                 /* (owned) (element-type WdPaletteItem): told of last */
  char *text;                       /* (owned) (nullable): what was looked for last */
  GDBusMethodInvocation *asked;     /* (owned) (nullable): still to be answered */
  guint patience;                   /* with that */
  guint registration;
};

G_DEFINE_FINAL_TYPE (WdSearchProvider, wd_search_provider, G_TYPE_OBJECT)

/* A result is an action of the window, the connection it was found in, and what is to be shown. */
static char *
dup_id (WdSearchProvider *self, const WdPaletteItem *item)
{
  return g_strdup_printf ("%s %s %s", item->action, self->connection,
                          g_variant_get_string (item->target, NULL));
}

static void
take_found (WdSearchProvider *self)
{
  GPtrArray *wallets = wd_palette_search_get_wallets (self->search);
  GPtrArray *jobs = wd_palette_search_get_jobs (self->search);

  g_ptr_array_set_size (self->found, 0);
  for (guint i = 0; i < wallets->len; i++)
    g_ptr_array_add (self->found, wd_palette_find_wallet (wallets->pdata[i], self->text));
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (self->found, wd_palette_find_job (jobs->pdata[i], self->text));
}

/* Answers what was asked, with what is found by now. */
static void
answer (WdSearchProvider *self)
{
  GVariantBuilder ids;

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->asked == NULL)
    return;
  g_variant_builder_init (&ids, G_VARIANT_TYPE ("as"));
  for (guint i = 0; i < self->found->len; i++)
    {
      g_autofree char *id = dup_id (self, self->found->pdata[i]);

      g_variant_builder_add (&ids, "s", id);
    }
  g_dbus_method_invocation_return_value (g_steal_pointer (&self->asked),
                                         g_variant_new ("(as)", &ids));
  wd_application_stay (self->application, STAY_MS);
  g_application_release (G_APPLICATION (self->application));
}

static gboolean
patience_cb (gpointer data)
{
  WdSearchProvider *self = data;

  self->patience = 0;
  if (self->search != NULL)
    take_found (self);
  answer (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (WdSearchProvider *self)
{
  if (wd_palette_search_is_busy (self->search))
    return;
  take_found (self);
  answer (self);
}

/* What it still waits for is not answered. */
static void
drop_search (WdSearchProvider *self)
{
  if (self->search != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->search, self);
      g_object_run_dispose (G_OBJECT (self->search));
    }
  g_clear_object (&self->search);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->connection, g_free);
}

static void
follow_source (WdSearchProvider *self)
{
  WdBackend *backend = wd_search_source_get_backend (self->source);
  const char *connection = wd_search_source_get_connection (self->source);

  if (backend == self->backend)
    return;
  drop_search (self);
  if (backend == NULL)
    return;
  self->backend = g_object_ref (backend);
  self->connection = g_uri_escape_string (connection, NULL, TRUE);
  self->search = wd_palette_search_new (backend);
  g_signal_connect_object (self->search, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Asks whoever is to be asked, as soon as that is known. */
static void
ask (WdSearchProvider *self)
{
  if (self->asked == NULL)
    return;
  if (!wd_search_source_open (self->source))
    {
      drop_search (self);
      return;
    }
  follow_source (self);
  if (self->search == NULL)
    {
      answer (self);
      return;
    }
  wd_palette_search_set_text (self->search, self->text);
  changed_cb (self);
}

static void
look_for (WdSearchProvider *self, char **terms, GDBusMethodInvocation *invocation)
{
  GSettings *settings = self->application->settings;

  answer (self);
  g_ptr_array_set_size (self->found, 0);
  g_free (self->text);
  self->text = g_strjoinv (" ", terms);
  self->asked = g_object_ref (invocation);
  g_application_hold (G_APPLICATION (self->application));
  if (settings == NULL || !g_settings_get_boolean (settings, "desktop-search"))
    {
      answer (self);
      return;
    }
  self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  ask (self);
}

static WdPaletteItem *
find_item (WdSearchProvider *self, const char *wanted)
{
  for (guint i = 0; i < self->found->len; i++)
    {
      g_autofree char *id = dup_id (self, self->found->pdata[i]);

      if (strcmp (id, wanted) == 0)
        return self->found->pdata[i];
    }
  return NULL;
}

static GVariant *
describe (WdSearchProvider *self, char **ids)
{
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (; *ids != NULL; ids++)
    {
      const WdPaletteItem *item = find_item (self, *ids);

      if (item == NULL)
        continue;
      g_variant_builder_open (&metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (*ids));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (item->title));
      if (item->subtitle != NULL)
        g_variant_builder_add (&metas, "{sv}", "description",
                               g_variant_new_string (item->subtitle));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (WD_APPLICATION_ID));
      g_variant_builder_add (&metas, "{sv}", "clipboardText",
                             g_variant_new_string (g_variant_get_string (item->target, NULL)));
      g_variant_builder_close (&metas);
    }
  return g_variant_new ("(aa{sv})", &metas);
}

/* Elsewhere than where it was found the same wallet would be another one. It may have been found by
 * a run of the program that is over. */
static void
show_result (WdSearchProvider *self, const char *id)
{
  g_auto (GStrv) parts = g_strsplit (id, " ", 3);
  gboolean is_whole = g_strv_length (parts) == 3;
  g_autofree char *connection = is_whole ? g_uri_unescape_string (parts[1], NULL) : NULL;
  WdSeat *seat = wd_application_find_seat_for (self->application, connection);

  wd_application_present (self->application,
                          seat != NULL ? seat : wd_application_get_seat (self->application));
  if (seat == NULL || connection == NULL)
    return;
  if (strcmp (parts[0], "win.show-job") == 0 || strcmp (parts[0], "win.show-wallet") == 0)
    wd_seat_activate (seat, parts[0], g_variant_new_string (parts[2]));
}

/* The palette of the window goes on where the desktop's search ended. */
static void
show_more (WdSearchProvider *self, char **terms)
{
  WdSeat *seat = wd_application_get_seat (self->application);
  g_autofree char *text = g_strjoinv (" ", terms);

  wd_application_present (self->application, seat);
  wd_seat_activate (seat, "win.look-for", g_variant_new_string (text));
}

static void
called_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
           const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
           gpointer data)
{
  WdSearchProvider *self = data;
  g_auto (GStrv) words = NULL;
  const char *id;

  if (g_str_equal (method, "GetInitialResultSet") || g_str_equal (method, "LaunchSearch"))
    g_variant_get_child (arguments, 0, "^as", &words);
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    g_variant_get_child (arguments, 1, "^as", &words);
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get_child (arguments, 0, "^as", &words);
      g_dbus_method_invocation_return_value (invocation, describe (self, words));
      return;
    }

  if (g_str_has_suffix (method, "ResultSet"))
    {
      look_for (self, words, invocation);
      g_object_unref (invocation);
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  if (g_str_equal (method, "LaunchSearch"))
    {
      show_more (self, words);
      return;
    }
  g_variant_get_child (arguments, 0, "&s", &id);
  show_result (self, id);
}

static void
wd_search_provider_dispose (GObject *object)
{
  WdSearchProvider *self = WD_SEARCH_PROVIDER (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  drop_search (self);
  g_clear_object (&self->source);
  g_clear_object (&self->asked);
  G_OBJECT_CLASS (wd_search_provider_parent_class)->dispose (object);
}

static void
wd_search_provider_finalize (GObject *object)
{
  WdSearchProvider *self = WD_SEARCH_PROVIDER (object);

  g_ptr_array_unref (self->found);
  g_free (self->text);
  G_OBJECT_CLASS (wd_search_provider_parent_class)->finalize (object);
}

static void
wd_search_provider_class_init (WdSearchProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wd_search_provider_dispose;
  object_class->finalize = wd_search_provider_finalize;
}

static void
wd_search_provider_init (WdSearchProvider *self)
{
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_palette_item_free);
}

/**
 * wd_search_provider_new:
 * @application: whose connection is asked; must outlive it
 *
 * Returns: (transfer full): a provider that nobody can ask yet
 */
WdSearchProvider *
wd_search_provider_new (WdApplication *application)
{
  WdSearchProvider *self = g_object_new (WD_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  self->source = wd_search_source_new (application);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_search_provider_export:
 * @self: a provider
 * @bus: where
 * @path: as which object; the desktop knows it from a file
 * @error: of GDBus
 */
gboolean
wd_search_provider_export (WdSearchProvider *self, GDBusConnection *bus, const char *path,
                           GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = NULL;

  g_return_val_if_fail (WD_IS_SEARCH_PROVIDER (self), FALSE);

  node = g_dbus_node_info_new_for_xml (interface_xml, error);
  if (node == NULL)
    return FALSE;
  self->registration = g_dbus_connection_register_object (bus, path, node->interfaces[0], &vtable,
                                                          self, NULL, error);
  return self->registration != 0;
}

/**
 * wd_search_provider_unexport:
 * @self: a provider
 * @bus: where it was exported
 */
void
wd_search_provider_unexport (WdSearchProvider *self, GDBusConnection *bus)
{
  g_return_if_fail (WD_IS_SEARCH_PROVIDER (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (bus, self->registration);
  self->registration = 0;
}
