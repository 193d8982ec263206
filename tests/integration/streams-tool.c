/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "streams-tool.h"

#include "base/wd-time.h"

/* Of a read that may find nothing. */
#define WAIT_MS   20
#define ANSWER_MS 20000

/* Reads a queue's events, or looks what was lost; remembers over all calls where it stands, unless
 * it is to begin ANEW. */
gboolean
streams_tool_do (WdRedisConnection *conn, const WdBullmqQueue *queue, gboolean read, gboolean anew,
                 WdJsonWriter *out, GError **error)
{
  static WdBullmqStreams *streams;
  gint64 deadline = wd_deadline_in (ANSWER_MS);
  WdBullmqNews news;

  if (anew)
    g_clear_pointer (&streams, wd_bullmq_streams_free);
  if (streams == NULL)
    streams = wd_bullmq_streams_new (queue, 1);
  if (!wd_redis_connection_ensure (conn, deadline, NULL, error)
      || !(read ? wd_bullmq_streams_read (streams, conn, WAIT_MS, &news, NULL, error)
                : wd_bullmq_streams_catch_up (streams, conn, &news, deadline, NULL, error)))
    return FALSE;
  wd_json_writer_int_member (out, "events", (gint64) news.n_events);
  wd_json_writer_boolean_member (out, "more", news.more);
  wd_json_writer_boolean_member (out, "lost", news.lost);
  return TRUE;
}
