/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes that tell of themselves. */

#include "backend/wd-backend-private.h"

/**
 * wd_backend_set_listening:
 * @self: a backend
 * @listening: whether somebody wants to hear of changes
 *
 * Those are told by #WdBackend::changed, where the servers allow it: wd_backend_get_live() says
 * which. At first it does not listen. One that is let go of need not be told to stop.
 */
void
wd_backend_set_listening (WdBackend *self, gboolean listening)
{
  g_return_if_fail (WD_IS_BACKEND (self));

  WD_BACKEND_GET_IFACE (self)->set_listening (self, listening);
}

/**
 * wd_backend_look_anew:
 * @self: a backend
 *
 * What is asked from now on is read from the servers, also where nothing was told that has changed
 * since it was read last.
 */
void
wd_backend_look_anew (WdBackend *self)
{
  g_return_if_fail (WD_IS_BACKEND (self));

  WD_BACKEND_GET_IFACE (self)->look_anew (self);
}

/**
 * wd_backend_get_live:
 * @self: a backend
 *
 * Returns: (transfer none): which changes are told of now; #WdBackend::live-changed says that it
 *   has changed
 */
WdLive *
wd_backend_get_live (WdBackend *self)
{
  g_return_val_if_fail (WD_IS_BACKEND (self), NULL);

  return WD_BACKEND_GET_IFACE (self)->get_live (self);
}
