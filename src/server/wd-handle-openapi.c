/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-openapi.h"

#include "server/wd-server-handlers.h"
#include "wd-server-resources.h"

#define DOCUMENT "/org/workerdashboard/WorkerDashboard/server/openapi.json"

/**
 * wd_server_openapi:
 *
 * Returns: (transfer full): what can be asked here, as OpenAPI says such things
 */
GBytes *
wd_server_openapi (void)
{
  return g_resource_lookup_data (wd_server_get_resource (), DOCUMENT, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

/**
 * wd_server_handle_openapi:
 * @request: to be answered
 *
 * For programs, and for people who write some. There is no secret in it.
 */
void
wd_server_handle_openapi (WdServerRequest *request)
{
  g_autoptr (GBytes) bytes = wd_server_openapi ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  wd_server_request_answer_text (request, 200, "application/json; charset=utf-8",
                                 g_strndup (text, size));
}
