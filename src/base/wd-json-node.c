/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A value in a JSON text, as a place in that text. What is below it is looked for when somebody
 * opens it, so that a large document costs nothing but its text until then. Of a long list only
 * the beginning is made; a node that stands for the rest brings it when asked to. */

#include "base/wd-json-node.h"

#include <string.h>

#include "base/wd-json-members.h"
#include "base/wd-json-text.h"

#define FIRST_CHILDREN 100

struct _WdJsonNode {
  GObject parent_instance;

  char *source;           /* (owned): a reference to the whole text */
  const char *begin;      /* of the value, in the source; of the rest, in %WD_JSON_MORE */
  gsize length;
  const char *key;        /* (nullable): in the source, with its quotes */
  gsize key_length;
  guint index;            /* in its array; in %WD_JSON_MORE of the first one left out */
  WdJsonKind kind;
  guint n_children;       /* in %WD_JSON_MORE: those left out */
  GListStore *children;   /* (owned) (nullable): made when first asked for */
  GListStore *siblings;   /* (weak): of %WD_JSON_MORE, where the rest belongs */
  gboolean in_object;
};

G_DEFINE_FINAL_TYPE (WdJsonNode, wd_json_node, G_TYPE_OBJECT)

static WdJsonKind
kind_of (char first)
{
  switch (first)
    {
    case '{':
      return WD_JSON_OBJECT;
    case '[':
      return WD_JSON_ARRAY;
    case '"':
      return WD_JSON_STRING;
    case 't':
    case 'f':
    case 'n':
      return WD_JSON_WORD;
    default:
      return WD_JSON_NUMBER;
    }
}

static guint
count_children (WdJsonNode *self)
{
  WdJsonMembers members;
  WdJsonMember member;
  guint n = 0;

  if (self->kind != WD_JSON_OBJECT && self->kind != WD_JSON_ARRAY)
    return 0;
  wd_json_members_begin (&members, self->begin);
  while (wd_json_members_next (&members, &member))
    n++;
  return n;
}

/* @source: (transfer none): counted text */
static WdJsonNode *
node_new (char *source, const char *begin, const char *key, gsize key_length, guint index)
{
  WdJsonNode *self = g_object_new (WD_TYPE_JSON_NODE, NULL);

  self->source = g_ref_string_acquire (source);
  self->begin = begin;
  self->length = (gsize) (wd_json_text_skip_value (begin) - begin);
  self->key = key;
  self->key_length = key_length;
  self->index = index;
  self->kind = kind_of (*begin);
  self->n_children = count_children (self);
  return self;
}

/* Makes nodes of the next members, @n at most. */
static void
take_members (GPtrArray *nodes, char *source, WdJsonMembers *members, guint index, guint n)
{
  WdJsonMember member;

  while (n-- > 0 && wd_json_members_next (members, &member))
    g_ptr_array_add (nodes,
                     node_new (source, member.value, member.key, member.key_length, index++));
}

static WdJsonNode *
more_new (WdJsonNode *parent, GListStore *siblings, const char *rest, guint index)
{
  WdJsonNode *self = g_object_new (WD_TYPE_JSON_NODE, NULL);

  self->source = g_ref_string_acquire (parent->source);
  self->begin = rest;
  self->index = index;
  self->kind = WD_JSON_MORE;
  self->n_children = parent->n_children - index;
  self->in_object = parent->kind == WD_JSON_OBJECT;
  g_set_weak_pointer (&self->siblings, siblings);
  return self;
}

static void
make_children (WdJsonNode *self)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  /* One that is left out would take as much room as the word that says so. */
  guint n = self->n_children > FIRST_CHILDREN + 1 ? FIRST_CHILDREN : self->n_children;
  WdJsonMembers members;

  self->children = g_list_store_new (WD_TYPE_JSON_NODE);
  wd_json_members_begin (&members, self->begin);
  take_members (nodes, self->source, &members, 0, n);
  if (members.next != NULL)
    g_ptr_array_add (nodes, more_new (self, self->children, members.next, n));
  g_list_store_splice (self->children, 0, 0, nodes->pdata, nodes->len);
}

static void
wd_json_node_finalize (GObject *object)
{
  WdJsonNode *self = WD_JSON_NODE (object);

  g_clear_weak_pointer (&self->siblings);
  g_clear_object (&self->children);
  g_clear_pointer (&self->source, g_ref_string_release);
  G_OBJECT_CLASS (wd_json_node_parent_class)->finalize (object);
}

static void
wd_json_node_class_init (WdJsonNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wd_json_node_finalize;
}

static void
wd_json_node_init (WdJsonNode *self)
{
}

/**
 * wd_json_node_parse:
 * @json: JSON text
 *
 * Returns: (transfer full) (nullable): its value; %NULL when @json is no JSON
 */
WdJsonNode *
wd_json_node_parse (const char *json)
{
  WdJsonNode *self;
  char *source;

  g_return_val_if_fail (json != NULL, NULL);

  if (!wd_json_text_is_valid (json))
    return NULL;
  source = g_ref_string_new (json);
  self = node_new (source, wd_json_text_skip_space (source), NULL, 0, 0);
  g_ref_string_release (source);
  return self;
}

/**
 * wd_json_node_get_kind:
 * @self: a node
 *
 * Returns: what it is
 */
WdJsonKind
wd_json_node_get_kind (WdJsonNode *self)
{
  g_return_val_if_fail (WD_IS_JSON_NODE (self), WD_JSON_WORD);

  return self->kind;
}

/**
 * wd_json_node_dup_key:
 * @self: a node
 *
 * Returns: (transfer full): its name in an object, its place in an array; not made visible
 */
char *
wd_json_node_dup_key (WdJsonNode *self)
{
  g_return_val_if_fail (WD_IS_JSON_NODE (self), NULL);

  if (self->key != NULL)
    return wd_json_text_decode (self->key, self->key_length);
  return g_strdup_printf ("%u", self->index);
}

/**
 * wd_json_node_dup_text:
 * @self: a node
 *
 * Returns: (transfer full) (nullable): what a string says, without quotes; a number or a word
 *   letter for letter; %NULL for what has values below it. Not made visible
 */
char *
wd_json_node_dup_text (WdJsonNode *self)
{
  g_return_val_if_fail (WD_IS_JSON_NODE (self), NULL);

  switch (self->kind)
    {
    case WD_JSON_STRING:
      return wd_json_text_decode (self->begin, self->length);
    case WD_JSON_NUMBER:
    case WD_JSON_WORD:
      return g_strndup (self->begin, self->length);
    case WD_JSON_OBJECT:
    case WD_JSON_ARRAY:
    case WD_JSON_MORE:
    default:
      return NULL;
    }
}

/**
 * wd_json_node_get_n_children:
 * @self: a node
 *
 * Returns: how many values are below it, or left out in %WD_JSON_MORE
 */
guint
wd_json_node_get_n_children (WdJsonNode *self)
{
  g_return_val_if_fail (WD_IS_JSON_NODE (self), 0);

  return self->n_children;
}

/**
 * wd_json_node_get_children:
 * @self: a node
 *
 * Returns: (transfer none) (nullable): what is below it, the same list each time; %NULL where
 *   nothing is
 */
GListModel *
wd_json_node_get_children (WdJsonNode *self)
{
  g_return_val_if_fail (WD_IS_JSON_NODE (self), NULL);

  if (self->n_children == 0 || self->kind == WD_JSON_MORE)
    return NULL;
  if (self->children == NULL)
    make_children (self);
  return G_LIST_MODEL (self->children);
}

/**
 * wd_json_node_show_all:
 * @self: a %WD_JSON_MORE
 *
 * Puts what it stands for in its place.
 */
void
wd_json_node_show_all (WdJsonNode *self)
{
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func (g_object_unref);
  WdJsonMembers members = { self->begin, self->in_object };
  guint position;

  g_return_if_fail (WD_IS_JSON_NODE (self));
  g_return_if_fail (self->kind == WD_JSON_MORE);

  if (self->siblings == NULL || !g_list_store_find (self->siblings, self, &position))
    return;
  take_members (nodes, self->source, &members, self->index, self->n_children);
  g_list_store_splice (self->siblings, position, 1, nodes->pdata, nodes->len);
}
