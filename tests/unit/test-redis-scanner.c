/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <hiredis/hiredis.h>
#include <string.h>

#include "base/wd-error.h"
#include "redis/wd-resp-scanner.h"

typedef enum { DONE, MORE, REFUSED } Outcome;

typedef struct {
  const char *name;
  const char *bytes;
  gsize n_replies;
  Outcome outcome;
} Case;

static const Case cases[] = {
  { "status", "+OK\r\n", 1, DONE },
  { "empty-status", "+\r\n", 1, DONE },
  { "error", "-ERR no\r\n", 1, DONE },
  { "integer", ":42\r\n", 1, DONE },
  { "integer-negative", ":-9223372036854775808\r\n", 1, DONE },
  { "bulk", "$5\r\nhello\r\n", 1, DONE },
  { "bulk-empty", "$0\r\n\r\n", 1, DONE },
  { "bulk-nil", "$-1\r\n", 1, DONE },
  { "bulk-holds-protocol", "$6\r\n\r\n*1\r\n\r\n", 1, DONE },
  { "array", "*2\r\n$1\r\na\r\n:1\r\n", 1, DONE },
  { "array-empty", "*0\r\n", 1, DONE },
  { "array-nil", "*-1\r\n", 1, DONE },
  { "array-of-arrays", "*2\r\n*0\r\n*2\r\n+a\r\n*-1\r\n", 1, DONE },
  { "array-ends-many", "*1\r\n*1\r\n*1\r\n:1\r\n", 1, DONE },
  { "depth-8", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", 1, DONE },
  { "several", "+OK\r\n:1\r\n*1\r\n$-1\r\n", 3, DONE },
  { "none", "", 0, DONE },

  { "nothing-yet", "", 1, MORE },
  { "half-status", "+OK", 1, MORE },
  { "half-line-end", "+OK\r", 1, MORE },
  { "half-bulk", "$5\r\nhel", 1, MORE },
  { "half-bulk-end", "$5\r\nhello\r", 1, MORE },
  { "half-array", "*3\r\n:1\r\n:2\r\n", 1, MORE },
  { "one-missing", "+OK\r\n", 2, MORE },

  { "surplus", "+OK\r\n+OK\r\n", 1, REFUSED },
  { "surplus-byte", "*1\r\n:1\r\n:", 1, REFUSED },
  { "unasked", "+OK\r\n", 0, REFUSED },
  { "half-an-end-return", "+a\rb\r\n", 1, REFUSED },
  { "half-an-end-newline", "-a\nb\r\n", 1, REFUSED },
  { "double-return", "+a\r\r\n", 1, REFUSED },
  { "http", "HTTP/1.1 400 Bad Request\r\n", 1, REFUSED },
  { "resp3-map", "%1\r\n+a\r\n+b\r\n", 1, REFUSED },
  { "resp3-null", "_\r\n", 1, REFUSED },
  { "integer-empty", ":\r\n", 1, REFUSED },
  { "integer-text", ":1a\r\n", 1, REFUSED },
  { "integer-too-large", ":9223372036854775808\r\n", 1, REFUSED },
  { "bulk-too-large", "$67108865\r\n", 1, REFUSED },
  { "bulk-endless", "$9223372036854775807\r\n", 1, REFUSED },
  { "bulk-overflow", "$18446744073709551616\r\n", 1, REFUSED },
  { "bulk-negative", "$-2\r\n", 1, REFUSED },
  { "bulk-no-number", "$\r\n", 1, REFUSED },
  { "bulk-wrong-end", "$2\r\nabcd", 1, REFUSED },
  { "bulk-wrong-end-half", "$2\r\nab\rx", 1, REFUSED },
  { "array-too-large", "*1000001\r\n", 1, REFUSED },
  { "array-reserves-8-gb", "*1000000000\r\n", 1, REFUSED },
  { "array-negative", "*-5\r\n", 1, REFUSED },
  { "array-padded", "*00000000000000000000000000000000000001\r\n", 1, REFUSED },
  { "depth-9", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", 1, REFUSED },
  { "lists-of-lists", "*4\r\n*1000000\r\n*1000000\r\n*1000000\r\n*1000000\r\n", 1, REFUSED },
};

static Outcome
scan (const Case *c, gsize step)
{
  g_autoptr (GError) error = NULL;
  gsize length = strlen (c->bytes);
  WdRespScanner scanner;

  wd_resp_scanner_init (&scanner, c->n_replies);
  for (gsize i = 0; i < length; i += step)
    if (!wd_resp_scanner_feed (&scanner, c->bytes + i, MIN (step, length - i), &error))
      {
        g_assert_error (error, WD_ERROR, WD_ERROR_PROTOCOL);
        return REFUSED;
      }
  return wd_resp_scanner_is_done (&scanner) ? DONE : MORE;
}

/* What the scanner calls complete has to be what hiredis reads as that many replies. */
static void
check_reader (const Case *c)
{
  redisReader *reader = redisReaderCreate ();
  gsize n = 0;
  void *reply = NULL;

  g_assert_cmpint (redisReaderFeed (reader, c->bytes, strlen (c->bytes)), ==, REDIS_OK);
  while (redisReaderGetReply (reader, &reply) == REDIS_OK && reply != NULL)
    {
      freeReplyObject (reply);
      n++;
    }
  g_assert_cmpint (reader->err, ==, 0);
  g_assert_cmpuint (n, ==, c->n_replies);
  redisReaderFree (reader);
}

static void
test_scan (gconstpointer data)
{
  const Case *c = data;

  for (gsize step = 1; step <= 64; step++)
    g_assert_cmpint (scan (c, step), ==, c->outcome);
  if (c->outcome == DONE)
    check_reader (c);
}

/* Feeds @text until it is refused; returns the bytes that were let through. */
static gsize
feed_endlessly (WdRespScanner *scanner, const char *text)
{
  g_autoptr (GError) error = NULL;
  gsize length = strlen (text), passed = 0;

  while (wd_resp_scanner_feed (scanner, text, length, &error))
    passed += length;
  g_assert_error (error, WD_ERROR, WD_ERROR_PROTOCOL);
  return passed;
}

static void
test_endless_line (void)
{
  WdRespScanner scanner;

  wd_resp_scanner_init (&scanner, 1);
  g_assert_true (wd_resp_scanner_feed (&scanner, "+", 1, NULL));
  g_assert_cmpuint (feed_endlessly (&scanner, "aaaaaaaaaaaaaaaa"), <=, 64 << 10);
}

static void
test_endless_total (void)
{
  g_autofree char *megabyte = g_strnfill (1 << 20, 'a');
  g_autofree char *bulk = g_strdup_printf ("$1048576\r\n%s\r\n", megabyte);
  WdRespScanner scanner;

  wd_resp_scanner_init (&scanner, 1000000);
  g_assert_cmpuint (feed_endlessly (&scanner, bulk), <=, 256 << 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/redis/scanner/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_scan);
    }
  g_test_add_func ("/redis/scanner/endless-line", test_endless_line);
  g_test_add_func ("/redis/scanner/endless-total", test_endless_total);
  return g_test_run ();
}
