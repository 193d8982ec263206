/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a document to records. The document is somebody else's: it is checked as a whole before
 * anything is read from it, and each member must hold what it is agreed to hold, or null. Numbers
 * are read as the text they are. */

#include "wire/wd-wire-read.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/wd-decimal.h"
#include "base/wd-error.h"
#include "base/wd-json-text.h"
#include "base/wd-time.h"
#include "model/wd-job.h"
#include "model/wd-wallet.h"

/**
 * wd_wire_read_refuse:
 * @name: of the member that is not as agreed
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: %FALSE
 */
gboolean
wd_wire_read_refuse (const char *name, GError **error)
{
  g_set_error (error, WD_ERROR, WD_ERROR_PROTOCOL,
               _("The answer is not as agreed: “%s” is missing or holds something else"), name);
  return FALSE;
}

/**
 * wd_wire_read_document:
 * @text: an answer, with a zero byte behind it
 * @length: bytes of it, without that
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: (transfer none) (nullable): where its object begins, in @text; all of it is valid then
 */
const char *
wd_wire_read_document (const char *text, gsize length, GError **error)
{
  const char *start = wd_json_text_skip_space (text);

  if (*start == '{' && strlen (text) == length && wd_json_text_is_valid (text))
    return start;
  g_set_error_literal (error, WD_ERROR, WD_ERROR_PROTOCOL, _("The answer is no JSON object"));
  return NULL;
}

static gboolean
is_name (const WdJsonMember *member, const char *name)
{
  g_autofree char *decoded = NULL;

  if (memchr (member->key, '\\', member->key_length) == NULL)
    return member->key_length == strlen (name) + 2
           && memcmp (member->key + 1, name, member->key_length - 2) == 0;
  decoded = wd_json_text_decode (member->key, member->key_length);
  return strcmp (decoded, name) == 0;
}

static gboolean
is_word (const WdJsonMember *member, const char *word)
{
  return member->length == strlen (word) && memcmp (member->value, word, member->length) == 0;
}

static gboolean
is_number (const WdJsonMember *member)
{
  return *member->value == '-' || g_ascii_isdigit (*member->value);
}

/**
 * wd_wire_read_member:
 * @object: where an object begins, in valid JSON
 * @name: of a member
 * @member: (out caller-allocates): it; of several with that name the last
 *
 * Returns: whether it is there, and not null
 */
gboolean
wd_wire_read_member (const char *object, const char *name, WdJsonMember *member)
{
  WdJsonMembers members;
  WdJsonMember next;
  gboolean found = FALSE;

  wd_json_members_begin (&members, object);
  while (wd_json_members_next (&members, &next))
    if (is_name (&next, name))
      {
        *member = next;
        found = TRUE;
      }
  return found && !is_word (member, "null");
}

/**
 * wd_wire_read_text_member:
 * @object: where an object begins, in valid JSON
 * @name: of a member
 *
 * Returns: (transfer full) (nullable): what it says; %NULL where it is no text
 */
char *
wd_wire_read_text_member (const char *object, const char *name)
{
  WdJsonMember member;

  if (!wd_wire_read_member (object, name, &member) || *member.value != '"')
    return NULL;
  return wd_json_text_decode (member.value, member.length);
}

static gboolean
read_int (const WdJsonMember *member, gint64 *value)
{
  g_autofree char *text = NULL;

  if (!is_number (member))
    return FALSE;
  text = g_strndup (member->value, member->length);
  return g_ascii_string_to_signed (text, 10, G_MININT64 + 1, G_MAXINT64, value, NULL);
}

/**
 * wd_wire_read_count:
 * @object: where an object begins, in valid JSON
 * @name: of a member
 * @missing: what stands for one that is not there, or null
 * @count: (out): what it says
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: whether it is no negative integer, or not there
 */
gboolean
wd_wire_read_count (const char *object, const char *name, gint64 missing, gint64 *count,
                    GError **error)
{
  WdJsonMember member;

  *count = missing;
  if (!wd_wire_read_member (object, name, &member))
    return TRUE;
  if (read_int (&member, count) && *count >= 0)
    return TRUE;
  return wd_wire_read_refuse (name, error);
}

/**
 * wd_wire_read_boolean:
 * @object: where an object begins, in valid JSON
 * @name: of a member
 * @value: (out): what it says
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: whether it is there and says yes or no
 */
gboolean
wd_wire_read_boolean (const char *object, const char *name, gboolean *value, GError **error)
{
  WdJsonMember member;

  *value = FALSE;
  if (!wd_wire_read_member (object, name, &member)
      || (!is_word (&member, "true") && !is_word (&member, "false")))
    return wd_wire_read_refuse (name, error);
  *value = is_word (&member, "true");
  return TRUE;
}

/**
 * wd_wire_read_array:
 * @object: where an object begins, in valid JSON
 * @name: of a member
 * @max: how many elements it may have
 * @members: (out caller-allocates): before the first of them
 * @error: %WD_ERROR_PROTOCOL
 *
 * Returns: whether it is an array of no more objects than that, and of nothing else
 */
gboolean
wd_wire_read_array (const char *object, const char *name, guint max, WdJsonMembers *members,
                    GError **error)
{
  WdJsonMembers elements;
  WdJsonMember member, element;
  guint n = 0;

  if (!wd_wire_read_member (object, name, &member) || *member.value != '[')
    return wd_wire_read_refuse (name, error);
  wd_json_members_begin (&elements, member.value);
  while (wd_json_members_next (&elements, &element))
    if (++n > max || *element.value != '{')
      return wd_wire_read_refuse (name, error);
  wd_json_members_begin (members, member.value);
  return TRUE;
}

static void
set_text (const WdWireField *field, gpointer record, char *text)
{
  char **place = &G_STRUCT_MEMBER (char *, record, field->offset);

  g_free (*place);
  *place = text;
}

static void
set_none (const WdWireField *field, gpointer record)
{
  switch (field->kind)
    {
    case WD_WIRE_TEXT:
    case WD_WIRE_AMOUNT:
    case WD_WIRE_JSON:
      set_text (field, record, NULL);
      break;
    case WD_WIRE_TIME:
      G_STRUCT_MEMBER (WdTime, record, field->offset) = WD_TIME_NONE;
      break;
    case WD_WIRE_INT:
      G_STRUCT_MEMBER (gint64, record, field->offset) = WD_INT_NONE;
      break;
    case WD_WIRE_FLAG:
      G_STRUCT_MEMBER (WdTristate, record, field->offset) = WD_TRISTATE_UNSET;
      break;
    }
}

/* Tables may hold an amount as text; what came is kept, letter for letter, but for an exponent. */
static gboolean
read_amount (const WdWireField *field, const WdJsonMember *member, gpointer record)
{
  g_autofree char *text = NULL;

  if (*member->value == '"')
    {
      set_text (field, record, wd_json_text_decode (member->value, member->length));
      return TRUE;
    }
  if (!is_number (member))
    return FALSE;
  text = g_strndup (member->value, member->length);
  set_text (field, record, wd_decimal_expand (text));
  return TRUE;
}

static gboolean
read_time (const WdWireField *field, const WdJsonMember *member, gpointer record)
{
  g_autofree char *text = NULL;

  if (*member->value != '"')
    return FALSE;
  text = wd_json_text_decode (member->value, member->length);
  return wd_time_parse (text, FALSE, &G_STRUCT_MEMBER (WdTime, record, field->offset), NULL);
}

static gboolean
read_flag (const WdWireField *field, const WdJsonMember *member, gpointer record)
{
  if (!is_word (member, "true") && !is_word (member, "false"))
    return FALSE;
  G_STRUCT_MEMBER (WdTristate, record, field->offset) =
    is_word (member, "true") ? WD_TRISTATE_TRUE : WD_TRISTATE_FALSE;
  return TRUE;
}

static gboolean
read_value (const WdWireField *field, const WdJsonMember *member, gpointer record)
{
  if (is_word (member, "null"))
    {
      set_none (field, record);
      return TRUE;
    }
  switch (field->kind)
    {
    case WD_WIRE_TEXT:
      if (*member->value == '"')
        set_text (field, record, wd_json_text_decode (member->value, member->length));
      return *member->value == '"';
    case WD_WIRE_JSON:
      set_text (field, record, g_strndup (member->value, member->length));
      return TRUE;
    case WD_WIRE_AMOUNT:
      return read_amount (field, member, record);
    case WD_WIRE_TIME:
      return read_time (field, member, record);
    case WD_WIRE_INT:
      return read_int (member, &G_STRUCT_MEMBER (gint64, record, field->offset));
    case WD_WIRE_FLAG:
      return read_flag (field, member, record);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static const WdWireField *
find_field (const WdWireField *fields, const char *name)
{
  while (fields->name != NULL && strcmp (fields->name, name) != 0)
    fields++;
  return fields;
}

static gboolean
read_alias (const WdWireField *fields, const WdWireAlias *alias, const char *object,
            gpointer record, GError **error)
{
  WdJsonMember member, own;

  if (!wd_wire_read_member (object, alias->name, &member)
      || (!alias->is_better && wd_wire_read_member (object, alias->field, &own)))
    return TRUE;
  if (read_value (find_field (fields, alias->field), &member, record))
    return TRUE;
  return wd_wire_read_refuse (alias->name, error);
}

/**
 * wd_wire_read_fields:
 * @fields: what @record has
 * @aliases: (nullable): what other servers call some of them
 * @object: where an object begins, in valid JSON
 * @record: zeroed; also after an error its owner frees what is in it
 * @error: %WD_ERROR_PROTOCOL
 *
 * Fills a record; what is missing or null is none. Members of other names are left.
 */
gboolean
wd_wire_read_fields (const WdWireField *fields, const WdWireAlias *aliases, const char *object,
                     gpointer record, GError **error)
{
  WdJsonMembers members;
  WdJsonMember member;

  for (const WdWireField *field = fields; field->name != NULL; field++)
    set_none (field, record);
  wd_json_members_begin (&members, object);
  while (wd_json_members_next (&members, &member))
    for (const WdWireField *field = fields; field->name != NULL; field++)
      if (is_name (&member, field->name) && !read_value (field, &member, record))
        return wd_wire_read_refuse (field->name, error);
  for (const WdWireAlias *alias = aliases; alias != NULL && alias->name != NULL; alias++)
    if (!read_alias (fields, alias, object, record, error))
      return FALSE;
  return TRUE;
}
