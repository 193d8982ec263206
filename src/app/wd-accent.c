/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The colour of what stands out. Since libadwaita 1.6 it is the one that people choose for their
 * desktop, before that the program's. */

#include "app/wd-accent.h"

#include <adwaita.h>

#define RESOURCES "/org/workerdashboard/WorkerDashboard/"

/**
 * wd_accent_install:
 * @display: where the program is shown
 *
 * Asks the library that is there, not the one that was built against. To be called once.
 */
void
wd_accent_install (GdkDisplay *display)
{
  gboolean is_chosen = adw_get_major_version () > 1 || adw_get_minor_version () >= 6;
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, is_chosen ? RESOURCES "style-accent-own.css"
                                                           : RESOURCES "style-accent.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
