/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A profile as a group of a key file, which people also write by hand:
 *
 *   [Production]
 *   database-url=postgresql://admin@db.example.com/wallets?sslmode=verify-full
 *   redis-url=rediss://dashboard@redis.example.com:6379/0
 *   production=true
 *   colour=red
 *   queue.sync=balances
 *   backoff.sync=fixed:2000
 *
 * or, for a remote dashboard, without a database of its own:
 *
 *   [Remote]
 *   url=https://dashboard.example.com
 *
 * What equals the default is not written, so that it follows the defaults of later versions. */

#include "session/wd-profile-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "rest/wd-rest-address.h"
#include "session/wd-key-file.h"
#include "session/wd-url-password.h"

#define NAME_MAX_LENGTH 100
#define ATTEMPTS_MAX    1000

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

static gboolean
validate_name (const char *name, GError **error)
{
  if (name == NULL || *name == '\0' || g_utf8_strlen (name, -1) > NAME_MAX_LENGTH)
    return refuse (error, _("A connection needs a name of at most 100 characters"));
  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || *p == '[' || *p == ']')
      return refuse (error,
                     _("The name of a connection cannot hold brackets or control characters"));
  if (g_ascii_isspace (*name) || g_ascii_isspace (name[strlen (name) - 1]))
    return refuse (error, _("The name of a connection cannot begin or end with a space"));
  return TRUE;
}

static gboolean
validate_mapping (const WdQueueMapping *mapping, const char **key, GError **error)
{
  *key = "queue";
  if (*mapping->queue == '\0' || strchr (mapping->queue, ':') != NULL)
    return refuse (error, _("A queue needs a name without a colon"));
  *key = "job-name";
  if (*mapping->bullmq_name == '\0')
    return refuse (error, _("The jobs of a queue need a name"));
  *key = "attempts";
  if (mapping->attempts < 1 || mapping->attempts > ATTEMPTS_MAX)
    return refuse (error, _("A job has 1 to 1000 attempts"));
  *key = "backoff";
  if ((strcmp (mapping->backoff_type, "fixed") != 0
       && strcmp (mapping->backoff_type, "exponential") != 0)
      || mapping->backoff_ms < 0)
    return refuse (error, _("A backoff is “fixed” or “exponential” and a number of milliseconds, "
                            "such as exponential:5000"));
  return TRUE;
}

static gboolean
validate_remote (const WdProfile *self, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (self->database_url != NULL || self->redis_url != NULL)
    return refuse (error, _("A connection has the address of a remote dashboard, or those of a "
                            "database and its queues, not both"));
  uri = wd_rest_address_parse (self->api_url, error);
  return uri != NULL;
}

/**
 * wd_profile_validate:
 * @self: a profile
 * @error: %WD_ERROR_INVALID_ARGUMENT, or %WD_ERROR_REFUSED for a password in an address
 *
 * Whether @self may be saved. wd_url_take_password() takes a password out of an address.
 */
gboolean
wd_profile_validate (const WdProfile *self, GError **error)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  const char *key;

  if (!validate_name (self->name, error))
    return FALSE;
  if (self->api_url != NULL)
    return validate_remote (self, error);
  if (self->database_url == NULL || *self->database_url == '\0')
    return refuse (error, _("A connection needs the address of a PostgreSQL database"));
  if (wd_url_holds_password (self->database_url) || wd_url_holds_password (self->redis_url))
    {
      g_set_error_literal (error, WD_ERROR, WD_ERROR_REFUSED,
                           _("A password belongs into the keyring, not into an address"));
      return FALSE;
    }
  if (self->prefix == NULL || *self->prefix == '\0')
    return refuse (error, _("The prefix of the queues’ keys is empty"));
  if (self->failure_percent < 1 || self->failure_percent > 100)
    return refuse (error, _("The share of failures is 1 to 100 percent"));
  for (gsize i = 0; i < n_types; i++)
    if (!validate_mapping (wd_profile_get_mapping (self, types[i].name), &key, error))
      {
        g_prefix_error (error, "%s.%s: ", key, types[i].name);
        return FALSE;
      }
  return TRUE;
}

/**
 * wd_profile_get_warning:
 * @self: a profile that was read
 *
 * Returns: (transfer full) (nullable): what is wrong with it though it can be used
 */
char *
wd_profile_get_warning (const WdProfile *self)
{
  if (!wd_url_holds_password (self->database_url) && !wd_url_holds_password (self->redis_url))
    return NULL;
  return g_strdup_printf (_("The connection “%s” has a password in its address. It belongs into "
                            "the keyring; save the connection again to move it there."),
                          self->name);
}

static char *
get_text (GKeyFile *file, const char *name, const char *key, const char *type)
{
  g_autofree char *full = type != NULL ? g_strconcat (key, ".", type, NULL) : g_strdup (key);
  g_autofree char *text = g_key_file_get_string (file, name, full, NULL);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
replace (char **field, char *value)
{
  if (value == NULL)
    return;
  g_free (*field);
  *field = value;
}

static gboolean
read_boolean (GKeyFile *file, const char *name, const char *key, gboolean standard,
              gboolean *value, GError **error)
{
  g_autoptr (GError) local = NULL;

  *value = g_key_file_get_boolean (file, name, key, &local);
  if (local == NULL)
    return TRUE;
  *value = standard;
  if (g_error_matches (local, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("%s is neither true nor false"), key);
  return FALSE;
}

static gboolean
read_number (const char *text, const char *key, gint64 max, gint64 *value, GError **error)
{
  if (g_ascii_string_to_signed (text, 10, 0, max, value, NULL))
    return TRUE;
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, _("%s is not a number in its range"),
               key);
  return FALSE;
}

static gboolean
read_mapping (GKeyFile *file, WdProfile *profile, const WdJobType *type, GError **error)
{
  WdQueueMapping *mapping = wd_queue_mapping_new (type);
  g_autofree char *attempts = get_text (file, profile->name, "attempts", type->name);
  g_autofree char *backoff = get_text (file, profile->name, "backoff", type->name);
  g_autofree char *attempts_key = g_strconcat ("attempts.", type->name, NULL);
  g_autofree char *backoff_key = g_strconcat ("backoff.", type->name, NULL);
  const char *key;
  gint64 number;

  wd_profile_set_mapping (profile, type->name, mapping);
  replace (&mapping->queue, get_text (file, profile->name, "queue", type->name));
  replace (&mapping->bullmq_name, get_text (file, profile->name, "job-name", type->name));
  if (attempts != NULL)
    {
      if (!read_number (attempts, attempts_key, ATTEMPTS_MAX, &number, error))
        return FALSE;
      mapping->attempts = (int) number;
    }
  if (backoff != NULL)
    {
      const char *colon = backoff + strcspn (backoff, ":");

      replace (&mapping->backoff_type, g_strndup (backoff, colon - backoff));
      if (*colon == ':' && !read_number (colon + 1, backoff_key, G_MAXINT, &mapping->backoff_ms,
                                         error))
        return FALSE;
    }
  if (validate_mapping (mapping, &key, error))
    return TRUE;
  g_prefix_error (error, "%s.%s: ", key, type->name);
  return FALSE;
}

static WdProfile *
read_group (GKeyFile *file, const char *name, GError **error)
{
  g_autoptr (WdProfile) profile = wd_profile_create (name);
  g_autofree char *percent = get_text (file, name, "failure-percent", NULL);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  gint64 number;

  profile->database_url = get_text (file, name, "database-url", NULL);
  profile->redis_url = get_text (file, name, "redis-url", NULL);
  profile->api_url = get_text (file, name, "url", NULL);
  profile->ca_file = get_text (file, name, "ca-file", NULL);
  profile->colour = get_text (file, name, "colour", NULL);
  replace (&profile->prefix, get_text (file, name, "prefix", NULL));
  if (!read_boolean (file, name, "read-only", FALSE, &profile->read_only, error)
      || !read_boolean (file, name, "production", FALSE, &profile->production, error)
      || !read_boolean (file, name, "keyring", TRUE, &profile->keyring, error))
    return NULL;
  if (percent != NULL)
    {
      if (!read_number (percent, "failure-percent", 100, &number, error))
        return NULL;
      profile->failure_percent = (guint) number;
    }
  for (gsize i = 0; i < n_types; i++)
    if (!read_mapping (file, profile, &types[i], error))
      return NULL;
  return g_steal_pointer (&profile);
}

/**
 * wd_profile_file_read:
 * @file: the key file
 * @name: of the profile's group
 * @error: %WD_ERROR_INVALID_ARGUMENT, naming profile and key
 *
 * Returns: (transfer full): the profile, without the passwords of the keyring
 */
WdProfile *
wd_profile_file_read (GKeyFile *file, const char *name, GError **error)
{
  WdProfile *profile = read_group (file, name, error);

  if (profile == NULL)
    g_prefix_error (error, _("The connection “%s”: "), name);
  return profile;
}

static void
write_text (GKeyFile *file, const char *name, const char *key, const char *value,
            const char *standard)
{
  if (value == NULL || *value == '\0' || g_strcmp0 (value, standard) == 0)
    g_key_file_remove_key (file, name, key, NULL);
  else
    g_key_file_set_string (file, name, key, value);
}

static void
write_mapping (GKeyFile *file, const char *name, const char *type, const WdQueueMapping *mapping,
               const WdQueueMapping *standard)
{
  g_autofree char *backoff = g_strdup_printf ("%s:%" G_GINT64_FORMAT, mapping->backoff_type,
                                              mapping->backoff_ms);
  g_autofree char *usual = g_strdup_printf ("%s:%" G_GINT64_FORMAT, standard->backoff_type,
                                            standard->backoff_ms);
  g_autofree char *attempts = g_strdup_printf ("%d", mapping->attempts);
  g_autofree char *usual_attempts = g_strdup_printf ("%d", standard->attempts);
  const struct {
    const char *key;
    const char *value;
    const char *standard;
  } values[] = {
    { "queue", mapping->queue, standard->queue },
    { "job-name", mapping->bullmq_name, standard->bullmq_name },
    { "attempts", attempts, usual_attempts },
    { "backoff", backoff, usual },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *key = g_strconcat (values[i].key, ".", type, NULL);

      write_text (file, name, key, values[i].value, values[i].standard);
    }
}

/**
 * wd_profile_file_write:
 * @file: the key file
 * @profile: a profile that wd_profile_validate() let through
 *
 * Sets the profile's group; comments and keys of later versions stay.
 */
void
wd_profile_file_write (GKeyFile *file, const WdProfile *profile)
{
  g_autoptr (WdProfile) standard = wd_profile_create (profile->name);
  g_autofree char *percent = g_strdup_printf ("%u", profile->failure_percent);
  g_autofree char *usual_percent = g_strdup_printf ("%u", standard->failure_percent);
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  write_text (file, profile->name, "database-url", profile->database_url, NULL);
  write_text (file, profile->name, "redis-url", profile->redis_url, NULL);
  write_text (file, profile->name, "url", profile->api_url, NULL);
  write_text (file, profile->name, "ca-file", profile->ca_file, NULL);
  write_text (file, profile->name, "prefix", profile->prefix, standard->prefix);
  write_text (file, profile->name, "read-only", profile->read_only ? "true" : NULL, NULL);
  write_text (file, profile->name, "production", profile->production ? "true" : NULL, NULL);
  write_text (file, profile->name, "colour", profile->colour, NULL);
  write_text (file, profile->name, "keyring", profile->keyring ? NULL : "false", NULL);
  write_text (file, profile->name, "failure-percent", percent, usual_percent);
  for (gsize i = 0; i < n_types; i++)
    write_mapping (file, profile->name, types[i].name,
                   wd_profile_get_mapping (profile, types[i].name),
                   wd_profile_get_mapping (standard, types[i].name));
}

/**
 * wd_profile_file_rename:
 * @file: the key file
 * @name: of a profile's group
 * @new_name: of a group that is not there
 *
 * Moves the group to the end under another name, with its comments and the keys of later versions.
 *
 * Returns: whether there was one
 */
gboolean
wd_profile_file_rename (GKeyFile *file, const char *name, const char *new_name)
{
  return wd_key_file_copy_group (file, name, file, new_name)
         && g_key_file_remove_group (file, name, NULL);
}
