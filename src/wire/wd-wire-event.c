/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the service tells of changes: that there are some, never what they are. */

#include "wire/wd-wire-event.h"

#include <string.h>

#include "base/wd-json-text.h"
#include "wire/wd-wire-read.h"

/* Whatever changes rows may have changed jobs or wallets. */
static const struct {
  const char *word;
  WdChange change;
} words[] = {
  { "jobs", WD_CHANGE_ROWS },
  { "wallets", WD_CHANGE_ROWS },
  { "queues", WD_CHANGE_QUEUES },
};

static const char *const sources[WD_N_LIVE_SOURCES] = {
  [WD_LIVE_DATABASE] = "database",
  [WD_LIVE_QUEUES] = "queues",
};

static const char *const states[] = {
  [WD_LIVE_OFF] = "none",
  [WD_LIVE_STARTING] = "starting",
  [WD_LIVE_ON] = "live",
  [WD_LIVE_SILENT] = "lost",
};

/**
 * wd_wire_changes_members:
 * @writer: a writer inside an object
 * @changes: #WdChange flags
 */
void
wd_wire_changes_members (WdJsonWriter *writer, guint changes)
{
  wd_json_writer_name (writer, "changed");
  wd_json_writer_begin_array (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((changes & words[i].change) != 0)
      wd_json_writer_string (writer, words[i].word);
  wd_json_writer_end_array (writer);
}

/**
 * wd_wire_read_changes:
 * @text: data of an event, with a zero byte behind it
 * @length: bytes of it
 * @changes: (out): #WdChange flags; all of them for a word that is not known
 * @error: %WD_ERROR_PROTOCOL
 */
gboolean
wd_wire_read_changes (const char *text, gsize length, guint *changes, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);
  WdJsonMember member, element;
  WdJsonMembers elements;

  *changes = 0;
  if (object == NULL)
    return FALSE;
  if (!wd_wire_read_member (object, "changed", &member) || *member.value != '[')
    return wd_wire_read_refuse ("changed", error);
  wd_json_members_begin (&elements, member.value);
  while (wd_json_members_next (&elements, &element))
    {
      g_autofree char *word = NULL;
      guint change = WD_CHANGE_ROWS | WD_CHANGE_QUEUES;

      if (*element.value != '"')
        return wd_wire_read_refuse ("changed", error);
      word = wd_json_text_decode (element.value, element.length);
      for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
        if (strcmp (words[i].word, word) == 0)
          change = words[i].change;
      *changes |= change;
    }
  return TRUE;
}

/**
 * wd_wire_live_members:
 * @writer: a writer inside an object
 * @live: which changes are heard of; why some are not is the service's own business
 */
void
wd_wire_live_members (WdJsonWriter *writer, const WdLive *live)
{
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    wd_json_writer_string_member (writer, sources[i], states[live->state[i]]);
}

/**
 * wd_wire_read_live:
 * @text: data of an event, with a zero byte behind it
 * @length: bytes of it
 * @result: (out caller-allocates) (array): a #WdLiveState for each #WdLiveSource
 * @error: %WD_ERROR_PROTOCOL
 */
gboolean
wd_wire_read_live (const char *text, gsize length, WdLiveState *result, GError **error)
{
  const char *object = wd_wire_read_document (text, length, error);

  if (object == NULL)
    return FALSE;
  for (guint i = 0; i < WD_N_LIVE_SOURCES; i++)
    {
      g_autofree char *word = wd_wire_read_text_member (object, sources[i]);
      guint state = 0;

      while (state < G_N_ELEMENTS (states) && g_strcmp0 (states[state], word) != 0)
        state++;
      if (state == G_N_ELEMENTS (states))
        return wd_wire_read_refuse (sources[i], error);
      result[i] = state;
    }
  return TRUE;
}
