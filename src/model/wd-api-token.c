/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A token is 256 random bits, so its hash needs no salt and no slow function: there is nothing to
 * guess. */

#include "model/wd-api-token.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/random.h>

#include "base/wd-error.h"

#define PREFIX "wdt_"

static const char *const words[] = { "viewer", "operator", "admin" };

static void
clear_token (WdApiToken *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->created_by);
}

WD_DEFINE_RECORD (WdApiToken, wd_api_token, clear_token)

/**
 * wd_api_role_word:
 * @role: a role
 *
 * Returns: (transfer none): its word, as it is kept and typed
 */
const char *
wd_api_role_word (WdApiRole role)
{
  return words[role];
}

/**
 * wd_api_role_from_word:
 * @word: (nullable): a word
 * @role: (out): what it means
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_api_role_from_word (const char *word, WdApiRole *role, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *role = (WdApiRole) i;
        return TRUE;
      }
  g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
               _("“%s” is not a role: use viewer, operator or admin"), word != NULL ? word : "");
  return FALSE;
}

/**
 * wd_api_name_validate:
 * @name: (nullable): of a token
 * @error: %WD_ERROR_INVALID_ARGUMENT
 */
gboolean
wd_api_name_validate (const char *name, GError **error)
{
  gboolean sound = name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL)
                   && g_utf8_strlen (name, -1) <= WD_API_NAME_MAX;

  for (const char *p = name; sound && *p != '\0'; p = g_utf8_next_char (p))
    sound = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (!sound)
    g_set_error (error, WD_ERROR, WD_ERROR_INVALID_ARGUMENT,
                 _("The name of a token has 1 to %d characters and no control characters"),
                 WD_API_NAME_MAX);
  return sound;
}

/**
 * wd_api_secret_make:
 * @error: %WD_ERROR_FAILED where the system gives no random bits
 *
 * Returns: (transfer full): a new token, to be shown once and kept by whom it is for
 */
char *
wd_api_secret_make (GError **error)
{
  guint8 bits[WD_API_HASH_SIZE];
  g_autofree char *text = NULL;

  if (getrandom (bits, sizeof bits, 0) != (gssize) sizeof bits)
    {
      g_set_error (error, WD_ERROR, WD_ERROR_FAILED, _("The system gives no random bits: %s"),
                   g_strerror (errno));
      return NULL;
    }
  text = g_base64_encode (bits, sizeof bits);
  explicit_bzero (bits, sizeof bits);
  /* As in URLs, so that it is one word to every shell and every header. */
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return g_strconcat (PREFIX, text, NULL);
}

/**
 * wd_api_secret_hash:
 * @secret: a token, whole or not
 * @length: bytes of it
 * @hash: (out caller-allocates): %WD_API_HASH_SIZE bytes
 */
void
wd_api_secret_hash (const char *secret, gsize length, guint8 *hash)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = WD_API_HASH_SIZE;

  g_checksum_update (checksum, (const guchar *) secret, (gssize) length);
  g_checksum_get_digest (checksum, hash, &size);
}

/**
 * wd_api_hash_to_text:
 * @hash: %WD_API_HASH_SIZE bytes
 *
 * Returns: (transfer full): the same as digits
 */
char *
wd_api_hash_to_text (const guint8 *hash)
{
  GString *text = g_string_sized_new (2 * WD_API_HASH_SIZE);

  for (gsize i = 0; i < WD_API_HASH_SIZE; i++)
    g_string_append_printf (text, "%02x", hash[i]);
  return g_string_free (text, FALSE);
}

/**
 * wd_api_hash_from_text:
 * @text: (nullable): digits
 * @hash: (out caller-allocates): %WD_API_HASH_SIZE bytes
 *
 * Returns: whether @text is a hash
 */
gboolean
wd_api_hash_from_text (const char *text, guint8 *hash)
{
  if (text == NULL || strlen (text) != 2 * WD_API_HASH_SIZE)
    return FALSE;
  for (gsize i = 0; i < WD_API_HASH_SIZE; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]), low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      hash[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/**
 * wd_api_hash_equal:
 * @a: %WD_API_HASH_SIZE bytes
 * @b: likewise
 *
 * Takes the same time whatever they are. Returns: whether they are the same
 */
gboolean
wd_api_hash_equal (const guint8 *a, const guint8 *b)
{
  volatile guint8 difference = 0;

  for (gsize i = 0; i < WD_API_HASH_SIZE; i++)
    difference |= a[i] ^ b[i];
  return difference == 0;
}
