/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-actor.h"

#include "config.h"

static gpointer
make_default (gpointer data)
{
  WdActor *self = g_new0 (WdActor, 1);
  g_autofree char *program = g_path_get_basename (g_get_prgname () != NULL ? g_get_prgname ()
                                                                            : "worker-dashboard");

  /* Neither need be UTF-8, and the database takes nothing else. */
  self->os_user = g_utf8_make_valid (g_get_user_name (), -1);
  self->host = g_utf8_make_valid (g_get_host_name (), -1);
  self->client = g_strconcat (program, " " WD_VERSION, NULL);
  return self;
}

/**
 * wd_actor_get_default:
 *
 * To be asked once the program's name is set. Any thread.
 *
 * Returns: (transfer none): whoever runs this program
 */
const WdActor *
wd_actor_get_default (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_default, NULL);
}
