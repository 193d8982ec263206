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

/* Whatever is made of a sound order is refused or read, and never read beyond. */
static void
test_random_orders (void)
{
  static const char sound[] = "{\"wallet_address\": \"W\\u00e9\", \"user_id\": null, "
                              "\"priority\": 10, \"flags\": {\"needs_gas\": true}, "
                              "\"job_id\": \"8f14e45f-ceea-467f-a1b2-3c4d5e6f7a8b\"}";
  static const char pieces[] = "{}[]\",:\\u0x19eEtfn-+. \n\x80\xc3\xff";

  for (guint round = 0; round < 20000; round++)
    {
      gsize length = sizeof sound - 1;
      g_autofree char *json = g_strdup (sound);

      for (int changes = g_test_rand_int_range (1, 5); changes > 0; changes--)
        json[g_test_rand_int_range (0, (int) length)]
          = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
      if (g_test_rand_bit ())
        length = (gsize) g_test_rand_int_range (0, (int) length);
      json[length] = '\0';
      for (guint i = 0; i < 3; i++)
        {
          g_autoptr (WdWireOrder) order = wd_wire_order_new ();
          g_autoptr (GError) error = NULL;
          gboolean read = i == 0 ? wd_wire_order_read_dispatch (order, json, length, &error)
                          : i == 1 ? wd_wire_order_read_retry (order, json, length, &error)
                                   : wd_wire_order_read_flags (order, json, length, &error);

          g_assert_true (read == (error == NULL));
        }
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
  const char *word;

  g_assert_true (wd_server_route_find ("/api/jobs/retry", &word)->writes);
  g_assert_null (word);
  g_assert_cmpstr (wd_server_route_find ("/api/jobs/x", &word)->path, ==, "/api/jobs/");
  g_assert_cmpstr (word, ==, "x");
  g_assert_null (wd_server_route_find ("/api/jobs/x/y", &word));
  g_assert_null (wd_server_route_find ("/api/jobs/list/", &word));
  g_assert_null (wd_server_route_find ("", &word));
  g_assert_null (wd_server_route_find ("/", &word));
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
  g_test_add_func ("/server/query", test_query);
  g_test_add_func ("/server/limits", test_limits);
  g_test_add_func ("/server/addresses", test_addresses);
  g_test_add_func ("/server/routes", test_routes);
  g_test_add_func ("/server/faults", test_faults);
  g_test_add_func ("/server/record-option", test_record_option);
  g_test_add_func ("/server/tokens", test_tokens);
  return g_test_run ();
}
