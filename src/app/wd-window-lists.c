/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists that something else in the window leads to, by the line their filter is written as. */

#include "app/preferences/wd-preferences.h"
#include "app/wd-window-private.h"

static void
show_list_action (GtkWidget *widget, const char *name, GVariant *target)
{
  WdWindow *self = WD_WINDOW (widget);
  const WdFilterLanguage *language;
  const char *page, *line;
  gpointer filter;

  if (self->workspace == NULL)
    return;
  g_variant_get (target, "(&s&s)", &page, &line);
  language = g_strcmp0 (page, "wallets") == 0 ? wd_filter_language_wallets ()
                                              : wd_filter_language_jobs ();
  filter = language->read (line, wd_preferences_get_zone (wd_preferences_get ()), wd_time_now (),
                           NULL, NULL);
  g_return_if_fail (filter != NULL);
  wd_list_page_show_filter (WD_LIST_PAGE (wd_window_ensure_page (self, page)), filter);
  language->free (filter);
  wd_window_show_page (self, page);
}

/**
 * wd_window_install_list_actions:
 * @widget_class: the window's
 *
 * Adds “win.show-list” with a page, `jobs` or `wallets`, and a filter as it is written.
 */
void
wd_window_install_list_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-list", "(ss)", show_list_action);
}
