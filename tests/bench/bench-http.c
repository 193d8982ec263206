/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What clients of an HTTP server get: bench-http PORT CONNECTIONS SECONDS TOKEN METHOD reads lines
 * of path, tab, body from standard input and asks them one after another on so many connections at
 * once, round and round, unless METHOD is POST: then each once. Prints how many answers came, how
 * many were not 200, the seconds it took, and the 50th and 99th percentile of an answer in
 * microseconds. */

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

typedef struct {
  int fd;
  GString *in;
  gint64 asked_at;   /* monotonic; 0 while nothing is asked */
} Link;

static GPtrArray *questions;
static guint next_question;
static GArray *times;
static guint n_bad;

static int
connect_to (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM, 0), on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      perror ("connect");
      exit (1);
    }
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

static void
ask (Link *link, gboolean once)
{
  const char *text;
  gsize length;

  if (once && next_question >= questions->len)
    return;
  text = questions->pdata[next_question++ % questions->len];
  length = strlen (text);
  link->asked_at = g_get_monotonic_time ();
  if (write (link->fd, text, length) != (gssize) length)
    exit (1);
}

/* Returns: whether a whole answer is there */
static gboolean
take (Link *link)
{
  const char *end = strstr (link->in->str, "\r\n\r\n");
  const char *length = end != NULL ? strstr (link->in->str, "ontent-") : NULL;
  gsize whole;
  gint64 microseconds;

  while (length != NULL && g_ascii_strncasecmp (length, "ontent-length:", 14) != 0)
    length = strstr (length + 1, "ontent-");
  if (length == NULL || length > end)
    return FALSE;
  whole = (gsize) (end + 4 - link->in->str) + strtoul (length + 14, NULL, 10);
  if (link->in->len < whole)
    return FALSE;
  n_bad += strncmp (link->in->str, "HTTP/1.1 200", 12) != 0;
  microseconds = g_get_monotonic_time () - link->asked_at;
  g_array_append_val (times, microseconds);
  g_string_erase (link->in, 0, (gssize) whole);
  link->asked_at = 0;
  return TRUE;
}

static void
read_questions (const char *method, const char *token)
{
  char *line = NULL;
  size_t size = 0;

  questions = g_ptr_array_new_with_free_func (g_free);
  while (getline (&line, &size, stdin) > 0)
    {
      g_auto (GStrv) parts = g_strsplit (g_strchomp (line), "\t", 2);
      const char *body = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";

      g_ptr_array_add (questions,
                       g_strdup_printf ("%s %s HTTP/1.1\r\nHost: localhost\r\n"
                                        "Authorization: Bearer %s\r\n"
                                        "Content-Type: application/json\r\n"
                                        "Content-Length: %zu\r\n\r\n%s", method, parts[0], token,
                                        strlen (body), body));
    }
  free (line);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static void
run (Link *links, guint n, gint64 until, gboolean once)
{
  g_autofree struct pollfd *polled = g_new0 (struct pollfd, n);
  guint waiting = n;

  for (guint i = 0; i < n; i++)
    ask (&links[i], once);
  while (waiting > 0)
    {
      for (guint i = 0; i < n; i++)
        polled[i] = (struct pollfd) { links[i].asked_at != 0 ? links[i].fd : -1, POLLIN, 0 };
      poll (polled, n, 1000);
      for (guint i = 0; i < n; i++)
        {
          char buffer[65536];
          gssize got;

          if (!(polled[i].revents & (POLLIN | POLLHUP)))
            continue;
          got = read (links[i].fd, buffer, sizeof buffer);
          if (got <= 0)
            exit (1);
          g_string_append_len (links[i].in, buffer, got);
          if (take (&links[i]) && g_get_monotonic_time () < until)
            ask (&links[i], once);
        }
      waiting = 0;
      for (guint i = 0; i < n; i++)
        waiting += links[i].asked_at != 0;
    }
}

int
main (int argc, char **argv)
{
  guint n = (guint) atoi (argv[2]);
  g_autofree Link *links = g_new0 (Link, n);
  gint64 began, took;

  read_questions (argv[5], argv[4]);
  times = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < n; i++)
    links[i] = (Link) { connect_to ((guint16) atoi (argv[1])), g_string_new (NULL), 0 };
  began = g_get_monotonic_time ();
  run (links, n, began + (gint64) (atof (argv[3]) * G_USEC_PER_SEC), strcmp (argv[5], "POST") == 0);
  took = g_get_monotonic_time () - began;
  g_array_sort (times, compare);
  printf ("%u %u %.6f %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", times->len, n_bad,
          (double) took / G_USEC_PER_SEC, g_array_index (times, gint64, times->len / 2),
          g_array_index (times, gint64, times->len * 99 / 100));
  return 0;
}
