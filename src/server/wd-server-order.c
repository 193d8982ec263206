/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-order.h"

#include "base/wd-error.h"
#include "server/wd-server-log.h"

#define UNKNOWN_MAX 200

/* Clients that exist send more than is known here; that is noted, and no reason to refuse. */
static void
log_unknown (WdServerRequest *request, const WdWireOrder *order)
{
  g_autoptr (GString) names = g_string_new ("Fields that mean nothing here:");

  if (order->unknown->len == 0)
    return;
  for (guint i = 0; i < order->unknown->len && names->len < UNKNOWN_MAX; i++)
    g_string_append_printf (names, " %.40s", (const char *) order->unknown->pdata[i]);
  wd_server_log_line (&(WdWireLine) { .level = "info", .request = request->id,
                                      .message = names->str, .token = request->token->name });
}

/**
 * wd_server_order_read:
 * @request: whose body is there
 * @read: how
 *
 * Returns: (transfer full) (nullable): what is to be done; %NULL after refusing it
 */
WdWireOrder *
wd_server_order_read (WdServerRequest *request, WdServerOrderFunc read)
{
  gsize length;
  g_autofree char *json = wd_server_request_dup_body (request, &length);
  g_autoptr (WdWireOrder) order = wd_wire_order_new ();
  g_autoptr (GError) error = NULL;

  if (!read (order, json, length, &error))
    {
      wd_server_request_fail (request, error, order->field != NULL ? order->field : "body");
      return NULL;
    }
  log_unknown (request, order);
  return g_steal_pointer (&order);
}

/**
 * wd_server_check_force:
 * @request: that is not answered yet
 * @force: whether it asks for that
 *
 * Lifting the guard against a second job of a kind is for those who may do anything, whoever wrote
 * down that it is to be lifted.
 *
 * Returns: whether the token allows it; else it is refused
 */
gboolean
wd_server_check_force (WdServerRequest *request, gboolean force)
{
  if (!force || request->token->role >= WD_API_ADMIN)
    return TRUE;
  wd_server_request_refuse (request, 403, wd_error_code_name (WD_ERROR_PERMISSION), "force",
                            "The token's role does not allow force");
  return FALSE;
}
