/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether what is on screen follows what happens, in a word; a click stops it or lets it go on. */

#include "app/wd-live-button.h"

#include <glib/gi18n-lib.h>

#include "app/common/wd-badge.h"

struct _WdLiveButton {
  GtkWidget parent_instance;

  WdWorkspace *workspace;    /* (owned) (nullable) */

  GtkWidget *button;
  GtkImage *dot;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (WdLiveButton, wd_live_button, GTK_TYPE_WIDGET)

/* Returns: (transfer full): what follows by itself and what does not, and why */
static char *
explain (WdWorkspace *workspace)
{
  static const char *const silent[WD_N_LIVE_SOURCES] = {
    [WD_LIVE_DATABASE] = N_("The database does not tell of changes:"),
    [WD_LIVE_QUEUES] = N_("The queues do not tell of changes:"),
  };
  const WdLive *live = wd_backend_get_live (wd_workspace_get_backend (workspace));
  guint interval = wd_workspace_get_interval (workspace);
  GString *text = g_string_new (NULL);

  if (wd_workspace_get_paused (workspace))
    return g_string_free (g_string_append (text, _("Updates are paused. Click to go on")), FALSE);
  if (wd_workspace_is_live (workspace))
    return g_string_free (g_string_append (text, _("Changes show as they happen. Click to pause")),
                          FALSE);
  g_string_append_printf (text,
                          ngettext ("Read again every second. Click to pause",
                                    "Read again every %u seconds. Click to pause", interval),
                          interval);
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    if (live->state[i] == WD_LIVE_SILENT)
      g_string_append_printf (text, "\n%s %s", _(silent[i]), live->reason[i]);
  return g_string_free (text, FALSE);
}

static char *
get_word (WdWorkspace *workspace)
{
  if (wd_workspace_get_paused (workspace))
    return g_strdup (_("Paused"));
  if (wd_workspace_is_live (workspace))
    /* TRANSLATORS: changes show as they happen */
    return g_strdup (_("Live"));
  /* TRANSLATORS: how often data are read again, such as “Every 5 s” */
  return g_strdup_printf (_("Every %u s"), wd_workspace_get_interval (workspace));
}

/* Each state has its shape, for whom its colour says nothing. */
static void
show_dot (WdLiveButton *self)
{
  gboolean paused = wd_workspace_get_paused (self->workspace);
  gboolean live = wd_workspace_is_live (self->workspace);

  wd_tone_set (GTK_WIDGET (self), paused ? WD_TONE_CAUTION : live ? WD_TONE_OK : NULL);
  gtk_image_set_from_icon_name (self->dot, paused ? "media-playback-pause-symbolic"
                                           : live ? "media-record-symbolic"
                                                  : "content-loading-symbolic");
}

static void
update (WdLiveButton *self)
{
  g_autofree char *word = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->workspace != NULL);
  if (self->workspace == NULL)
    return;
  word = get_word (self->workspace);
  text = explain (self->workspace);
  /* TRANSLATORS: accessible name of a button: how what is on screen is kept up to date */
  name = g_strdup_printf (_("Updates: %s"), word);
  gtk_label_set_text (self->word, word);
  gtk_widget_set_tooltip_text (self->button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  show_dot (self);
}

static void
wd_live_button_dispose (GObject *object)
{
  WdLiveButton *self = WD_LIVE_BUTTON (object);

  wd_live_button_set_workspace (self, NULL);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (wd_live_button_parent_class)->dispose (object);
}

static void
wd_live_button_class_init (WdLiveButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wd_live_button_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/workerdashboard/WorkerDashboard/wd-live-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WdLiveButton, button);
  gtk_widget_class_bind_template_child (widget_class, WdLiveButton, dot);
  gtk_widget_class_bind_template_child (widget_class, WdLiveButton, word);
}

static void
wd_live_button_init (WdLiveButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * wd_live_button_set_workspace:
 * @self: a button
 * @workspace: (nullable): what is on screen; without one it is hidden
 */
void
wd_live_button_set_workspace (WdLiveButton *self, WdWorkspace *workspace)
{
  g_return_if_fail (WD_IS_LIVE_BUTTON (self));

  if (self->workspace == workspace)
    return;
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_func (self->workspace, update, self);
  g_set_object (&self->workspace, workspace);
  if (workspace != NULL)
    {
      g_signal_connect_object (workspace, "live-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (workspace, "trouble-changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

/**
 * wd_live_button_set_compact:
 * @self: a button
 * @compact: whether there is room for its dot alone
 */
void
wd_live_button_set_compact (WdLiveButton *self, gboolean compact)
{
  g_return_if_fail (WD_IS_LIVE_BUTTON (self));

  gtk_widget_set_visible (GTK_WIDGET (self->word), !compact);
}
