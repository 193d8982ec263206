/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the palette offers: of all that there could be, what this window can do now. */

#include <glib/gi18n-lib.h>

#include "app/common/wd-sidebar-row.h"
#include "app/common/wd-text.h"
#include "app/palette/wd-palette.h"
#include "app/wd-window-private.h"
#include "base/wd-format.h"
#include "session/wd-profile-store.h"

/* Actions that the window does not have, or that cannot be done now, are left out. */
static const struct {
  const char *title;
  const char *action;
  const char *target;       /* (nullable): as text */
  const char *icon_name;
} candidates[] = {
  { N_("Trigger Job…"), "win.trigger", "('', @as [])", "media-playback-start-symbolic" },
  { N_("Review Undelivered Jobs"), "win.review", NULL, "dialog-warning-symbolic" },
  { N_("Show Failed Jobs"), "win.show-jobs", "('', 'failed')", "wd-jobs-symbolic" },
  { N_("Show Errors"), "win.show-errors", NULL, "wd-jobs-symbolic" },
  { N_("Compare Rows with Queues"), "win.show-drift", NULL, "edit-find-symbolic" },
  { N_("Show Active Jobs"), "win.show-jobs", "('', 'active')", "wd-jobs-symbolic" },
  { N_("Show Wallets That Need Gas"), "win.show-wallets", "'gas'", "wd-wallets-symbolic" },
  { N_("Show Wallets That Need Consolidation"), "win.show-wallets", "'consolidation'",
    "wd-wallets-symbolic" },
  { N_("Search This List"), "win.search", NULL, "system-search-symbolic" },
  { N_("Go to a Time…"), "win.go-to", NULL, "go-jump-symbolic" },
  { N_("Export This List…"), "win.export", NULL, "document-save-symbolic" },
  { N_("Retry All Matching…"), "win.retry-all", NULL, "media-playback-start-symbolic" },
  { N_("Trigger Gas Top-up for All Matching…"), "win.trigger-all", "'gas-topup'",
    "media-playback-start-symbolic" },
  { N_("Trigger Consolidation for All Matching…"), "win.trigger-all", "'consolidation'",
    "media-playback-start-symbolic" },
  { N_("Trigger Balance Sync for All Matching…"), "win.trigger-all", "'sync'",
    "media-playback-start-symbolic" },
  { N_("Save View…"), "win.save-view", NULL, "user-bookmarks-symbolic" },
  { N_("Import Views…"), "win.import-views", NULL, "document-open-symbolic" },
  { N_("Export All Views…"), "win.export-views", NULL, "document-save-symbolic" },
  { N_("Refresh"), "win.refresh", NULL, "view-refresh-symbolic" },
  { N_("Pause Updates"), "win.pause-updates", NULL, "media-playback-pause-symbolic" },
  { N_("Back"), "win.back", NULL, "go-previous-symbolic" },
  { N_("Show Migrations…"), "win.show-migrations", NULL, "network-server-symbolic" },
  { N_("New Window"), "app.new-window", NULL, "window-new-symbolic" },
  { N_("New Connection…"), "win.connect", NULL, "network-server-symbolic" },
  { N_("Preferences"), "win.preferences", NULL, "preferences-system-symbolic" },
  { N_("Help"), "app.help", NULL, "help-browser-symbolic" },
  { N_("Keyboard Shortcuts"), "win.shortcuts", NULL, "input-keyboard-symbolic" },
  { N_("About Worker Dashboard"), "win.about", NULL, "help-about-symbolic" },
};

/* GTK tells nobody whether an action is there and enabled, but a button greys out without. */
static gboolean
can_do (WdWindow *self, const char *action, GVariant *target)
{
  GtkWidget *probe = gtk_button_new ();
  gboolean can;

  gtk_widget_set_parent (probe, GTK_WIDGET (self));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (probe), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  can = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);
  return can;
}

static WdPaletteItem *
make_row_item (WdSidebarRow *row)
{
  WdSavedView *view = wd_sidebar_row_get_view (row);

  if (view != NULL)
    return wd_palette_item_new (WD_PALETTE_PAGES, wd_sidebar_row_get_title (row), _("View"),
                                "win.open-view",
                                g_variant_new_string (wd_saved_view_get_name (view)));
  return wd_palette_item_new (WD_PALETTE_PAGES, wd_sidebar_row_get_title (row), NULL, "win.page",
                              g_variant_new_string (wd_sidebar_row_get_page (row)));
}

static void
add_pages (WdWindow *self, WdPalette *palette)
{
  GtkListBoxRow *row;

  if (self->workspace == NULL)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    {
      WdSidebarRow *page = WD_SIDEBAR_ROW (row);
      WdPaletteItem *item = make_row_item (page);

      item->icon_name = wd_sidebar_row_get_icon_name (page);
      wd_palette_take_item (palette, item);
    }
}

static void
add_actions (WdWindow *self, WdPalette *palette)
{
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autoptr (GVariant) target = NULL;
      WdPaletteItem *item;

      if (candidates[i].target != NULL)
        target = g_variant_parse (NULL, candidates[i].target, NULL, NULL, NULL);
      if (!can_do (self, candidates[i].action, target))
        continue;
      item = wd_palette_item_new (WD_PALETTE_ACTIONS, _(candidates[i].title), NULL,
                                  candidates[i].action, target);
      item->icon_name = candidates[i].icon_name;
      wd_palette_take_item (palette, item);
    }
}

static void
add_connection (WdPalette *palette, const WdProfile *profile)
{
  g_autofree char *name = wd_format_visible (profile->name, 128);
  g_autofree char *host = wd_text_host (profile);
  WdPaletteItem *item = wd_palette_item_new (WD_PALETTE_CONNECTIONS, name, host,
                                             "win.switch-connection",
                                             g_variant_new_string (profile->name));

  item->icon_name = "network-server-symbolic";
  wd_palette_take_item (palette, item);
}

/* A file of connections that cannot be read is told where connections are made; here there are
 * none then. */
static void
profiles_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdPalette) palette = data;
  g_autoptr (GPtrArray) profiles =
    wd_profile_store_load_finish (WD_PROFILE_STORE (source), result, NULL, NULL);

  if (profiles == NULL || g_cancellable_is_cancelled (wd_palette_get_closing (palette)))
    return;
  for (guint i = 0; i < profiles->len; i++)
    add_connection (palette, profiles->pdata[i]);
  wd_palette_update (palette);
}

static void
add_connections (WdWindow *self, WdPalette *palette)
{
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (""));
  g_autoptr (WdProfileStore) store = NULL;

  if (!can_do (self, "win.switch-connection", target))
    return;
  store = wd_profile_store_new (NULL);
  wd_profile_store_load_async (store, wd_palette_get_closing (palette), profiles_cb,
                               g_object_ref (palette));
}

/**
 * wd_window_show_palette:
 * @self: a window
 * @text: (nullable): what to look for
 *
 * Shows everything that can be gone to or done, to be found by its name.
 */
void
wd_window_show_palette (WdWindow *self, const char *text)
{
  WdPalette *palette =
    wd_palette_new (GTK_WINDOW (self), self->workspace != NULL
                                         ? wd_workspace_get_backend (self->workspace) : NULL);

  add_pages (self, palette);
  add_actions (self, palette);
  add_connections (self, palette);
  wd_palette_update (palette);
  if (text != NULL)
    wd_palette_look_for (palette, text);
  gtk_window_present (GTK_WINDOW (palette));
}
