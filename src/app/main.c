/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app/wd-application.h"
#include "app/wd-options.h"
#include "app/wd-timing.h"

int
main (int argc, char **argv)
{
  g_autoptr (WdOptions) options = NULL;
  g_autoptr (WdApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  wd_timing_begin ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  options = wd_options_parse (&argc, &argv, &error);
  if (options == NULL)
    {
      g_printerr ("worker-dashboard: %s\n", error->message);
      return 2;
    }
  if (options->version)
    {
      g_print ("worker-dashboard %s\n", WD_VERSION);
      return 0;
    }
  application = wd_application_new (options);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  wd_timing_end ();
  return status != 0 ? status : wd_application_get_exit_status (application);
}
