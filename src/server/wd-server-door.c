/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where clients come in, and how long each may take.
 *
 * libsoup knows neither how many clients there are nor that one of them sends a byte a minute. So
 * they are accepted here, shake hands here if that is asked for, and are given to libsoup with an
 * address object of their own, by which each of its messages is known again. Who misses a
 * deadline (wd-server-client.h) is cut off.
 *
 * libsoup keeps a connection open for a next request only while it listens itself: it is given a
 * socket that nobody can reach. */

#include "server/wd-server-door.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "server/wd-server-address.h"
#include "server/wd-server-client.h"
#include "server/wd-server-listener.h"

struct _WdServerDoor {
  GObject parent_instance;

  SoupServer *soup;               /* (owned) */
  GHashTable *clients;            /* (owned) (element-type GSocketAddress WdServerClient) */
  GPtrArray *listeners;           /* (owned) (element-type WdServerListener) */
  GTlsCertificate *certificate;   /* (owned) (nullable) */
  guint max_clients;
  gboolean behind_proxy;          /* all come from one address */
  guint sweep;
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (WdServerDoor, wd_server_door, G_TYPE_OBJECT)

static gboolean
sweep_cb (gpointer data)
{
  WdServerDoor *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer client;

  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, &client))
    if (((WdServerClient *) client)->deadline != 0 && ((WdServerClient *) client)->deadline < now)
      g_ptr_array_add (late, client);
  for (guint i = 0; i < late->len; i++)
    wd_server_client_cut (late->pdata[i]);
  if (g_hash_table_size (self->clients) > 0)
    return G_SOURCE_CONTINUE;
  self->sweep = 0;
  return G_SOURCE_REMOVE;
}

static void
client_closed (gpointer data)
{
  WdServerClient *client = data;

  g_hash_table_remove (WD_SERVER_DOOR (client->door)->clients, client->address);
}

static void
take_in (WdServerDoor *self, WdServerClient *client, GIOStream *inner)
{
  g_autoptr (GIOStream) stream = wd_server_stream_new (inner, client->socket, client_closed,
                                                       client);
  g_autoptr (GError) error = NULL;

  client->stream = WD_SERVER_STREAM (stream);
  wd_server_client_give (client, WD_CLIENT_HEAD_MS);
  if (!soup_server_accept_iostream (self->soup, stream, client->address, client->address, &error))
    g_io_stream_close (stream, NULL, NULL);
}

static void
shaken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerDoor) self = g_object_ref (WD_SERVER_DOOR (((WdServerClient *) data)->door));
  WdServerClient *client = data;
  g_autoptr (GError) error = NULL;

  if (g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error)
      && !self->closing)
    {
      g_clear_object (&client->shaking);
      take_in (self, client, G_IO_STREAM (source));
      return;
    }
  g_io_stream_close_async (G_IO_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  client_closed (client);
}

static gboolean
shake_hands (WdServerDoor *self, WdServerClient *client, GIOStream *connection)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (connection, self->certificate, NULL);

  if (tls == NULL)
    return FALSE;
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  client->shaking = g_cancellable_new ();
  wd_server_client_give (client, WD_CLIENT_SHAKE_MS);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, client->shaking,
                                    shaken_cb, client);
  return TRUE;
}

/* Half of all is for one address at most, so that nobody shuts the others out by himself. */
static gboolean
is_one_too_many (WdServerDoor *self, const WdServerClient *newcomer)
{
  GHashTableIter iter;
  gpointer data;
  guint n = 0;

  if (g_hash_table_size (self->clients) >= self->max_clients)
    return TRUE;
  if (self->behind_proxy || g_strcmp0 (newcomer->peer, WD_CLIENT_LOCAL) == 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    n += g_strcmp0 (((WdServerClient *) data)->peer, newcomer->peer) == 0;
  return n >= MAX (self->max_clients / 2, 1);
}

static void
welcome (GSocket *socket, gpointer data)
{
  WdServerDoor *self = data;
  g_autoptr (GSocketConnection) connection = NULL;
  WdServerClient *client = wd_server_client_new (socket, self);

  if (is_one_too_many (self, client))
    {
      wd_server_client_turn_away (client, self->certificate == NULL);
      return;
    }
  g_socket_set_blocking (socket, FALSE);
  if (g_socket_get_family (socket) != G_SOCKET_FAMILY_UNIX)
    g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_hash_table_insert (self->clients, client->address, client);
  if (self->sweep == 0)
    self->sweep = g_timeout_add_seconds (1, sweep_cb, self);
  connection = g_socket_connection_factory_create_connection (socket);
  if (self->certificate == NULL)
    take_in (self, client, G_IO_STREAM (connection));
  else if (!shake_hands (self, client, G_IO_STREAM (connection)))
    client_closed (client);
}

static void
got_headers_cb (SoupServerMessage *message, WdServerDoor *self)
{
  WdServerClient *client = wd_server_door_find (self, message);

  if (client == NULL)
    return;
  wd_server_client_give (client, WD_CLIENT_BODY_MS);
  if (client->stream != NULL)
    wd_server_stream_end_head (client->stream);
}

static void
got_body_cb (SoupServerMessage *message, WdServerDoor *self)
{
  WdServerClient *client = wd_server_door_find (self, message);

  if (client != NULL && !client->dismissed)
    client->deadline = 0;
}

static void
started_cb (WdServerDoor *self, SoupServerMessage *message)
{
  WdServerClient *client = wd_server_door_find (self, message);

  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, 0);
  g_signal_connect_object (message, "got-body", G_CALLBACK (got_body_cb), self, 0);
  if (client == NULL)
    return;
  wd_server_client_set_idle (client, FALSE);
  wd_server_client_give (client, WD_CLIENT_HEAD_MS);
}

static void
finished_cb (WdServerDoor *self, SoupServerMessage *message)
{
  WdServerClient *client = wd_server_door_find (self, message);

  if (client == NULL)
    return;
  wd_server_client_set_idle (client, TRUE);
  if (self->closing)
    wd_server_client_cut (client);
  else
    wd_server_client_give (client, WD_CLIENT_IDLE_MS);
}

static void
wd_server_door_dispose (GObject *object)
{
  WdServerDoor *self = WD_SERVER_DOOR (object);

  wd_server_door_close (self);
  g_clear_handle_id (&self->sweep, g_source_remove);
  g_clear_object (&self->soup);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (wd_server_door_parent_class)->dispose (object);
}

static void
wd_server_door_finalize (GObject *object)
{
  WdServerDoor *self = WD_SERVER_DOOR (object);

  g_hash_table_unref (self->clients);
  g_ptr_array_unref (self->listeners);

  G_OBJECT_CLASS (wd_server_door_parent_class)->finalize (object);
}

static void
wd_server_door_class_init (WdServerDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_door_dispose;
  G_OBJECT_CLASS (klass)->finalize = wd_server_door_finalize;
}

static void
wd_server_door_init (WdServerDoor *self)
{
  self->clients = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) wd_server_client_free);
  self->listeners = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_server_listener_free);
}

/* What libsoup believes it listens on. */
static void
give_it_a_listener (SoupServer *soup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = wd_server_address_listen_nowhere (&error);

  if (socket == NULL || !soup_server_listen_socket (soup, socket, 0, &error))
    g_message ("Connections are not kept open: %s", error->message);
}

/**
 * wd_server_door_new:
 * @soup: who answers
 * @max_clients: how many at a time
 * @behind_proxy: whether all come from the address of one that stands in front
 *
 * Returns: (transfer full): a door nobody has found yet
 */
WdServerDoor *
wd_server_door_new (SoupServer *soup, guint max_clients, gboolean behind_proxy)
{
  WdServerDoor *self = g_object_new (WD_TYPE_SERVER_DOOR, NULL);

  self->soup = g_object_ref (soup);
  self->max_clients = max_clients;
  self->behind_proxy = behind_proxy;
  give_it_a_listener (soup);
  g_signal_connect_object (soup, "request-started", G_CALLBACK (started_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (soup, "request-finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * wd_server_door_listen:
 * @self: a door
 * @address: where
 * @error: in #WD_ERROR or of #GIOErrorEnum
 */
gboolean
wd_server_door_listen (WdServerDoor *self, GSocketAddress *address, GError **error)
{
  WdServerListener *listener = wd_server_listener_new (address, welcome, self, error);

  if (listener != NULL)
    g_ptr_array_add (self->listeners, listener);
  return listener != NULL;
}

/**
 * wd_server_door_set_certificate:
 * @self: a door
 * @certificate: what clients that come from now on are shown
 */
void
wd_server_door_set_certificate (WdServerDoor *self, GTlsCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
}

/**
 * wd_server_door_answering:
 * @self: a door
 * @message: that is being answered
 * @size: bytes of the answer
 */
void
wd_server_door_answering (WdServerDoor *self, SoupServerMessage *message, gsize size)
{
  WdServerClient *client = wd_server_door_find (self, message);

  if (client != NULL)
    wd_server_client_give (client, wd_server_client_time_to_take (size));
}

/**
 * wd_server_door_find:
 * @self: a door
 * @message: of a client
 *
 * Returns: (transfer none) (nullable): whose it is; %NULL once that one is gone
 */
WdServerClient *
wd_server_door_find (WdServerDoor *self, SoupServerMessage *message)
{
  return g_hash_table_lookup (self->clients, soup_server_message_get_remote_address (message));
}

/**
 * wd_server_door_cut:
 * @self: a door
 * @message: whose client is not to be heard any further
 */
void
wd_server_door_cut (WdServerDoor *self, SoupServerMessage *message)
{
  WdServerClient *client = wd_server_door_find (self, message);

  if (client != NULL)
    wd_server_client_cut (client);
}

/**
 * wd_server_door_close:
 * @self: a door
 *
 * Nobody comes in any more, and who waits is cut off; who is being answered stays until that is
 * done.
 */
void
wd_server_door_close (WdServerDoor *self)
{
  GHashTableIter iter;
  gpointer data;

  if (self->closing)
    return;
  self->closing = TRUE;
  g_ptr_array_set_size (self->listeners, 0);
  g_hash_table_iter_init (&iter, self->clients);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    if (((WdServerClient *) data)->idle || ((WdServerClient *) data)->shaking != NULL)
      wd_server_client_cut (data);
}

/**
 * wd_server_door_get_n_clients:
 * @self: a door
 *
 * Returns: how many there are
 */
guint
wd_server_door_get_n_clients (WdServerDoor *self)
{
  return g_hash_table_size (self->clients);
}

/**
 * wd_server_door_dup_peer:
 * @self: a door
 * @message: of a client
 *
 * Returns: (transfer full): where it comes from: an address, or %WD_CLIENT_LOCAL
 */
char *
wd_server_door_dup_peer (WdServerDoor *self, SoupServerMessage *message)
{
  const WdServerClient *client = wd_server_door_find (self, message);

  return g_strdup (client != NULL ? client->peer : WD_CLIENT_LOCAL);
}
