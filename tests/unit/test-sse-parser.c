/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Events out of bytes, however they are cut; and whatever comes. */

#include <locale.h>
#include <string.h>

#include "base/wd-error.h"
#include "rest/wd-sse-parser.h"
#include "wire/wd-wire-event.h"
#include "wire/wd-wire-offers.h"
#include "wire/wd-wire-rest-queue.h"

#define N_STREAMS 3000

static gboolean
note_cb (const char *name, const char *data, gsize length, gpointer user_data, GError **error)
{
  g_assert_cmpuint (strlen (data), <=, length);
  g_assert_cmpuint (length, <=, WD_SSE_DATA_MAX);
  g_string_append_printf (user_data, "[%s|%s]", name, data);
  return TRUE;
}

/* Returns: (transfer full): what was told, and the last id behind it; pieces of @step bytes */
static char *
parse (const char *text, gsize length, gsize step)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (WdSseParser) parser = wd_sse_parser_new (note_cb, told);
  g_autoptr (GError) error = NULL;
  gboolean wanted = TRUE;

  for (gsize at = 0; at < length && wanted; at += step)
    wanted = wd_sse_parser_feed (parser, (const guint8 *) text + at, MIN (step, length - at),
                                 &error);
  g_assert_true (wanted == (error == NULL));
  g_string_append_printf (told, "%s%s", error != NULL ? "!" : "#",
                          error == NULL && wd_sse_parser_get_last_id (parser) != NULL
                            ? wd_sse_parser_get_last_id (parser) : "");
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
test_events (void)
{
  static const struct {
    const char *text;
    const char *told;
  } cases[] = {
    { "", "#" },
    { "data: a\n\n", "[message|a]#" },
    { "data: a\n", "#" },
    { "event: changed\nid: 7\ndata: {}\n\n", "[changed|{}]#7" },
    { "data:a\ndata: b\ndata\n\n", "[message|a\nb\n]#" },
    { "data:  a\n\n", "[message| a]#" },
    { ": nothing\n\n:\n\ndata: a\n\n", "[message|a]#" },
    { "data: a\r\n\r\ndata: b\r\rdata: c\n\n", "[message|a][message|b][message|c]#" },
    { "\xef\xbb\xbf" "data: a\n\n", "[message|a]#" },
    { "event: x\n\ndata: a\n\n", "[message|a]#" },
    { "id: 1\n\nid: 2\ndata: a\n", "#1" },
    { "id: 1\ndata: a\n\nid\ndata: b\n\n", "[message|a][message|b]#" },
    { "retry: 10\nother: a\nData: a\ndata: b\n\n", "[message|b]#" },
    { "data: a: b\n\n", "[message|a: b]#" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize step = 1; step < 40; step += 3)
      {
        g_autofree char *told = parse (cases[i].text, strlen (cases[i].text), step);

        g_assert_cmpstr (told, ==, cases[i].told);
      }
}

static void
test_bounds (void)
{
  g_autoptr (GString) line = g_string_new ("data: ");
  g_autoptr (GString) event = g_string_new (NULL);
  g_autofree char *whole = NULL, *longer = NULL, *many = NULL;

  while (line->len < WD_SSE_LINE_MAX)
    g_string_append_c (line, 'x');
  g_string_append (event, line->str);
  g_string_append (event, "\n\n");
  whole = parse (event->str, event->len, 1000);
  g_assert_true (g_str_has_suffix (whole, "x]#"));
  g_string_append_c (line, 'x');
  longer = parse (line->str, line->len, 1000);
  g_assert_cmpstr (longer, ==, "!");
  g_string_truncate (event, event->len - 1);
  for (guint i = 0; i < 3; i++)
    g_string_append_len (event, event->str, WD_SSE_LINE_MAX + 1);
  g_string_append (event, "data: and this is too much\n");
  many = parse (event->str, event->len, 1000);
  g_assert_cmpstr (many, ==, "!");
}

/* Bytes of any kind tell the same however they are cut. */
static void
test_anything (void)
{
  static const char *const words[] = { "data", "event", "id", ":", ": ", "\n", "\r", "\r\n", "\n\n",
                                       "{\"changed\":[\"jobs\"]}", "x", "\xff", "\xef\xbb\xbf" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint i = 0; i < N_STREAMS; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *whole = NULL;
      g_autofree char *cut = NULL;

      for (guint n = (guint) g_rand_int_range (rand, 0, 60); n > 0; n--)
        if (g_rand_int_range (rand, 0, 20) == 0)
          g_string_append_c (text, (char) g_rand_int_range (rand, 0, 256));
        else
          g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      whole = parse (text->str, text->len, MAX (text->len, 1));
      cut = parse (text->str, text->len, (gsize) g_rand_int_range (rand, 1, 7));
      g_assert_cmpstr (whole, ==, cut);
    }
}

static void
test_another_stream (void)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (WdSseParser) parser = wd_sse_parser_new (note_cb, told);
  const char *first = "id: 1\ndata: a\n\nid: 2\nevent: b\ndata: b";
  const char *second = "\n\ndata: c\n\n";

  g_assert_true (wd_sse_parser_feed (parser, (const guint8 *) first, strlen (first), NULL));
  wd_sse_parser_begin (parser);
  g_assert_cmpstr (wd_sse_parser_get_last_id (parser), ==, "1");
  g_assert_true (wd_sse_parser_feed (parser, (const guint8 *) second, strlen (second), NULL));
  g_assert_cmpstr (told->str, ==, "[message|a][message|c]");
  g_assert_cmpstr (wd_sse_parser_get_last_id (parser), ==, "1");
}

static void
test_documents (void)
{
  static const struct {
    const char *text;
    int changes;   /* -1: refused */
  } changes[] = {
    { "{\"changed\":[]}", 0 },
    { "{\"changed\":[\"wallets\"]}", WD_CHANGE_ROWS },
    { "{\"changed\":[\"jobs\",\"queues\"],\"x\":1}", WD_CHANGE_ROWS | WD_CHANGE_QUEUES },
    { "{\"changed\":[\"alerts\"]}", WD_CHANGE_ROWS | WD_CHANGE_QUEUES },
    { "{\"changed\":[1]}", -1 },
    { "{\"changed\":\"jobs\"}", -1 },
    { "{}", -1 },
    { "x", -1 },
  };
  WdLiveState states[WD_N_LIVE_SOURCES];
  const char *live = "{\"database\":\"lost\",\"queues\":\"none\"}";
  g_autofree char *offers = wd_wire_offers_to_text (WD_OFFER_CURSOR | WD_OFFER_PAUSE);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      guint read;
      gboolean good = wd_wire_read_changes (changes[i].text, strlen (changes[i].text), &read,
                                            &error);

      g_assert_true (good == (error == NULL));
      g_assert_cmpint (good ? (int) read : -1, ==, changes[i].changes);
    }
  g_assert_true (wd_wire_read_live (live, strlen (live), states, NULL));
  g_assert_cmpint (states[WD_LIVE_DATABASE], ==, WD_LIVE_SILENT);
  g_assert_cmpint (states[WD_LIVE_QUEUES], ==, WD_LIVE_OFF);
  g_assert_false (wd_wire_read_live ("{}", 2, states, NULL));
  g_assert_cmpstr (offers, ==, "cursor, pause");
  g_assert_cmpint (wd_wire_offers_from_text (offers), ==, WD_OFFER_CURSOR | WD_OFFER_PAUSE);
  g_assert_cmpint (wd_wire_offers_from_text (" events ,x,, queues"), ==,
                   WD_OFFER_EVENTS | WD_OFFER_QUEUES);
  g_assert_cmpint (wd_wire_offers_from_text (NULL), ==, 0);
}

/* A document with a few bytes changed is read or refused. */
static void
test_mutated_queues (void)
{
  g_autoptr (GPtrArray) queues =
    g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_counts_unref);
  WdQueueCounts *queue = wd_queue_counts_new ();
  WdQueueWorker *worker = g_new0 (WdQueueWorker, 1);
  WdJsonWriter *writer = wd_json_writer_new ();
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (19);
  guint n_read = 0;

  g_ptr_array_add (queues, queue);
  queue->queue = g_strdup ("gas-topup");
  queue->waiting = 3;
  queue->workers = 1;
  queue->schedulers = -1;
  queue->limits.concurrency = 4;
  queue->oldest_waiting = (WdTime) 1700000000 * G_USEC_PER_SEC;
  queue->limited_until = WD_TIME_NONE;
  queue->layout = g_strdup ("it is of BullMQ 3");
  queue->paused = TRUE;
  queue->has_signs = TRUE;
  queue->overdue = 5;
  worker->name = g_strdup ("a");
  worker->address = g_strdup ("10.0.0.1");
  queue->connected = g_ptr_array_new_with_free_func ((GDestroyNotify) wd_queue_worker_free);
  g_ptr_array_add (queue->connected, worker);
  wd_json_writer_begin_object (writer);
  wd_wire_rest_queues_members (writer, queues);
  wd_json_writer_end_object (writer);
  text = wd_json_writer_finish (writer);
  g_assert_null (strstr (text, "10.0.0.1"));
  read = wd_wire_read_queues (text, strlen (text), NULL);
  g_assert_nonnull (read);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->waiting, ==, 3);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->schedulers, ==, -1);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->limits.concurrency, ==, 4);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->oldest_waiting, ==, queue->oldest_waiting);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->limited_until, ==, WD_TIME_NONE);
  g_assert_cmpstr (((WdQueueCounts *) read->pdata[0])->layout, ==, queue->layout);
  g_assert_true (((WdQueueCounts *) read->pdata[0])->paused);
  g_assert_true (((WdQueueCounts *) read->pdata[0])->has_signs);
  g_assert_cmpint (((WdQueueCounts *) read->pdata[0])->overdue, ==, 5);
  g_assert_cmpuint (((WdQueueCounts *) read->pdata[0])->connected->len, ==, 1);
  for (guint i = 0; i < N_STREAMS; i++)
    {
      g_autofree char *other = g_strdup (text);
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        other[g_rand_int_range (rand, 0, (int) strlen (text))]
            = "{}[],:\"0x-n"[g_rand_int_range (rand, 0, 11)];
      found = wd_wire_read_queues (other, strlen (other), &error);
      g_assert_true ((found == NULL) == (error != NULL));
      n_read += found != NULL;
    }
  g_assert_cmpuint (n_read, >, 0);
}

/* Older services do not tell of signs; one whose Redis does not tell who is connected says so. */
static void
test_workers_of_queues (void)
{
  static const struct {
    const char *members;
    gboolean has_signs, sees_workers;
  } cases[] = {
    { "", FALSE, TRUE },
    { ",\"signs_of_workers\":true,\"workers_can_be_seen\":true", TRUE, TRUE },
    { ",\"signs_of_workers\":true,\"workers_can_be_seen\":false", TRUE, FALSE },
    { ",\"signs_of_workers\":false,\"workers_can_be_seen\":false", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"queues\":[{\"queue\":\"mail\",\"paused\":false,\"ignores_rate\":false,"
        "\"workers\":[]%s}]}",
        cases[i].members);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) read = wd_wire_read_queues (text, strlen (text), &error);
      const WdQueueCounts *queue;

      g_assert_no_error (error);
      queue = read->pdata[0];
      g_assert_cmpint (queue->has_signs, ==, cases[i].has_signs);
      g_assert_cmpint (queue->connected != NULL, ==, cases[i].sees_workers);
      g_assert_cmpint (queue->workers, ==, -1);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sse/events", test_events);
  g_test_add_func ("/sse/bounds", test_bounds);
  g_test_add_func ("/sse/anything", test_anything);
  g_test_add_func ("/sse/another-stream", test_another_stream);
  g_test_add_func ("/sse/documents", test_documents);
  g_test_add_func ("/sse/mutated-queues", test_mutated_queues);
  g_test_add_func ("/sse/workers-of-queues", test_workers_of_queues);
  return g_test_run ();
}
