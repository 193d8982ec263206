/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-error.h"
#include "redis/wd-redis-address.h"
#include "redis/wd-redis-proxies.h"

typedef struct {
  const char *url;
  const char *described; /* NULL: refused */
  const char *username;
  const char *password;
} Case;

static const Case cases[] = {
  { "redis://localhost", "redis://localhost:6379/0" },
  { "redis://", "redis://localhost:6379/0" },
  { "REDIS://Example.org:7000/3", "redis://Example.org:7000/3" },
  { "redis://10.0.0.1:6380/", "redis://10.0.0.1:6380/0" },
  { "redis://:secret@h", "redis://h:6379/0", NULL, "secret" },
  { "redis://ann:s%40cr%3At%2F%23@h:1/2", "redis://h:1/2", "ann", "s@cr:t/#" },
  { "redis://ann:a:b:c@h", "redis://h:6379/0", "ann", "a:b:c" },
  { "redis://ann:@h", "redis://h:6379/0", "ann", "" },
  { "redis://ann@h", "redis://h:6379/0", "ann", NULL },
  { "redis://p%C3%A4:%C3%BC@h", "redis://h:6379/0", "pä", "ü" },
  { "rediss://h:6390/15", "rediss://h:6390/15" },
  { "rediss://h?ssl_cert_reqs=none&family=0", "rediss://h:6379/0" },
  { "redis://[::1]:7000/1", "redis://[::1]:7000/1" },
  { "redis://[2001:db8::7]", "redis://[2001:db8::7]:6379/0" },
  { "redis://h?db=4", "redis://h:6379/4" },
  { "redis://h/4?db=4", "redis://h:6379/4" },
  { "redis+unix:///run/redis/redis.sock", "redis+unix:///run/redis/redis.sock" },
  { "redis+unix:///run/my%20redis.sock?db=2", "redis+unix:///run/my redis.sock?db=2" },
  { "redis+unix://ann:pw@/run/r.sock", "redis+unix:///run/r.sock", "ann", "pw" },
  { "unix:///run/r.sock?db=0", "redis+unix:///run/r.sock" },

  { "" },
  { "h:6379" },
  { "redis:h" },
  { "localhost" },
  { "/run/redis.sock" },
  { "http://h" },
  { "redis+unix://run/redis.sock" },
  { "redis+unix://" },
  { "redis+unix:///" },
  { "unix:///run/r.sock?db=x" },
  { "redis://h:0" },
  { "redis://h:65536" },
  { "redis://h:port" },
  { "redis://h/zero" },
  { "redis://h/-1" },
  { "redis://h/1/2" },
  { "redis://h/4294967296" },
  { "redis://h/3?db=4" },
  { "redis://h?db=3&db=4" },
  { "redis://[::1" },
  { "redis://h:secret%zz@h" },
  /* Forgotten percent-encoding, which moves a part of the password elsewhere. */
  { "redis://ann:secret/word@h" },
  { "redis://ann:secret#word@h" },
  { "redis://ann:12/secret@h" },
  { "redis://ann:12@secret@h" },
  { "redis://ann:12#secret@h" },
  { "redis://:secret%00@h" },
};

static void
test_parse (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WdRedisAddress) address = wd_redis_address_parse (c->url, &error);
  g_autofree char *described = NULL;

  if (c->described == NULL)
    {
      g_assert_null (address);
      g_assert_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT);
      g_assert_null (g_strstr_len (error->message, -1, "secret"));
      return;
    }
  g_assert_no_error (error);
  described = wd_redis_address_describe (address);
  g_assert_cmpstr (described, ==, c->described);
  g_assert_cmpstr (address->username, ==, c->username);
  g_assert_cmpstr (address->password, ==, c->password);
  g_assert_cmpint (address->tls, ==, g_str_has_prefix (c->url, "rediss:"));
  g_assert_cmpint (address->unix_path != NULL, ==, address->host == NULL);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  char ***proxies = data;

  *proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  g_assert_no_error (error);
}

/* The desktop's proxies for the web are not for Redis; others are. */
static void
test_proxies (void)
{
  static const struct {
    const char *desktop;
    const char *chosen;
  } hops[] = {
    { "http://proxy.example:3128", "direct://" },
    { "https://proxy.example", "direct://" },
    { "socks5://localhost:1080", "socks5://localhost:1080" },
    { "socks://localhost:1080", "socks5://localhost:1080" },
    { "direct://", "direct://" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hops); i++)
    {
      g_autoptr (GProxyResolver) desktop = g_simple_proxy_resolver_new (hops[i].desktop, NULL);
      g_autoptr (GProxyResolver) resolver = wd_redis_proxies_new (desktop);
      g_auto (GStrv) proxies = g_proxy_resolver_lookup (resolver, "none://redis:6379", NULL, NULL);
      g_auto (GStrv) later = NULL;

      g_assert_cmpstr (proxies[0], ==, hops[i].chosen);
      g_proxy_resolver_lookup_async (resolver, "none://redis:6379", NULL, found_cb, &later);
      while (later == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (g_strv_equal ((const char *const *) proxies, (const char *const *) later));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redis/proxies", test_proxies);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/redis/address/%02zu", i);

      g_test_add_data_func (path, &cases[i], test_parse);
    }
  return g_test_run ();
}
