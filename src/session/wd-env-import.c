/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From the web project's `.env` to a connection, with a word about each variable that looks as if
 * it had to do with one. */

#include "session/wd-env-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "session/wd-address-hints.h"

#define TRANSACTION_PORT "6543"

typedef struct {
  const WdEnvFile *file;
  WdProfileDraft *draft;
  GPtrArray *notes;
} Import;

/**
 * wd_import_note_free:
 * @self: (transfer full): a note
 */
void
wd_import_note_free (WdImportNote *self)
{
  g_free (self->name);
  g_free (self->text);
  g_free (self);
}

static void
add_note (Import *import, gboolean taken, const char *name, const char *text)
{
  WdImportNote *note = g_new0 (WdImportNote, 1);

  note->taken = taken;
  note->name = g_strdup (name);
  note->text = g_strdup (text);
  g_ptr_array_add (import->notes, note);
}

/* What became of @name, of which the port is a part. */
static void
add_note_with_port (Import *import, WdSecretKind kind, const char *name, const char *text)
{
  const WdAddress *address = import->draft->servers[kind].address;
  g_autoptr (GError) error = NULL;
  g_autofree char *both = NULL;

  if (address != NULL
      && !wd_address_check_port (address, kind == WD_SECRET_REDIS ? "Redis" : "PostgreSQL", &error))
    both = g_strdup_printf ("%s %s.", text, error->message);
  add_note (import, both == NULL, name, both != NULL ? both : text);
}

/* Of a part of an address. */
static void
take_part (Import *import, WdSecretKind kind, WdAddressField field, const char *name)
{
  const char *text = kind == WD_SECRET_REDIS ? _("A part of the address of Redis.")
                                             : _("A part of the database’s address.");

  wd_profile_draft_set_field (import->draft, kind, field, wd_env_file_get (import->file, name));
  if (field == WD_ADDRESS_PORT)
    add_note_with_port (import, kind, name, text);
  else
    add_note (import, TRUE, name, text);
}

/* The first of @names that is set and passes for a URL of @prefix. */
static const char *
find_url (Import *import, const char *const *names, const char *prefix)
{
  for (; *names != NULL; names++)
    {
      const char *value = wd_env_file_get (import->file, *names);

      if (value != NULL && g_str_has_prefix (value, prefix))
        return *names;
    }
  return NULL;
}

/* What belongs to other programs' clients goes; what node-postgres calls otherwise is renamed. */
static gboolean
clean_parameters (Import *import)
{
  WdServerDraft *server = &import->draft->servers[WD_SECRET_POSTGRES];
  gboolean changed = FALSE;

  if (server->address == NULL)
    return FALSE;
  if (strcmp (wd_address_get (server->address, WD_ADDRESS_TLS), "no-verify") == 0)
    {
      wd_address_set (server->address, WD_ADDRESS_TLS, "require");
      changed = TRUE;
    }
  for (guint i = server->address->rest->len; i > 0; i--)
    {
      g_autoptr (WdAddress) alone = wd_address_new ();

      g_ptr_array_add (alone->rest, g_strdup (server->address->rest->pdata[i - 1]));
      if (wd_address_check_postgres (alone, NULL))
        continue;
      g_ptr_array_remove_index (server->address->rest, i - 1);
      changed = TRUE;
    }
  if (changed)
    {
      g_free (server->url);
      server->url = wd_address_format_postgres (server->address);
    }
  return changed;
}

static gboolean
is_transaction_pooler (Import *import, const char *name)
{
  g_autofree char *password = NULL;
  g_autoptr (WdProfileDraft) draft = wd_profile_draft_new (NULL);

  wd_profile_draft_set_url (draft, WD_SECRET_POSTGRES, wd_env_file_get (import->file, name));
  return strcmp (wd_address_get (draft->servers[WD_SECRET_POSTGRES].address, WD_ADDRESS_PORT),
                 TRANSACTION_PORT) == 0;
}

static void
take_database_url (Import *import, const char *name, const char *instead_of)
{
  WdServerDraft *server = &import->draft->servers[WD_SECRET_POSTGRES];
  gboolean has_password = wd_profile_draft_set_url (import->draft, WD_SECRET_POSTGRES,
                                                    wd_env_file_get (import->file, name));
  gboolean cleaned = clean_parameters (import);
  g_autofree char *hint = wd_address_dup_hint (server->address, server->password);
  GString *text = g_string_new (_("The PostgreSQL database."));

  if (has_password)
    g_string_append_printf (text, " %s", _("Its password goes into the keyring."));
  if (cleaned)
    g_string_append_printf (text, " %s",
                            _("Parameters of other programs’ clients were left out."));
  if (instead_of != NULL)
    g_string_append_printf (text, " %s", _("It leads past the transaction pooler, which migrations "
                                           "cannot use."));
  if (hint != NULL)
    g_string_append_printf (text, " %s", hint);
  add_note_with_port (import, WD_SECRET_POSTGRES, name, text->str);
  if (instead_of != NULL)
    add_note (import, FALSE, instead_of, _("Leads through the transaction pooler, port 6543: "
                                           "everything works there but migrations."));
  g_string_free (text, TRUE);
}

/* Parts of an address in variables of their own, as psql or docker compose files have them. */
static gboolean
take_database_parts (Import *import)
{
  static const struct {
    const char *names[3];
    WdAddressField field;
  } parts[] = {
    { { "PGHOST", "POSTGRES_HOST", "DB_HOST" }, WD_ADDRESS_HOST },
    { { "PGPORT", "POSTGRES_PORT", "DB_PORT" }, WD_ADDRESS_PORT },
    { { "PGDATABASE", "POSTGRES_DATABASE", "POSTGRES_DB" }, WD_ADDRESS_DATABASE },
    { { "PGUSER", "POSTGRES_USER", "DB_USER" }, WD_ADDRESS_USER },
    { { "PGSSLMODE", NULL, NULL }, WD_ADDRESS_TLS },
  };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; j < G_N_ELEMENTS (parts[i].names) && parts[i].names[j] != NULL; j++)
      {
        if (wd_env_file_get (import->file, parts[i].names[j]) == NULL)
          continue;
        take_part (import, WD_SECRET_POSTGRES, parts[i].field, parts[i].names[j]);
        any = TRUE;
        break;
      }
  return any;
}

static void
take_database_password (Import *import)
{
  static const char *const names[] = {
    "PGPASSWORD", "POSTGRES_PASSWORD", "DB_PASSWORD", "SUPABASE_DB_PASSWORD", "DATABASE_PASSWORD",
  };
  WdServerDraft *server = &import->draft->servers[WD_SECRET_POSTGRES];

  for (guint i = 0; i < G_N_ELEMENTS (names) && *server->password == '\0'; i++)
    {
      const char *value = wd_env_file_get (import->file, names[i]);

      if (value == NULL)
        continue;
      wd_profile_draft_set_text (&server->password, value);
      add_note (import, TRUE, names[i], _("The database’s password, which goes into the keyring."));
    }
}

/* Returns: (transfer full) (nullable): the project in `https://PROJECT.supabase.co` */
static char *
find_project (const char *url)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || !g_str_has_suffix (host, ".supabase.co"))
    return NULL;
  return g_strndup (host, strcspn (host, "."));
}

/* The web API's address tells the project, and so where its database is. */
static void
take_supabase_url (Import *import, gboolean has_database)
{
  static const char *const names[] = { "NEXT_PUBLIC_SUPABASE_URL", "SUPABASE_URL" };
  const char *name = NULL;
  g_autofree char *project = NULL;
  g_autofree char *host = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && name == NULL; i++)
    if (wd_env_file_get (import->file, names[i]) != NULL)
      name = names[i];
  if (name == NULL)
    return;
  project = find_project (wd_env_file_get (import->file, name));
  if (has_database || project == NULL)
    {
      add_note (import, FALSE, name,
                _("The address of Supabase’s web API, not of the database. Supabase shows that of "
                  "the database under “Connect” on the project’s page."));
      return;
    }
  host = g_strdup_printf ("db.%s.supabase.co", project);
  wd_profile_draft_set_field (import->draft, WD_SECRET_POSTGRES, WD_ADDRESS_HOST, host);
  wd_profile_draft_set_field (import->draft, WD_SECRET_POSTGRES, WD_ADDRESS_PORT, "5432");
  wd_profile_draft_set_field (import->draft, WD_SECRET_POSTGRES, WD_ADDRESS_DATABASE, "postgres");
  wd_profile_draft_set_field (import->draft, WD_SECRET_POSTGRES, WD_ADDRESS_USER, "postgres");
  wd_profile_draft_set_field (import->draft, WD_SECRET_POSTGRES, WD_ADDRESS_TLS, "require");
  add_note (import, TRUE, name,
            _("The address of Supabase’s web API: the direct address of the project’s database was "
              "made of it. Its password is still needed. Where that address is not reached (it has "
              "IPv6 only), take the session pooler’s from “Connect” on the project’s page, port "
              "5432; port 6543, the transaction pooler, works for everything but migrations."));
}

static void
tell_about_keys (Import *import)
{
  static const char *const secret[] = {
    "SUPABASE_SERVICE_ROLE_KEY", "SUPABASE_SERVICE_KEY", "SUPABASE_SECRET_KEY",
    "SERVICE_ROLE_KEY", "SUPABASE_JWT_SECRET",
  };
  static const char *const public[] = {
    "NEXT_PUBLIC_SUPABASE_ANON_KEY", "SUPABASE_ANON_KEY", "NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY",
    "SUPABASE_PUBLISHABLE_KEY",
  };

  for (guint i = 0; i < G_N_ELEMENTS (secret); i++)
    if (wd_env_file_get (import->file, secret[i]) != NULL)
      add_note (import, FALSE, secret[i],
                _("A service role key opens Supabase’s web API and is no database password. The "
                  "password was chosen when the project was made; Supabase can set a new one under "
                  "Project Settings, Database."));
  for (guint i = 0; i < G_N_ELEMENTS (public); i++)
    if (wd_env_file_get (import->file, public[i]) != NULL)
      add_note (import, FALSE, public[i],
                _("The public key of Supabase’s web API: a web page’s, not a database’s."));
}

static void
take_redis_parts (Import *import)
{
  static const struct {
    const char *name;
    WdAddressField field;
  } parts[] = {
    { "REDIS_HOST", WD_ADDRESS_HOST }, { "REDIS_PORT", WD_ADDRESS_PORT },
    { "REDIS_DB", WD_ADDRESS_DATABASE }, { "REDIS_USERNAME", WD_ADDRESS_USER },
    { "REDIS_USER", WD_ADDRESS_USER },
  };
  const char *tls = wd_env_file_get (import->file, "REDIS_TLS");

  if (wd_env_file_get (import->file, "REDIS_HOST") == NULL)
    return;
  import->draft->has_redis = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (wd_env_file_get (import->file, parts[i].name) != NULL)
      take_part (import, WD_SECRET_REDIS, parts[i].field, parts[i].name);
  if (tls != NULL && (strcmp (tls, "true") == 0 || strcmp (tls, "1") == 0))
    {
      wd_profile_draft_set_field (import->draft, WD_SECRET_REDIS, WD_ADDRESS_TLS, "on");
      add_note (import, TRUE, "REDIS_TLS", _("A part of the address of Redis."));
    }
}

static void
take_redis (Import *import)
{
  static const char *const names[] = {
    "REDIS_URL", "REDIS_TLS_URL", "KV_URL", "UPSTASH_REDIS_URL", "BULLMQ_REDIS_URL", NULL
  };
  static const char *const web[] = { "UPSTASH_REDIS_REST_URL", "KV_REST_API_URL" };
  WdServerDraft *server = &import->draft->servers[WD_SECRET_REDIS];
  const char *name = find_url (import, names, "redis");
  const char *password = wd_env_file_get (import->file, "REDIS_PASSWORD");

  if (name != NULL)
    {
      gboolean has_password = wd_profile_draft_set_url (import->draft, WD_SECRET_REDIS,
                                                        wd_env_file_get (import->file, name));

      import->draft->has_redis = TRUE;
      add_note_with_port (import, WD_SECRET_REDIS, name,
                          has_password
                            ? _("Redis with the queues. Its password goes into the keyring.")
                            : _("Redis with the queues."));
    }
  else
    take_redis_parts (import);
  if (password != NULL && *server->password == '\0')
    {
      wd_profile_draft_set_text (&server->password, password);
      add_note (import, TRUE, "REDIS_PASSWORD", _("The password of Redis, which goes into the "
                                                  "keyring."));
    }
  for (guint i = 0; i < G_N_ELEMENTS (web); i++)
    if (wd_env_file_get (import->file, web[i]) != NULL)
      add_note (import, FALSE, web[i], _("Redis over HTTP. BullMQ’s queues are only reached by "
                                         "Redis’ own protocol, an address that begins with "
                                         "rediss://."));
}

static void
take_prefix (Import *import)
{
  static const char *const names[] = {
    "BULLMQ_PREFIX", "BULL_PREFIX", "QUEUE_PREFIX", "WORKER_DASHBOARD_PREFIX",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *value = wd_env_file_get (import->file, names[i]);

      if (value == NULL)
        continue;
      wd_profile_draft_set_text (&import->draft->prefix, value);
      add_note (import, TRUE, names[i], _("The prefix of BullMQ’s keys."));
      return;
    }
}

/* A host without a dot is one of a container's network more often than one of this network. */
static void
tell_about_host (Import *import, WdSecretKind kind, const char *what)
{
  const char *host = wd_address_get (import->draft->servers[kind].address, WD_ADDRESS_HOST);
  g_autofree char *text = NULL;

  if (*host == '\0' || *host == '/' || strpbrk (host, ".:") != NULL
      || strcmp (host, "localhost") == 0)
    return;
  text = g_strdup_printf (_("“%s” is a name that often exists among containers only. From this "
                            "computer such a server is mostly reached as localhost."), host);
  add_note (import, FALSE, what, text);
}

/**
 * wd_env_import:
 * @file: what a `.env` sets
 * @draft: takes over what it can
 *
 * Returns: (transfer full) (element-type WdImportNote): what became of each variable that has, or
 *   seems to have, to do with a connection; empty when there was none
 */
GPtrArray *
wd_env_import (const WdEnvFile *file, WdProfileDraft *draft)
{
  static const char *const names[] = {
    "DATABASE_URL", "POSTGRES_URL_NON_POOLING", "DIRECT_URL", "POSTGRES_URL", "POSTGRES_PRISMA_URL",
    "SUPABASE_DB_URL", "DATABASE_DIRECT_URL", "PG_URL", NULL
  };
  static const char *const direct[] = {
    "DIRECT_URL", "POSTGRES_URL_NON_POOLING", "DATABASE_DIRECT_URL", NULL
  };
  Import import = { file, draft, g_ptr_array_new_with_free_func (
                                   (GDestroyNotify) wd_import_note_free) };
  const char *name = find_url (&import, names, "postgres");
  const char *past = find_url (&import, direct, "postgres");
  gboolean has_database = name != NULL;

  if (name != NULL && past != NULL && strcmp (name, past) != 0
      && is_transaction_pooler (&import, name) && !is_transaction_pooler (&import, past))
    take_database_url (&import, past, name);
  else if (name != NULL)
    take_database_url (&import, name, NULL);
  else
    has_database = take_database_parts (&import);
  take_database_password (&import);
  take_redis (&import);
  take_prefix (&import);
  take_supabase_url (&import, has_database);
  tell_about_keys (&import);
  tell_about_host (&import, WD_SECRET_POSTGRES, "PostgreSQL");
  if (draft->has_redis)
    tell_about_host (&import, WD_SECRET_REDIS, "Redis");
  return import.notes;
}
