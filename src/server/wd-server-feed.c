/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Server-sent events to one client. One piece at a time is on its way; what there is to tell
 * meanwhile is joined, so that a client that reads slowly costs no more than one that does not.
 * Whoever takes too long for a piece is cut off by the door. */

#include "server/wd-server-feed.h"

#include "server/wd-server-private.h"
#include "wire/wd-wire-event.h"

/* When a client that was cut off comes again, in milliseconds. */
#define RETRY_MS 2000
/* What the system holds of it is little: else it would be long before it shows that nobody
 * reads. */
#define HELD     4096

struct _WdServerFeed {
  WdServerRequest *request;  /* (owned) */
  WdServerFeedFunc ended;
  gpointer data;
  char *id;                  /* (owned) (nullable): of what is told next */
  WdLive *live;              /* (owned) (nullable): to be told */
  guint changes;             /* likewise */
  gboolean resync;           /* likewise */
  gboolean beats;            /* likewise: that there is nothing to tell */
  gboolean writing;          /* a piece is on its way */
  gboolean ending;
  gboolean complete;         /* it has been told the end */
};

static WdServerClient *
get_client (WdServerFeed *self)
{
  return wd_server_door_find (self->request->server->door, self->request->message);
}

static void
append_event (GString *text, const char *name, const char *id, WdJsonWriter *writer)
{
  g_autofree char *document = NULL;

  wd_json_writer_end_object (writer);
  document = wd_json_writer_finish (writer);
  if (id != NULL)
    g_string_append_printf (text, "id: %s\n", id);
  g_string_append_printf (text, "event: %s\ndata: %s\n\n", name, document);
}

static WdJsonWriter *
begin_document (void)
{
  WdJsonWriter *writer = wd_json_writer_new ();

  wd_json_writer_begin_object (writer);
  return writer;
}

/* Returns: (transfer full): all there is to tell, which then is told */
static GString *
take_text (WdServerFeed *self)
{
  GString *text = g_string_new (NULL);
  WdJsonWriter *writer;

  if (self->resync)
    {
      g_string_append_printf (text, "retry: %d\n", RETRY_MS);
      append_event (text, WD_WIRE_EVENT_RESYNC, self->id, begin_document ());
    }
  else if (self->changes != 0)
    {
      writer = begin_document ();
      wd_wire_changes_members (writer, self->changes);
      append_event (text, WD_WIRE_EVENT_CHANGED, self->id, writer);
    }
  if (self->live != NULL)
    {
      writer = begin_document ();
      wd_wire_live_members (writer, self->live);
      append_event (text, WD_WIRE_EVENT_STATE, NULL, writer);
    }
  if (self->beats && text->len == 0)
    g_string_append (text, ":\n\n");
  self->resync = self->beats = FALSE;
  self->changes = 0;
  g_clear_pointer (&self->live, wd_live_unref);
  return text;
}

/* Puts the next piece into the answer. Returns: whether there is one */
static gboolean
append_next (WdServerFeed *self)
{
  SoupServerMessage *message = self->request->message;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) bytes = NULL;

  if (self->complete)
    return FALSE;
  bytes = self->ending ? NULL : g_string_free_to_bytes (take_text (self));
  if (bytes != NULL && g_bytes_get_size (bytes) == 0)
    return FALSE;
  wd_server_door_answering (self->request->server->door, message,
                            bytes != NULL ? g_bytes_get_size (bytes) : 0);
  self->writing = bytes != NULL;
  self->complete = bytes == NULL;
  if (bytes != NULL)
    soup_message_body_append_bytes (body, bytes);
  else
    soup_message_body_complete (body);
  return TRUE;
}

static void
tell (WdServerFeed *self)
{
  if (!self->writing && !self->request->ended && append_next (self))
    soup_server_message_unpause (self->request->message);
}

/* The next piece goes the way of the last one, without pausing between them. */
static void
wrote_chunk_cb (WdServerFeed *self)
{
  WdServerClient *client = get_client (self);

  self->writing = FALSE;
  if (client != NULL)
    client->deadline = 0;
  append_next (self);
}

static void
finished_cb (WdServerFeed *self)
{
  self->ended (self, self->data);
}

/**
 * wd_server_feed_new:
 * @request: a request that is not answered yet
 * @ended: called once, not before this returns
 * @data: for @ended
 *
 * Returns: (transfer full): a feed that has told nothing yet
 */
WdServerFeed *
wd_server_feed_new (WdServerRequest *request, WdServerFeedFunc ended, gpointer data)
{
  WdServerFeed *self = g_new0 (WdServerFeed, 1);

  self->request = wd_server_request_ref (request);
  self->ended = ended;
  self->data = data;
  /* A proxy that collects before it passes on would make the news old. */
  wd_server_request_header (request, "X-Accel-Buffering", "no");
  wd_server_request_begin_feed (request, "text/event-stream; charset=utf-8");
  if (get_client (self) != NULL)
    wd_server_client_hold (get_client (self), HELD);
  g_signal_connect_swapped (request->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), self);
  g_signal_connect_swapped (request->message, "finished", G_CALLBACK (finished_cb), self);
  return self;
}

/**
 * wd_server_feed_free:
 * @self: (transfer full): a feed that has ended
 */
void
wd_server_feed_free (WdServerFeed *self)
{
  g_signal_handlers_disconnect_by_data (self->request->message, self);
  wd_server_request_unref (self->request);
  g_clear_pointer (&self->live, wd_live_unref);
  g_free (self->id);
  g_free (self);
}

/**
 * wd_server_feed_get_token:
 * @self: a feed
 *
 * Returns: (transfer none): whose it is
 */
WdApiToken *
wd_server_feed_get_token (WdServerFeed *self)
{
  return self->request->token;
}

/**
 * wd_server_feed_is_gone:
 * @self: a feed
 *
 * Returns: whether its client has closed the connection; it is cut off then
 */
gboolean
wd_server_feed_is_gone (WdServerFeed *self)
{
  WdServerClient *client = get_client (self);

  return client == NULL || wd_server_client_cut_if_gone (client);
}

static void
set_id (WdServerFeed *self, const char *id)
{
  g_free (self->id);
  self->id = g_strdup (id);
}

/**
 * wd_server_feed_tell_resync:
 * @self: a feed
 * @id: where it is now
 *
 * Tells that whatever the client knows may be old.
 */
void
wd_server_feed_tell_resync (WdServerFeed *self, const char *id)
{
  set_id (self, id);
  self->resync = TRUE;
  tell (self);
}

/**
 * wd_server_feed_tell_changes:
 * @self: a feed
 * @changes: #WdChange flags
 * @id: where it is now
 */
void
wd_server_feed_tell_changes (WdServerFeed *self, guint changes, const char *id)
{
  set_id (self, id);
  self->changes |= changes;
  tell (self);
}

/**
 * wd_server_feed_tell_live:
 * @self: a feed
 * @live: which stores are heard
 */
void
wd_server_feed_tell_live (WdServerFeed *self, WdLive *live)
{
  g_clear_pointer (&self->live, wd_live_unref);
  self->live = wd_live_ref (live);
  tell (self);
}

/**
 * wd_server_feed_beat:
 * @self: a feed
 *
 * Lets the client know that there is nothing to tell, and finds out whether it is still there.
 */
void
wd_server_feed_beat (WdServerFeed *self)
{
  self->beats = TRUE;
  tell (self);
}

/**
 * wd_server_feed_end:
 * @self: a feed
 *
 * Its answer ends, after what is on its way.
 */
void
wd_server_feed_end (WdServerFeed *self)
{
  if (self->ending)
    return;
  self->ending = TRUE;
  tell (self);
}
