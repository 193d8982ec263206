/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-language.h"

#include <libintl.h>
#include <locale.h>

#include "config.h"

/**
 * wd_language_set_up:
 *
 * Takes the language of the environment, and the texts in it from where the program was installed
 * or, where it was not, from the folder that `WD_LOCALEDIR` names. First thing in main().
 */
void
wd_language_set_up (void)
{
  const char *folder = g_getenv ("WD_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : WD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
