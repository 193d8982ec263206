/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-handlers.h"

#include <string.h>

#include "server/wd-server-private.h"

/**
 * wd_server_handle_events:
 * @request: to be answered
 *
 * `GET /api/events`: `text/event-stream`. `event: changed` with `{"changed": ["jobs", "wallets",
 * "queues"]}`: which of them are to be read again, at most four times a second; `event: resync`
 * with `{}`: all of them; `event: state` with `{"database": S, "queues": S}`: whether their changes
 * are heard: `live`, `starting`, `lost`, or `none` where there is no such store; a comment at least
 * every ten seconds. With `Last-Event-ID` only what was missed is told, as far as that is known.
 * 429 for too many of one token, 503 for too many of all. It ends with the token.
 */
void
wd_server_handle_events (WdServerRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *last_id = soup_message_headers_get_one (
    soup_server_message_get_request_headers (request->message), "Last-Event-ID");

  if (strcmp (method, "HEAD") == 0)
    {
      wd_server_request_header (request, "Content-Type", "text/event-stream; charset=utf-8");
      wd_server_request_answer_empty (request, 200);
    }
  else
    wd_server_events_add (request->server->events, request, last_id);
}
