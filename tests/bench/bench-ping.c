/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What another client of Redis feels: bench-ping SOCKET sends a PING each millisecond until its
 * standard input ends, then prints how many microseconds each answer took. */

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAUSE_US 1000

static gboolean
input_ended (void)
{
  struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
  char byte;

  return poll (&input, 1, 0) > 0 && read (STDIN_FILENO, &byte, 1) <= 0;
}

/* Returns: microseconds, or -1 when the server is gone */
static gint64
ping (GSocket *socket)
{
  static const char question[] = "PING\r\n", expected[] = "+PONG\r\n";
  char answer[sizeof expected] = "";
  gint64 before = g_get_monotonic_time ();

  if (g_socket_send (socket, question, strlen (question), NULL, NULL) < 0)
    return -1;
  for (gsize n = 0; n < strlen (expected);)
    {
      gssize got = g_socket_receive (socket, answer + n, strlen (expected) - n, NULL, NULL);

      if (got <= 0)
        return -1;
      n += got;
    }
  return strcmp (answer, expected) == 0 ? g_get_monotonic_time () - before : -1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GSocketAddress) address = argc == 2 ? g_unix_socket_address_new (argv[1]) : NULL;
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (address == NULL || socket == NULL || !g_socket_connect (socket, address, NULL, NULL))
    return 2;
  puts ("ready");
  fflush (stdout);
  while (!input_ended ())
    {
      gint64 time = ping (socket);

      if (time < 0)
        return 1;
      g_array_append_val (times, time);
      g_usleep (PAUSE_US);
    }
  for (guint i = 0; i < times->len; i++)
    printf ("%s%" G_GINT64_FORMAT, i == 0 ? "[" : ",", g_array_index (times, gint64, i));
  puts (times->len == 0 ? "[]" : "]");
  return 0;
}
