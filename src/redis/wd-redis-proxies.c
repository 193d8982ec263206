/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the desktop's proxies a connection to Redis goes through: those that carry any bytes.
 *
 * GIO asks the desktop for every address, and its settings may name a proxy for the web, by a
 * script, by `all_proxy`, or from outside a sandbox. As a rule such a proxy lets nobody through to
 * the port of a Redis, so those are left out. SOCKS proxies stay: whoever set one up, such as
 * `ssh -D`, may reach Redis by no other way. (libpq, for PostgreSQL, knows no proxies at all.) What
 * the desktop cannot say is no reason not to connect. */

#include "redis/wd-redis-proxies.h"

#define DIRECT "direct://"

struct _WdRedisProxies {
  GObject parent_instance;

  GProxyResolver *desktop;   /* (owned) */
};

static void resolver_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WdRedisProxies, wd_redis_proxies, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_init))

/* Returns: (transfer full): those of @proxies to be tried, in their order */
static char **
choose (char **proxies)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; proxies != NULL && proxies[i] != NULL; i++)
    if (!g_str_has_prefix (proxies[i], "http:") && !g_str_has_prefix (proxies[i], "https:"))
      {
        g_strv_builder_add (builder, proxies[i]);
        n++;
      }
  if (n == 0)
    g_strv_builder_add (builder, DIRECT);
  return g_strv_builder_end (builder);
}

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) proxies = g_proxy_resolver_lookup (WD_REDIS_PROXIES (resolver)->desktop, uri,
                                                    cancellable, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return choose (proxies);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result,
                                                           NULL);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, choose (proxies), (GDestroyNotify) g_strfreev);
}

static void
lookup_async (GProxyResolver *resolver, const char *uri, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, data);

  g_task_set_source_tag (task, lookup_async);
  g_proxy_resolver_lookup_async (WD_REDIS_PROXIES (resolver)->desktop, uri, cancellable, found_cb,
                                 task);
}

static char **
lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

static void
wd_redis_proxies_finalize (GObject *object)
{
  g_object_unref (WD_REDIS_PROXIES (object)->desktop);
  G_OBJECT_CLASS (wd_redis_proxies_parent_class)->finalize (object);
}

static void
wd_redis_proxies_class_init (WdRedisProxiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_redis_proxies_finalize;
}

static void
wd_redis_proxies_init (WdRedisProxies *self)
{
}

/**
 * wd_redis_proxies_new:
 * @desktop: (transfer none): who knows the desktop's proxies
 *
 * Returns: (transfer full): who knows those for Redis. Any thread
 */
GProxyResolver *
wd_redis_proxies_new (GProxyResolver *desktop)
{
  WdRedisProxies *self = g_object_new (WD_TYPE_REDIS_PROXIES, NULL);

  self->desktop = g_object_ref (desktop);
  return G_PROXY_RESOLVER (self);
}
