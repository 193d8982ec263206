/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service is asked, read; and what it makes of it without asking anybody. */

#include <string.h>

#include "base/wd-error.h"
#include "model/wd-api-token.h"
#include "server/wd-server-address.h"
#include "server/wd-server-fault.h"
#include "server/wd-server-limits.h"
#include "server/wd-server-options.h"
#include "server/wd-server-query.h"
#include "server/wd-server-route.h"
#include "wire/wd-wire-body.h"
#include "wire/wd-wire-bulk-order.h"
#include "wire/wd-wire-order.h"

static void
test_members (void)
{
  static const struct {
    const char *json;
    const char *problem;   /* (nullable) */
  } cases[] = {
    { "{}", NULL },
    { " { \"a\" : 1 , \"b\" : [ { } ] } ", NULL },
    { "{\"a\":\"}\\\"{\"}", NULL },
    { "", "not valid" },
    { "[]", "not an object" },
    { "{\"a\":1}x", "not valid" },
    { "{\"a\":1,}", "not valid" },
    { "{\"a\":[[[[]]]]}", "too deeply" },
    { "[[[[[[[[[[", "too deeply" },
    { "{\"[[[[[[[\":1}", NULL },
    { "{\"a\":1,\"a\":1}", "a is there twice" },
    { "{\"a\":1,\"\\u0061\":1}", "a is there twice" },
    { "{\"a\":\"\xff\"}", "not UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) members = wd_wire_body_parse (cases[i].json,
                                                              strlen (cases[i].json), 4, &error);

      g_test_message ("%s", cases[i].json);
      g_assert_true ((members != NULL) == (cases[i].problem == NULL));
      if (cases[i].problem != NULL)
        g_assert_nonnull (strstr (error->message, cases[i].problem));
    }
}

static const char *const sound_orders[] = {
  "{\"wallet_address\": \"W\\u00e9\", \"user_id\": null, \"priority\": 10, "
  "\"flags\": {\"needs_gas\": true}, \"job_id\": \"8f14e45f-ceea-467f-a1b2-3c4d5e6f7a8b\"}",
  "{\"operation\": \"retry\", \"reset_retry_count\": true, \"job_ids\": [\"a\", \"b\\\"\", "
  "\"8f14e45f-ceea-467f-a1b2-3c4d5e6f7a8b\"]}",
  "{\"operation\": \"retry\", \"jobs\": {\"job_type\": \"sync\", \"from_date\": \"2026-01-31\"}}",
  "{\"operation\": \"dispatch\", \"job_type\": \"sync\", \"priority\": 5, \"force\": false, "
  "\"wallets\": {\"needs_gas\": true, \"min_balance\": 1.5, \"search\": \"\\u0041\"}}",
  "{\"operation\": \"set-flags\", \"flags\": {\"needs_gas\": false}, "
  "\"wallet_addresses\": [\"W\"]}",
  "{\"confirm\": 12}",
};

/* Changes, doubles, takes out and cuts off. */
static void
spoil (GString *json)
{
  static const char pieces[] = "{}[]\",:\\u0x19eEtfn-+. \n\x80\xc3\xff";

  for (int changes = g_test_rand_int_range (1, 5); changes > 0 && json->len > 1; changes--)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (int) json->len);
      gsize length = (gsize) g_test_rand_int_range (0, (int) (json->len - at));
      g_autofree char *part = g_strndup (json->str + at, MIN (length, 12));

      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          g_string_insert (json, (gssize) at, part);
          break;
        case 1:
          g_string_erase (json, (gssize) at, (gssize) strlen (part));
          break;
        default:
          json->str[at] = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
        }
    }
  if (g_test_rand_int_range (0, 4) == 0)
    g_string_truncate (json, (gsize) g_test_rand_int_range (0, (int) json->len));
}

/* Whatever is made of a sound order is refused or read, and never read beyond; and what bulk work
 * is read for says whom it is for in one way. */
static void
test_random_orders (void)
{
  typedef gboolean (*ReadFunc) (WdWireOrder *order, const char *json, gsize length,
                                GError **error);
  static const ReadFunc readers[] = { wd_wire_order_read_dispatch, wd_wire_order_read_retry,
                                      wd_wire_order_read_flags, wd_wire_bulk_order_read,
                                      wd_wire_bulk_order_read_go };
  guint n_read = 0, n_refused = 0;

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) json = g_string_new (sound_orders[round % G_N_ELEMENTS (sound_orders)]);
      g_autofree char *body = NULL;

      spoil (json);
      body = g_strndup (json->str, json->len);
      for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
        {
          g_autoptr (WdWireOrder) order = wd_wire_order_new ();
          g_autoptr (GError) error = NULL;
          gboolean read = readers[i](order, body, json->len, &error);

          g_assert_true (read == (error == NULL));
          if (read && readers[i] == wd_wire_bulk_order_read)
            g_assert_true ((order->filter != NULL) != (order->bulk->subjects != NULL));
          if (i >= 3)
            n_read += read;
          n_refused += !read;
        }
    }
  /* Neither all nor none. */
  g_assert_cmpuint (n_read, >, 500);
  g_assert_cmpuint (n_refused, >, 50000);
}

/* A query is read or refused; what is read is UTF-8. */
static void
test_random_queries (void)
{
  static const char pieces[] = "%&=+09afAF\xc3\xa9 \x01" "limit";

  for (guint round = 0; round < 20000; round++)
    {
      char text[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (GError) error = NULL;
      g_autoptr (WdServerQuery) query = NULL;
      gint64 limit = 50;

      for (gsize i = 0; i < length; i++)
        text[i] = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
      memcpy (text, "limit=", MIN (length, strlen ("limit=")));
      text[length] = '\0';
      query = wd_server_query_parse (text, &error);
      g_assert_true ((query != NULL) == (error == NULL));
      if (query == NULL)
        continue;
      if (wd_server_query_get (query, "limit") != NULL)
        g_assert_true (g_utf8_validate (wd_server_query_get (query, "limit"), -1, NULL));
      if (!wd_server_query_get_int (query, "limit", 1, &limit, &error))
        g_assert_cmpstr (wd_server_query_get_field (query), ==, "limit");
    }
}

static void
test_query (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WdServerQuery) query
      = wd_server_query_parse ("a=1+2&b=%C3%A9&c=&&d&limit=7&t=2026-01-02T03:04:05+00:00", &error);
  gint64 limit = 50, other = 9;
  WdTime time = WD_TIME_NONE;

  g_assert_no_error (error);
  g_assert_cmpstr (wd_server_query_get (query, "a"), ==, "1 2");
  g_assert_cmpstr (wd_server_query_get (query, "b"), ==, "é");
  g_assert_null (wd_server_query_get (query, "c"));
  g_assert_null (wd_server_query_get (query, "d"));
  g_assert_null (wd_server_query_get (query, "e"));
  g_assert_true (wd_server_query_get_int (query, "limit", 1, &limit, &error));
  g_assert_cmpint (limit, ==, 7);
  g_assert_true (wd_server_query_get_int (query, "other", 1, &other, &error));
  g_assert_cmpint (other, ==, 9);
  g_assert_false (wd_server_query_get_int (query, "limit", 8, &limit, &error));
  g_assert_cmpstr (wd_server_query_get_field (query), ==, "limit");
  g_clear_error (&error);
  g_assert_true (wd_server_query_get_time (query, "t", &time, &error));
  g_assert_cmpint (time, ==, G_GINT64_CONSTANT (1767323045) * G_USEC_PER_SEC);
  g_assert_false (wd_server_query_get_time (query, "a", &time, &error));
}

static void
test_limits (void)
{
  g_autoptr (WdServerLimits) limits = wd_server_limits_new (2, 3);
  gint64 now = g_get_monotonic_time ();
  guint wait = 0;

  for (guint i = 0; i < 3; i++)
    g_assert_true (wd_server_limits_take (limits, "a", now, &wait));
  g_assert_false (wd_server_limits_take (limits, "a", now, &wait));
  g_assert_cmpuint (wait, ==, 1);
  g_assert_true (wd_server_limits_take (limits, "b", now, &wait));
  g_assert_true (wd_server_limits_take (limits, "a", now + G_USEC_PER_SEC / 2, &wait));
  g_assert_false (wd_server_limits_take (limits, "a", now + G_USEC_PER_SEC / 2, &wait));
  /* However many come, memory is bounded; and they are still heard. */
  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *who = g_strdup_printf ("%u", i);

      g_assert_true (wd_server_limits_take (limits, who, now, &wait));
    }
}

static void
test_addresses (void)
{
  static const struct {
    const char *text;
    const char *plain;     /* (nullable): none for what is no address */
    gboolean is_private;
  } cases[] = {
    { "127.0.0.1:8080", "127.0.0.1:8080", TRUE }, { "localhost:1", "127.0.0.1:1", TRUE },
    { "[::1]:80", "[::1]:80", TRUE },             { "0.0.0.0:80", "0.0.0.0:80", FALSE },
    { "[::]:80", "[::]:80", FALSE },              { "192.0.2.1:80", "192.0.2.1:80", FALSE },
    { "unix:/run/x", "unix:/run/x", TRUE },       { "unix:x", NULL, FALSE },
    { "unix:", NULL, FALSE },                     { "8080", NULL, FALSE },
    { ":8080", NULL, FALSE },                     { "127.0.0.1:", NULL, FALSE },
    { "127.0.0.1:65536", NULL, FALSE },           { "example.org:80", NULL, FALSE },
    { "", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketAddress) address = wd_server_address_parse (cases[i].text, NULL);
      g_autofree char *plain = address != NULL ? wd_server_address_to_text (address) : NULL;

      g_assert_cmpstr (plain, ==, cases[i].plain);
      if (address != NULL)
        g_assert_true (wd_server_address_is_private (address) == cases[i].is_private);
    }
}

static void
test_routes (void)
{
  static const struct {
    const char *path;
    const char *pattern;   /* (nullable) */
    const char *word;      /* (nullable) */
  } cases[] = {
    { "/api/jobs/retry", "/api/jobs/retry", NULL },
    { "/api/jobs/x", "/api/jobs/{id}", "x" },
    { "/api/jobs/x/y", NULL, NULL },
    { "/api/jobs/", NULL, NULL },
    { "/api/jobs/list/", NULL, NULL },
    { "/api/bulk/x/run", "/api/bulk/{id}/run", "x" },
    { "/api/bulk/x/run/", NULL, NULL },
    { "/api/bulk//run", NULL, NULL },
    { "/api/queues", "/api/queues", NULL },
    { "/api/queues/a%2Fb/pause", "/api/queues/{queue}/pause", "a%2Fb" },
    { "/api/queues/a/resume", "/api/queues/{queue}/resume", "a" },
    { "/api/queues//pause", NULL, NULL },
    { "/api/queues/a/pause/", NULL, NULL },
    { "/api/queues/a/b/pause", NULL, NULL },
    { "/api/queues/a/pausen", NULL, NULL },
    { "/api/queues/a", NULL, NULL },
    { "/api/queues/{queue}/pause", "/api/queues/{queue}/pause", "{queue}" },
    { "", NULL, NULL },
    { "/", NULL, NULL },
  };
  g_autofree char *word = NULL;
  const WdServerRoute *bulk = wd_server_route_find ("/api/bulk", &word);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = NULL;
      const WdServerRoute *route = wd_server_route_find (cases[i].path, &found);

      g_assert_cmpstr (route != NULL ? route->path : NULL, ==, cases[i].pattern);
      g_assert_cmpstr (found, ==, cases[i].word);
    }
  g_assert_true (wd_server_route_choose (bulk, "POST")->writes);
  g_assert_false (wd_server_route_choose (bulk, "HEAD")->writes);
  g_assert_null (wd_server_route_choose (bulk, "PUT"));
  g_assert_cmpstr (wd_server_route_get_methods (bulk), ==, "GET, HEAD, POST");
}

static void
test_faults (void)
{
  g_autoptr (GError) own = g_error_new (WD_ERROR, WD_ERROR_DUPLICATE, "twice");
  g_autoptr (GError) server = g_error_new (WD_ERROR, WD_ERROR_DUPLICATE,
                                           "PostgreSQL db.internal: duplicate key");
  g_autoptr (GError) lost = g_error_new (WD_ERROR, WD_ERROR_NO_CONNECTION, "db.internal is down");

  g_assert_cmpstr (wd_server_fault_describe (own).message, ==, "twice");
  g_assert_cmpuint (wd_server_fault_describe (own).status, ==, 409);
  g_assert_null (strstr (wd_server_fault_describe (server).message, "internal"));
  g_assert_null (strstr (wd_server_fault_describe (lost).message, "internal"));
  g_assert_cmpuint (wd_server_fault_describe (lost).status, ==, 503);
}

static void
test_record_option (void)
{
  static const struct {
    const char *arguments;
    gboolean record;
    const char *queues;    /* (nullable) */
  } cases[] = {
    { "server", FALSE, NULL },
    { "server --record", TRUE, NULL },
    { "server --record --lanes 3", TRUE, NULL },
    { "server --record=a --record=b", TRUE, "a b" },
    { "server --record --record=b", TRUE, "b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = g_strsplit (cases[i].arguments, " ", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (WdServerOptions) options
        = wd_server_options_parse ((int) g_strv_length (words), words, &error);
      g_autofree char *queues = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (options->record, ==, cases[i].record);
      if (options->record_queues != NULL)
        queues = g_strjoinv (" ", options->record_queues);
      g_assert_cmpstr (queues, ==, cases[i].queues);
    }
}

static void
test_tokens (void)
{
  guint8 hash[WD_API_HASH_SIZE], again[WD_API_HASH_SIZE];
  g_autofree char *one = wd_api_secret_make (NULL);
  g_autofree char *other = wd_api_secret_make (NULL);
  g_autofree char *text = NULL;

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpuint (strlen (one), ==, strlen ("wdt_") + 43);
  wd_api_secret_hash ("abc", 3, hash);
  text = wd_api_hash_to_text (hash);
  g_assert_cmpstr (text, ==,
                   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (wd_api_hash_from_text (text, again));
  g_assert_true (wd_api_hash_equal (hash, again));
  again[31] ^= 1;
  g_assert_false (wd_api_hash_equal (hash, again));
  g_assert_false (wd_api_hash_from_text ("ba78", again));
  text[5] = 'x';
  g_assert_false (wd_api_hash_from_text (text, again));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/members", test_members);
  g_test_add_func ("/server/random-orders", test_random_orders);
  g_test_add_func ("/server/random-queries", test_random_queries);
  g_test_add_func ("/server/query", test_query);
  g_test_add_func ("/server/limits", test_limits);
  g_test_add_func ("/server/addresses", test_addresses);
  g_test_add_func ("/server/routes", test_routes);
  g_test_add_func ("/server/faults", test_faults);
  g_test_add_func ("/server/record-option", test_record_option);
  g_test_add_func ("/server/tokens", test_tokens);
  return g_test_run ();
}
