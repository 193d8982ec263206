/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "model/wd-origin.h"

static void
clear_origin (WdOrigin *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self->key);
  g_free (self->hash);
}

WD_DEFINE_RECORD (WdOrigin, wd_origin, clear_origin)

/**
 * wd_origin_create:
 * @name: who asks
 * @address: (nullable): from where
 *
 * Returns: (transfer full): an origin without a key
 */
WdOrigin *
wd_origin_create (const char *name, const char *address)
{
  WdOrigin *self = wd_origin_new ();

  self->name = g_strdup (name);
  self->address = g_strdup (address);
  return self;
}

/**
 * wd_origin_get_actor:
 * @self: an origin
 *
 * Returns: it as the audit trail names it; the strings are those of @self
 */
WdActor
wd_origin_get_actor (const WdOrigin *self)
{
  return (WdActor) { self->name, self->address, wd_actor_get_default ()->client };
}
