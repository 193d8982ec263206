/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Of a server the text of its address and its parts are two views of one state: whichever is
 * changed, the other follows. A password never stays in the address: it moves to its own place the
 * moment it can be told apart. */

#include "session/wd-profile-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "rest/wd-rest-address.h"
#include "session/wd-profile-file.h"
#include "session/wd-url-password.h"

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT, message);
  return FALSE;
}

/**
 * wd_profile_draft_set_text:
 * @text: (inout): an owned string that is never %NULL
 * @value: (nullable): its new value; %NULL is empty
 */
void
wd_profile_draft_set_text (char **text, const char *value)
{
  char *copy = g_strdup (value != NULL ? value : "");

  g_free (*text);
  *text = copy;
}

static void
read_server (WdProfileDraft *self, WdSecretKind kind, const char *url, const char *password)
{
  WdServerDraft *server = &self->servers[kind];

  server->url = g_strdup ("");
  server->password = g_strdup (password != NULL ? password : "");
  server->address = wd_address_new ();
  if (url != NULL)
    wd_profile_draft_set_url (self, kind, url);
}

static char **
dup_queues (const WdProfile *profile)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);
  char **queues = g_new0 (char *, n_types + 1);

  for (gsize i = 0; i < n_types; i++)
    queues[i] = g_strdup (wd_profile_get_mapping (profile, types[i].name)->queue);
  return queues;
}

/**
 * wd_profile_draft_new:
 * @profile: (nullable): what to begin with, also its passwords; %NULL for an empty one
 *
 * Returns: (transfer full): a draft
 */
WdProfileDraft *
wd_profile_draft_new (WdProfile *profile)
{
  WdProfileDraft *self = g_new0 (WdProfileDraft, 1);
  g_autoptr (WdProfile) standard = profile != NULL ? wd_profile_ref (profile)
                                                   : wd_profile_create ("");

  self->original = profile != NULL ? wd_profile_ref (profile) : NULL;
  self->name = g_strdup (standard->name);
  self->colour = g_strdup (standard->colour);
  self->ca_file = g_strdup (standard->ca_file != NULL ? standard->ca_file : "");
  self->prefix = g_strdup (standard->prefix);
  self->queues = dup_queues (standard);
  self->read_only = standard->read_only;
  self->production = standard->production;
  self->is_remote = standard->api_url != NULL;
  self->api_url = g_strdup (self->is_remote ? standard->api_url : "");
  self->api_token = g_strdup (standard->api_token != NULL ? standard->api_token : "");
  self->has_redis = profile == NULL || self->is_remote || profile->redis_url != NULL;
  read_server (self, WD_SECRET_POSTGRES, standard->database_url, standard->database_password);
  read_server (self, WD_SECRET_REDIS, standard->redis_url, standard->redis_password);
  return self;
}

/**
 * wd_profile_draft_copy:
 * @self: a draft
 *
 * Returns: (transfer full): its copy
 */
WdProfileDraft *
wd_profile_draft_copy (const WdProfileDraft *self)
{
  g_autoptr (WdProfile) profile = wd_profile_draft_to_profile (self);
  WdProfileDraft *copy = wd_profile_draft_new (profile);

  g_clear_pointer (&copy->original, wd_profile_unref);
  copy->original = self->original != NULL ? wd_profile_ref (self->original) : NULL;
  copy->has_redis = self->has_redis;
  wd_profile_draft_set_text (&copy->api_url, self->api_url);
  wd_profile_draft_set_text (&copy->api_token, self->api_token);
  for (guint i = 0; i <= WD_SECRET_REDIS; i++)
    {
      wd_profile_draft_set_url (copy, i, self->servers[i].url);
      wd_profile_draft_set_text (&copy->servers[i].password, self->servers[i].password);
    }
  return copy;
}

/**
 * wd_profile_draft_free:
 * @self: (transfer full) (nullable): a draft, with the passwords it holds
 */
void
wd_profile_draft_free (WdProfileDraft *self)
{
  if (self == NULL)
    return;
  wd_profile_unref (self->original);
  g_free (self->name);
  g_free (self->colour);
  g_free (self->ca_file);
  g_free (self->api_url);
  g_free (self->api_token);
  g_free (self->prefix);
  g_strfreev (self->queues);
  for (guint i = 0; i <= WD_SECRET_REDIS; i++)
    {
      g_free (self->servers[i].url);
      g_free (self->servers[i].password);
      wd_address_free (self->servers[i].address);
    }
  g_free (self);
}

/**
 * wd_profile_draft_equal:
 * @a: a draft
 * @b: another
 *
 * Returns: whether the same is written in both
 */
gboolean
wd_profile_draft_equal (const WdProfileDraft *a, const WdProfileDraft *b)
{
  for (guint i = 0; i <= WD_SECRET_REDIS; i++)
    if (g_strcmp0 (a->servers[i].url, b->servers[i].url) != 0
        || g_strcmp0 (a->servers[i].password, b->servers[i].password) != 0)
      return FALSE;
  return g_strcmp0 (a->name, b->name) == 0
         && g_strcmp0 (a->colour, b->colour) == 0
         && g_strcmp0 (a->ca_file, b->ca_file) == 0
         && g_strcmp0 (a->prefix, b->prefix) == 0
         && g_strv_equal ((const char *const *) a->queues, (const char *const *) b->queues)
         && a->is_remote == b->is_remote
         && g_strcmp0 (a->api_url, b->api_url) == 0
         && g_strcmp0 (a->api_token, b->api_token) == 0
         && a->has_redis == b->has_redis
         && a->read_only == b->read_only
         && a->production == b->production;
}

/**
 * wd_profile_draft_set_url:
 * @self: a draft
 * @kind: of which server
 * @url: its address as typed or pasted
 *
 * Returns: whether there was a password in it, which is now in its own place
 */
gboolean
wd_profile_draft_set_url (WdProfileDraft *self, WdSecretKind kind, const char *url)
{
  WdServerDraft *server = &self->servers[kind];
  g_autofree char *stripped = g_strstrip (g_strdup (url));
  g_autofree char *password = NULL;
  g_autofree char *rest = wd_url_take_password (stripped, &password);

  g_clear_pointer (&server->address, wd_address_free);
  wd_profile_draft_set_text (&server->url, password != NULL ? rest : url);
  if (*rest == '\0')
    server->address = wd_address_new ();
  else if (!wd_url_holds_password (rest))
    server->address = kind == WD_SECRET_REDIS ? wd_address_parse_redis (rest, NULL)
                                              : wd_address_parse_postgres (rest, NULL);
  if (password != NULL)
    wd_profile_draft_set_text (&server->password, password);
  return password != NULL;
}

/**
 * wd_profile_draft_set_field:
 * @self: a draft
 * @kind: of which server
 * @field: which part of its address
 * @value: as typed
 *
 * Writes the address anew; of one that could not be read only this part is then known.
 */
void
wd_profile_draft_set_field (WdProfileDraft *self, WdSecretKind kind, WdAddressField field,
                            const char *value)
{
  WdServerDraft *server = &self->servers[kind];

  if (server->address == NULL)
    server->address = wd_address_new ();
  if (g_strcmp0 (wd_address_get (server->address, field), value) == 0)
    return;
  wd_address_set (server->address, field, value);
  g_free (server->url);
  server->url = kind == WD_SECRET_REDIS ? wd_address_format_redis (server->address)
                                        : wd_address_format_postgres (server->address);
}

/**
 * wd_profile_draft_fill_passwords:
 * @self: a draft
 * @profile: with the passwords that the keyring knows
 *
 * Takes over those of which nothing was typed yet.
 */
void
wd_profile_draft_fill_passwords (WdProfileDraft *self, const WdProfile *profile)
{
  const char *found[] = { profile->database_password, profile->redis_password };

  for (guint i = 0; i <= WD_SECRET_REDIS; i++)
    if (*self->servers[i].password == '\0')
      wd_profile_draft_set_text (&self->servers[i].password, found[i]);
  if (*self->api_token == '\0')
    wd_profile_draft_set_text (&self->api_token, profile->api_token);
}

static gboolean
check_remote (const WdProfileDraft *self, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (self->api_url));
  g_autoptr (GUri) uri = NULL;

  if (*stripped == '\0')
    return refuse (error, _("Enter the address of the remote dashboard"));
  uri = wd_rest_address_parse (stripped, error);
  return uri != NULL;
}

static gboolean
check_readable (const WdServerDraft *server, WdSecretKind kind, GError **error)
{
  g_autoptr (WdAddress) address = NULL;
  g_autofree char *stripped = g_strstrip (g_strdup (server->url));

  if (wd_url_holds_password (stripped))
    return refuse (error, _("There is something in the address that may be a password. Encode its "
                            "special characters (“@” as %40, “/” as %2F), or type it into its own "
                            "field"));
  if (server->address != NULL)
    return TRUE;
  address = kind == WD_SECRET_REDIS ? wd_address_parse_redis (stripped, error)
                                    : wd_address_parse_postgres (stripped, error);
  return address != NULL;
}

/**
 * wd_profile_draft_check_server:
 * @self: a draft
 * @kind: of which server
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether the address of that server, or of the remote dashboard in their place, can be
 *   used
 */
gboolean
wd_profile_draft_check_server (const WdProfileDraft *self, WdSecretKind kind, GError **error)
{
  const WdServerDraft *server = &self->servers[kind];

  if (self->is_remote)
    return check_remote (self, error);
  if (kind == WD_SECRET_REDIS && !self->has_redis)
    return TRUE;
  if (*server->url == '\0')
    return refuse (error, kind == WD_SECRET_REDIS
                            ? _("Enter the address of Redis, or say that the workers poll the "
                                "database")
                            : _("Enter the address of the PostgreSQL database"));
  if (!check_readable (server, kind, error))
    return FALSE;
  return kind == WD_SECRET_REDIS ? wd_address_check_redis (server->address, error)
                                 : wd_address_check_postgres (server->address, error);
}

/**
 * wd_profile_draft_check_servers:
 * @self: a draft
 * @field: (out): where the first problem is
 * @error: %WD_ERROR_INVALID_ARGUMENT
 *
 * Returns: whether it can be tried
 */
gboolean
wd_profile_draft_check_servers (const WdProfileDraft *self, WdDraftField *field, GError **error)
{
  *field = self->is_remote ? WD_DRAFT_REMOTE : WD_DRAFT_POSTGRES;
  if (!wd_profile_draft_check_server (self, WD_SECRET_POSTGRES, error))
    return FALSE;
  *field = self->is_remote ? WD_DRAFT_REMOTE : WD_DRAFT_REDIS;
  return wd_profile_draft_check_server (self, WD_SECRET_REDIS, error);
}

/**
 * wd_profile_draft_check:
 * @self: a draft
 * @taken: (nullable) (array zero-terminated=1): the names of other connections
 * @field: (out): where the first problem is
 * @error: %WD_ERROR_INVALID_ARGUMENT or %WD_ERROR_DUPLICATE, for people
 *
 * Returns: whether it can be saved
 */
gboolean
wd_profile_draft_check (const WdProfileDraft *self, const char *const *taken, WdDraftField *field,
                        GError **error)
{
  g_autoptr (WdProfile) profile = NULL;

  if (!wd_profile_draft_check_servers (self, field, error))
    return FALSE;
  *field = WD_DRAFT_NAME;
  if (*self->name == '\0')
    return refuse (error, _("Give the connection a name"));
  if (taken != NULL && g_strv_contains (taken, self->name))
    {
      g_set_error (error, WD_ERROR, WD_ERROR_DUPLICATE,
                   _("There is a connection named “%s” already"), self->name);
      return FALSE;
    }
  *field = WD_DRAFT_OTHER;
  if (*self->ca_file != '\0' && !g_path_is_absolute (self->ca_file))
    return refuse (error, _("The file of certificates needs its whole path"));
  profile = wd_profile_draft_to_profile (self);
  return wd_profile_validate (profile, error);
}

static char *
dup_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
replace (char **text, char *value)
{
  g_free (*text);
  *text = value;
}

/* The rest of each mapping stays. */
static void
set_queues (WdProfile *profile, char **queues)
{
  gsize n_types;
  const WdJobType *types = wd_job_types (&n_types);

  for (gsize i = 0; i < n_types; i++)
    {
      const WdQueueMapping *before = wd_profile_get_mapping (profile, types[i].name);
      WdQueueMapping *mapping = wd_queue_mapping_copy (before);

      replace (&mapping->queue, g_strstrip (g_strdup (queues[i])));
      wd_profile_set_mapping (profile, types[i].name, mapping);
    }
}

/**
 * wd_profile_draft_to_profile:
 * @self: a draft
 *
 * What a draft does not know, such as the attempts of a job, stays as it was.
 *
 * Returns: (transfer full): the profile, with its passwords
 */
WdProfile *
wd_profile_draft_to_profile (const WdProfileDraft *self)
{
  WdProfile *profile = self->original != NULL ? wd_profile_copy (self->original)
                                              : wd_profile_create (self->name);
  const WdServerDraft *postgres = &self->servers[WD_SECRET_POSTGRES];
  const WdServerDraft *redis = &self->servers[WD_SECRET_REDIS];
  gboolean has_postgres = !self->is_remote, has_redis = has_postgres && self->has_redis;

  replace (&profile->name, g_strdup (self->name));
  replace (&profile->colour, g_strdup (self->colour));
  replace (&profile->ca_file, dup_or_null (self->ca_file));
  replace (&profile->prefix, g_strdup (self->prefix));
  replace (&profile->database_url, has_postgres ? g_strstrip (g_strdup (postgres->url)) : NULL);
  replace (&profile->database_password, has_postgres ? dup_or_null (postgres->password) : NULL);
  replace (&profile->redis_url, has_redis ? g_strstrip (g_strdup (redis->url)) : NULL);
  replace (&profile->redis_password, has_redis ? dup_or_null (redis->password) : NULL);
  replace (&profile->api_url, self->is_remote ? g_strstrip (g_strdup (self->api_url)) : NULL);
  replace (&profile->api_token, self->is_remote ? dup_or_null (self->api_token) : NULL);
  set_queues (profile, self->queues);
  profile->read_only = self->read_only;
  profile->production = self->production;
  profile->keyring = profile->database_password != NULL || profile->redis_password != NULL
                     || profile->api_token != NULL;
  return profile;
}
