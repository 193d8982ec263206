/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may ask, as the database said a moment ago. A token that is revoked is refused within
 * seconds; while the database does not answer nobody is let in, since nobody could be told anything
 * anyway. One that is not known is looked for at once, since it may be new; a few times a second,
 * since it may be made up. */

#include "server/wd-server-tokens.h"

#include <string.h>

#include "base/wd-error.h"
#include "base/wd-time.h"
#include "direct/wd-direct-service.h"

#define FRESH_US (3 * G_USEC_PER_SEC)
#define NEW_US   (G_USEC_PER_SEC / 4)

typedef struct {
  guint8 hash[WD_API_HASH_SIZE];
  WdServerTokensFunc func;
  gpointer data;
} Asker;

struct _WdServerTokens {
  GObject parent_instance;

  WdDirectBackend *backend;   /* (owned) */
  GPtrArray *tokens;          /* (owned) (nullable) (element-type WdApiToken) */
  gint64 asked_at;            /* monotonic: when @tokens were asked for */
  GQueue askers;              /* of Asker: who waits for them */
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (WdServerTokens, wd_server_tokens, G_TYPE_OBJECT)

static void
wd_server_tokens_dispose (GObject *object)
{
  WdServerTokens *self = WD_SERVER_TOKENS (object);

  g_queue_clear_full (&self->askers, g_free);
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (wd_server_tokens_parent_class)->dispose (object);
}

static void
wd_server_tokens_class_init (WdServerTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wd_server_tokens_dispose;
}

static void
wd_server_tokens_init (WdServerTokens *self)
{
  g_queue_init (&self->askers);
}

/* Looks at all of them, so that how long it takes tells nothing. */
static WdApiToken *
find_token (WdServerTokens *self, const guint8 *hash)
{
  WdApiToken *found = NULL;

  for (guint i = 0; i < self->tokens->len; i++)
    {
      WdApiToken *token = self->tokens->pdata[i];

      if (wd_api_hash_equal (token->hash, hash) && token->revoked_at == WD_TIME_NONE)
        found = token;
    }
  return found;
}

static void
answer (WdServerTokens *self, const GError *error)
{
  GQueue askers = self->askers;
  Asker *asker;

  g_queue_init (&self->askers);
  while ((asker = g_queue_pop_head (&askers)) != NULL)
    {
      asker->func (error == NULL ? find_token (self, asker->hash) : NULL, error, asker->data);
      g_free (asker);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WdServerTokens) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tokens
      = wd_direct_load_tokens_finish (WD_DIRECT_BACKEND (source), result, &error);

  self->asking = FALSE;
  if (tokens != NULL)
    {
      g_clear_pointer (&self->tokens, g_ptr_array_unref);
      self->tokens = g_steal_pointer (&tokens);
    }
  answer (self, error);
}

static void
ask (WdServerTokens *self)
{
  if (self->asking)
    return;
  self->asking = TRUE;
  self->asked_at = g_get_monotonic_time ();
  wd_direct_load_tokens_async (self->backend, NULL, loaded_cb, g_object_ref (self));
}

/**
 * wd_server_tokens_new:
 * @backend: whom to ask
 *
 * Returns: (transfer full): what is not known yet
 */
WdServerTokens *
wd_server_tokens_new (WdDirectBackend *backend)
{
  WdServerTokens *self = g_object_new (WD_TYPE_SERVER_TOKENS, NULL);

  self->backend = g_object_ref (backend);
  return self;
}

static void
ask_for (WdServerTokens *self, const guint8 *hash, WdServerTokensFunc func, gpointer data)
{
  Asker *asker = g_new0 (Asker, 1);

  memcpy (asker->hash, hash, sizeof asker->hash);
  asker->func = func;
  asker->data = data;
  g_queue_push_tail (&self->askers, asker);
  ask (self);
}

/**
 * wd_server_tokens_find:
 * @self: the tokens
 * @secret: what somebody showed
 * @func: called with what it is
 * @data: for @func
 */
void
wd_server_tokens_find (WdServerTokens *self, const char *secret, WdServerTokensFunc func,
                       gpointer data)
{
  guint8 hash[WD_API_HASH_SIZE];
  gint64 age = g_get_monotonic_time () - self->asked_at;
  WdApiToken *token = NULL;

  wd_api_secret_hash (secret, strlen (secret), hash);
  if (!self->asking && self->tokens != NULL && age < FRESH_US)
    token = find_token (self, hash);
  if (token != NULL || (!self->asking && self->tokens != NULL && age < NEW_US))
    {
      func (token, NULL, data);
      return;
    }
  ask_for (self, hash, func, data);
}

/**
 * wd_server_tokens_look:
 * @self: the tokens
 * @func: called once it is known which are valid, or that this cannot be known; with no token
 * @data: for @func
 *
 * For wd_server_tokens_has().
 */
void
wd_server_tokens_look (WdServerTokens *self, WdServerTokensFunc func, gpointer data)
{
  static const guint8 nobodys[WD_API_HASH_SIZE];

  ask_for (self, nobodys, func, data);
}

/**
 * wd_server_tokens_has:
 * @self: the tokens
 * @token: one that was found before
 *
 * Returns: whether it is still valid, as far as was seen when they were looked at last
 */
gboolean
wd_server_tokens_has (WdServerTokens *self, const WdApiToken *token)
{
  return self->tokens == NULL || find_token (self, token->hash) != NULL;
}

/**
 * wd_server_tokens_recall:
 * @self: the tokens
 * @secret: what somebody showed
 *
 * For whose account a request is on before anybody is asked, and for who may be let in while the
 * database does not answer.
 *
 * Returns: (transfer none) (nullable): what it was when the database answered last
 */
WdApiToken *
wd_server_tokens_recall (WdServerTokens *self, const char *secret)
{
  guint8 hash[WD_API_HASH_SIZE];

  wd_api_secret_hash (secret, strlen (secret), hash);
  return self->tokens != NULL ? find_token (self, hash) : NULL;
}

/**
 * wd_server_tokens_refresh:
 * @self: the tokens
 * @known: whether somebody showed one that wd_server_tokens_recall() knew; else one that it did not
 *
 * Asks the database again where that was long ago, so that it is known the next time.
 */
void
wd_server_tokens_refresh (WdServerTokens *self, gboolean known)
{
  gint64 age = g_get_monotonic_time () - self->asked_at;

  if (self->tokens == NULL || age >= (known ? FRESH_US : NEW_US))
    ask (self);
}

/**
 * wd_server_tokens_forget:
 * @self: the tokens
 *
 * The next one is looked for in the database.
 */
void
wd_server_tokens_forget (WdServerTokens *self)
{
  g_clear_pointer (&self->tokens, g_ptr_array_unref);
}
