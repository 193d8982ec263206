/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdActor:
 * @os_user: (not owned) (nullable): who is at the keyboard
 * @host: (not owned) (nullable): of which machine
 * @client: (not owned) (nullable): by which program, such as `wdctl 0.1`
 *
 * Who the audit trail says it was; the database adds its own role.
 */
typedef struct {
  const char *os_user;
  const char *host;
  const char *client;
} WdActor;

const WdActor *wd_actor_get_default (void);

G_END_DECLS
