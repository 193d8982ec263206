/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WD_TYPE_REDIS_PROXIES (wd_redis_proxies_get_type ())
G_DECLARE_FINAL_TYPE (WdRedisProxies, wd_redis_proxies, WD, REDIS_PROXIES, GObject)

GProxyResolver *wd_redis_proxies_new (GProxyResolver *desktop);

G_END_DECLS
