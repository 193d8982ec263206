/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerTurn:
 * @WD_SERVER_TURN_READ: somebody reads
 * @WD_SERVER_TURN_WRITE: somebody writes
 * @WD_SERVER_TURN_WATCH: somebody with a token waits to hear how the stores are
 * @WD_SERVER_TURN_PROBE: the same of anybody at all
 *
 * Kinds of requests that do not shut one another out.
 */
typedef enum {
  WD_SERVER_TURN_READ,
  WD_SERVER_TURN_WRITE,
  WD_SERVER_TURN_WATCH,
  WD_SERVER_TURN_PROBE,
  WD_SERVER_N_TURNS,
} WdServerTurn;

/**
 * WdServerTurns:
 *
 * How many requests are being worked on. Main thread.
 */
typedef struct _WdServerTurns WdServerTurns;

WdServerTurns *wd_server_turns_new (void);
void           wd_server_turns_free (WdServerTurns *self);
gboolean       wd_server_turns_take (WdServerTurns *self, WdServerTurn turn, const char *who);
void           wd_server_turns_give_back (WdServerTurns *self, WdServerTurn turn, const char *who);
guint          wd_server_turns_get_n (const WdServerTurns *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdServerTurns, wd_server_turns_free)

G_END_DECLS
