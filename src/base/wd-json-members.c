/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/wd-json-members.h"

#include "base/wd-json-text.h"

/**
 * wd_json_members_begin:
 * @self: (out caller-allocates): before the first member
 * @container: an object or an array in valid JSON; must outlive @self
 */
void
wd_json_members_begin (WdJsonMembers *self, const char *container)
{
  const char *p = wd_json_text_skip_space (container + 1);

  self->in_object = *container == '{';
  self->next = *p == '}' || *p == ']' ? NULL : p;
}

/**
 * wd_json_members_next:
 * @self: a way through a container
 * @member: (out caller-allocates): the member it came to
 *
 * Returns: whether there was one
 */
gboolean
wd_json_members_next (WdJsonMembers *self, WdJsonMember *member)
{
  const char *p = self->next;

  if (p == NULL)
    return FALSE;
  *member = (WdJsonMember) { NULL };
  if (self->in_object)
    {
      member->key = p;
      p = wd_json_text_skip_value (p);
      member->key_length = (gsize) (p - member->key);
      p = wd_json_text_skip_space (wd_json_text_skip_space (p) + 1);
    }
  member->value = p;
  p = wd_json_text_skip_value (p);
  member->length = (gsize) (p - member->value);
  p = wd_json_text_skip_space (p);
  self->next = *p == ',' ? wd_json_text_skip_space (p + 1) : NULL;
  return TRUE;
}
