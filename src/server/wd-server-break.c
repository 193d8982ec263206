/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* libsoup answers when it has read a request to its end. Of one whose end cannot be told, or would
 * not be waited for, that would be never: the answer is written past libsoup, and the connection
 * ends. Nothing of another answer is on its way then, since libsoup reads the head of a request
 * only when the answer before is written. */

#include "server/wd-server-break.h"

#include "base/wd-error.h"
#include "server/wd-server-private.h"

/**
 * wd_server_break_off:
 * @request: that is not answered yet, and of which only the head was read
 * @status: of HTTP
 * @message: for people
 *
 * Refuses it at once; no more of it is looked at.
 */
void
wd_server_break_off (WdServerRequest *request, guint status, const char *message)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  WdServerClient *client;
  gsize size;
  const char *data;

  wd_server_request_refuse (request, status, wd_error_code_name (WD_ERROR_INVALID_ARGUMENT), NULL,
                            message);
  body = soup_message_body_flatten (soup_server_message_get_response_body (request->message));
  data = g_bytes_get_data (body, &size);
  g_string_append_printf (text,
                          "HTTP/1.1 %u %s\r\nContent-Type: application/json; charset=utf-8\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\nX-Request-Id: %s\r\n"
                          "Connection: close\r\n\r\n",
                          status, soup_status_get_phrase (status), size, request->id);
  g_string_append_len (text, data, (gssize) size);
  client = wd_server_door_find (request->server->door, request->message);
  if (client != NULL && client->stream != NULL)
    wd_server_client_dismiss (client, text->str, text->len);
}
