/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdServerFault:
 * @status: of HTTP
 * @message: (not owned): for whoever asked; nothing of what is behind the service
 * @code: (not owned): for programs
 * @retry_after: seconds, or 0
 *
 * What a failure is to a client.
 */
typedef struct {
  guint status;
  const char *message;
  const char *code;
  guint retry_after;
} WdServerFault;

WdServerFault wd_server_fault_describe (const GError *error);

G_END_DECLS
