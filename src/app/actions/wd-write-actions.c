/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's actions that write, and what leads to them. On a read-only connection they cannot
 * be pressed; the backend would refuse them all the same. */

#include "app/actions/wd-write-actions.h"

#include <glib/gi18n-lib.h>

#include "app/actions/wd-flag-editor.h"
#include "app/actions/wd-retry-dialog.h"
#include "app/actions/wd-review-dialog.h"
#include "app/actions/wd-review-text.h"
#include "app/actions/wd-trigger-dialog.h"
#include "app/common/wd-lack.h"
#include "app/wallets/wd-wallets-page.h"
#include "app/wd-window-private.h"

/* More are not looked at one by one. */
#define FEW 1000

/* An entry on its way is none to worry about: what is younger is not told. */
#define UNDELIVERED_US (4 * G_USEC_PER_SEC)

static void
trigger_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const char *type;
  g_autofree const char **addresses = NULL;

  if (self->workspace == NULL)
    return;
  g_variant_get (target, "(&s^a&s)", &type, &addresses);
  if (*type != '\0' && g_strv_length ((char **) addresses) > FEW)
    {
      wd_window_trigger_many (self, type, addresses);
      return;
    }
  gtk_window_present (GTK_WINDOW (wd_trigger_dialog_new (self, self->workspace, type, addresses)));
}

/* For the wallets selected on screen, where there are any. */
static void
trigger_job_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  g_auto (GStrv) addresses = NULL;
  const char *const none[] = { NULL };

  if (WD_IS_WALLETS_PAGE (page))
    addresses = wd_wallets_page_dup_selected (WD_WALLETS_PAGE (page));
  gtk_widget_activate_action (widget, "win.trigger", "(s^as)", "",
                              addresses != NULL ? (const char *const *) addresses : none);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (target, NULL);

  if (self->workspace != NULL && g_strv_length ((char **) ids) > FEW)
    wd_window_retry_many (self, ids);
  else if (self->workspace != NULL && *ids != NULL)
    gtk_window_present (GTK_WINDOW (wd_retry_dialog_new (self, self->workspace, ids)));
}

static void
set_flags_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  g_autofree const char **addresses = NULL;
  const char *column;
  gboolean value;
  WdFlag flag;

  if (self->workspace == NULL)
    return;
  g_variant_get (target, "(^a&s&sb)", &addresses, &column, &value);
  if (!wd_flag_from_column (column, &flag))
    return;
  if (self->flags == NULL || wd_flag_editor_get_workspace (self->flags) != self->workspace)
    {
      g_clear_object (&self->flags);
      self->flags = wd_flag_editor_new (self, self->workspace);
    }
  wd_flag_editor_set (self->flags, addresses, flag, value);
}

static void
review_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);

  if (self->workspace != NULL)
    gtk_window_present (GTK_WINDOW (wd_review_dialog_new (self, self->workspace)));
}

/**
 * wd_write_actions_install:
 * @widget_class: of the window
 *
 * Adds the actions that write, `win.trigger` and the like.
 */
void
wd_write_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.trigger", "(sas)", trigger_action);
  gtk_widget_class_install_action (widget_class, "win.trigger-job", NULL, trigger_job_action);
  gtk_widget_class_install_action (widget_class, "win.retry", "as", retry_action);
  gtk_widget_class_install_action (widget_class, "win.set-flags", "(assb)", set_flags_action);
  gtk_widget_class_install_action (widget_class, "win.review", NULL, review_action);
}

static void
update_banner (WdWindow *self)
{
  WdStats *stats = self->workspace != NULL ? wd_workspace_get_stats (self->workspace) : NULL;
  g_autofree char *text = NULL;

  if (stats == NULL || stats->undelivered_jobs <= 0)
    self->undelivered_since = WD_TIME_NONE;
  else if (self->undelivered_since == WD_TIME_NONE)
    self->undelivered_since = stats->last_updated;
  if (self->undelivered_since == WD_TIME_NONE
      || stats->last_updated - self->undelivered_since < UNDELIVERED_US)
    {
      wd_banner_hide (self->undelivered);
      return;
    }
  text = wd_review_text_banner (stats->undelivered_jobs);
  wd_banner_show (self->undelivered, text, NULL, FALSE);
}

/**
 * wd_write_actions_update:
 * @self: a window
 *
 * State to widgets: which actions may be used, and the banner about what is not delivered.
 */
void
wd_write_actions_update (WdWindow *self)
{
  static const char *const actions[] = { "win.trigger", "win.trigger-job", "win.retry",
                                         "win.set-flags" };
  gboolean open = self->workspace != NULL;
  const char *lack = open ? wd_lack_get (self->workspace, WD_ABILITY_WRITE) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], open && lack == NULL);
  wd_window_enable (self, "win.review", open);
  gtk_widget_set_tooltip_text (self->trigger, lack != NULL ? lack : _("Queue a job for wallets"));
  wd_banner_set_button (self->undelivered, _("Review"), "win.review");
  update_banner (self);
}
