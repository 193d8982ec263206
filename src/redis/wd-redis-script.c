/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-script.h"

#include <string.h>

#include "base/wd-error.h"

#define INCLUDE "--@include "

struct _WdRedisScript {
  char *source; /* (owned) */
  char *sha1;   /* (owned): in lower-case hex, as Redis names scripts */
};

static gboolean append_resource (GString *out, const char *path, GHashTable *seen, GError **error);

/* Returns: (transfer none) (nullable): the name when @line asks for another file. */
static char *
included_name (char *line)
{
  return g_str_has_prefix (line, INCLUDE) ? g_strstrip (line + strlen (INCLUDE)) : NULL;
}

static gboolean
append_expanded (GString *out, const char *path, const char *text, GHashTable *seen, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *folder = g_path_get_dirname (path);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *name = included_name (lines[i]);
      g_autofree char *other = name ? g_build_path ("/", folder, name, NULL) : NULL;

      if (other != NULL && !append_resource (out, other, seen, error))
        return FALSE;
      if (other == NULL)
        g_string_append (out, lines[i]);
      if (lines[i + 1] != NULL)
        g_string_append_c (out, '\n');
    }
  return TRUE;
}

static gboolean
append_resource (GString *out, const char *path, GHashTable *seen, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *data;

  if (!g_hash_table_add (seen, g_strdup (path)))
    return TRUE;
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data, length);
  return append_expanded (out, path, text, seen, error);
}

/**
 * wd_redis_script_new:
 * @source: Lua
 *
 * A script never changes and may be shared by threads.
 *
 * Returns: (transfer full): a script
 */
WdRedisScript *
wd_redis_script_new (const char *source)
{
  WdRedisScript *self;

  g_return_val_if_fail (source != NULL, NULL);

  self = g_atomic_rc_box_new0 (WdRedisScript);
  self->source = g_strdup (source);
  self->sha1 = g_compute_checksum_for_string (G_CHECKSUM_SHA1, source, -1);
  return self;
}

/**
 * wd_redis_script_new_from_resource:
 * @path: of a .lua file in a #GResource
 * @error: %WD_ERROR_FAILED
 *
 * A line `--@include NAME` is replaced by the resource NAME of the same folder, the first time it
 * is asked for; so functions can be shared between scripts.
 *
 * Returns: (transfer full) (nullable): a script
 */
WdRedisScript *
wd_redis_script_new_from_resource (const char *path, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) source = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!append_resource (source, path, seen, &local))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_FAILED, "%s: %s", path, local->message);
      return NULL;
    }
  return wd_redis_script_new (source->str);
}

/**
 * wd_redis_script_ref:
 * @self: a script
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
WdRedisScript *
wd_redis_script_ref (WdRedisScript *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
script_clear (gpointer data)
{
  WdRedisScript *self = data;

  g_free (self->source);
  g_free (self->sha1);
}

/**
 * wd_redis_script_unref:
 * @self: (transfer full): a script
 *
 * Any thread.
 */
void
wd_redis_script_unref (WdRedisScript *self)
{
  g_atomic_rc_box_release_full (self, script_clear);
}

/**
 * wd_redis_script_get_source:
 * @self: a script
 *
 * Returns: (transfer none): its Lua, with everything it includes
 */
const char *
wd_redis_script_get_source (WdRedisScript *self)
{
  return self->source;
}

/**
 * wd_redis_script_get_sha1:
 * @self: a script
 *
 * Returns: (transfer none): the name that EVALSHA knows it by, in lower-case hex
 */
const char *
wd_redis_script_get_sha1 (WdRedisScript *self)
{
  return self->sha1;
}
