/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "redis/wd-redis-reply.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-error.h"
#include "base/wd-format.h"

#define MESSAGE_MAX 500

typedef struct {
  const char *prefix;
  WdError code;
} Meaning;

static const Meaning meanings[] = {
  { "NOPERM ", WD_ERROR_PERMISSION },
  { "NOAUTH ", WD_ERROR_AUTHENTICATION },
  { "WRONGPASS ", WD_ERROR_AUTHENTICATION },
  { "ERR invalid password", WD_ERROR_AUTHENTICATION },
  { "ERR AUTH <password> called without any password", WD_ERROR_AUTHENTICATION },
  { "ERR Client sent AUTH, but no password is set", WD_ERROR_AUTHENTICATION },
  { "ERR max number of clients", WD_ERROR_NO_CONNECTION },
  { "DENIED ", WD_ERROR_PERMISSION },
  { "READONLY ", WD_ERROR_NO_CONNECTION },
  { "LOADING ", WD_ERROR_NO_CONNECTION },
  { "MASTERDOWN ", WD_ERROR_NO_CONNECTION },
  { "CLUSTERDOWN ", WD_ERROR_NO_CONNECTION },
  { "TRYAGAIN ", WD_ERROR_NO_CONNECTION },
  { "MOVED ", WD_ERROR_NOT_SUPPORTED },
  { "ASK ", WD_ERROR_NOT_SUPPORTED },
  { "CROSSSLOT ", WD_ERROR_NOT_SUPPORTED },
  { "ERR unknown command", WD_ERROR_NOT_SUPPORTED },
  { "WRONGTYPE ", WD_ERROR_LAYOUT },
  { "OOM ", WD_ERROR_REFUSED },
  { "MISCONF ", WD_ERROR_REFUSED },
  { "NOREPLICAS ", WD_ERROR_REFUSED },
  { "BUSY ", WD_ERROR_BUSY },
  { "The user executing the script can't", WD_ERROR_PERMISSION },
  { "ERR The user executing the script can't", WD_ERROR_PERMISSION },
};

/* Before 7, an error inside a script comes as “ERR Error running script (…): @user_script:1:
 * @user_script: 1: -WRONGTYPE …”; later servers begin with the error itself. */
static const char *
skip_script_context (const char *text)
{
  const char *mark = g_str_has_prefix (text, "ERR Error running script")
                       ? g_strrstr (text, "@user_script: ")
                       : NULL;
  const char *inner = mark ? strstr (mark + strlen ("@user_script: "), ": ") : NULL;

  if (inner == NULL)
    return text;
  inner += strlen (": ");
  return *inner == '-' ? inner + 1 : inner;
}

static WdError
code_of (const char *text)
{
  const char *inner = skip_script_context (text);

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_has_prefix (inner, meanings[i].prefix))
      return meanings[i].code;
  return WD_ERROR_FAILED;
}

/**
 * wd_redis_reply_to_error:
 * @reply: an answer
 * @error: the code by the prefix of the server's message, the message made printable
 *
 * Returns: whether @reply is no error; when it is one, @error is set
 */
gboolean
wd_redis_reply_to_error (const redisReply *reply, GError **error)
{
  g_autofree char *said = NULL;
  g_autofree char *message = NULL;
  char *echo;

  g_return_val_if_fail (reply != NULL, FALSE);

  if (reply->type != REDIS_REPLY_ERROR)
    return TRUE;
  /* An unknown command is repeated with its arguments, be they a password. */
  said = g_strdup (reply->str);
  echo = strstr (said, ", with args beginning with");
  if (echo != NULL)
    *echo = '\0';
  message = wd_format_visible (said, MESSAGE_MAX);
  g_set_error_literal (error, WD_ERROR, code_of (reply->str), message);
  return FALSE;
}

static const char *
type_name (int type)
{
  static const char *const names[] = {
    [REDIS_REPLY_STRING] = "string", [REDIS_REPLY_ARRAY] = "array",
    [REDIS_REPLY_INTEGER] = "integer", [REDIS_REPLY_NIL] = "nil",
    [REDIS_REPLY_STATUS] = "status", [REDIS_REPLY_ERROR] = "error",
  };

  return type > 0 && type < (int) G_N_ELEMENTS (names) ? names[type] : "?";
}

/**
 * wd_redis_reply_expect:
 * @reply: an answer
 * @type: a `REDIS_REPLY_…`
 * @error: as wd_redis_reply_to_error(), or %WD_ERROR_PROTOCOL for any other type
 *
 * Returns: whether @reply is of @type
 */
gboolean
wd_redis_reply_expect (const redisReply *reply, int type, GError **error)
{
  g_return_val_if_fail (reply != NULL, FALSE);

  if (reply->type == type)
    return TRUE;
  if (!wd_redis_reply_to_error (reply, error))
    return FALSE;
  g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL, _("Redis answered with %s instead of %s"),
               type_name (reply->type), type_name (type));
  return FALSE;
}
