/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/common/wd-tooltip.h"
#include "app/wd-application.h"
#include "app/wd-clipping.h"
#include "app/wd-options.h"
#include "app/wd-timing.h"
#include "base/wd-core-dump.h"
#include "base/wd-language.h"
#include "sample/wd-sample-keeper.h"

int
main (int argc, char **argv)
{
  g_autoptr (WdOptions) options = NULL;
  g_autoptr (WdApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  wd_core_dump_forbid ();
  if (wd_sample_keeper_is_asked (argc, argv))
    return wd_sample_keeper_run (argc, argv);
  wd_timing_begin ();
  wd_language_set_up ();
  wd_clipping_begin ();

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
  wd_tooltip_install (GTK_APPLICATION (application));
  status = g_application_run (G_APPLICATION (application), argc, argv);
  wd_timing_end ();
  return status != 0 ? status : wd_application_get_exit_status (application);
}
