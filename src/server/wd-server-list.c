/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "server/wd-server-list.h"

/**
 * wd_server_list_answer:
 * @request: that is not answered yet
 * @list: (nullable): all there are
 * @write: how it is told
 * @error: (nullable): why there is no @list
 * @message: (nullable): what clients know such an error as
 */
void
wd_server_list_answer (WdServerRequest *request, const GPtrArray *list, WdServerListFunc write,
                       const GError *error, const char *message)
{
  WdJsonWriter *writer;

  if (list == NULL)
    {
      wd_server_request_fail_as (request, error, message);
      return;
    }
  writer = wd_json_writer_new ();
  wd_json_writer_begin_object (writer);
  write (writer, list);
  wd_server_request_answer (request, 200, writer);
}
