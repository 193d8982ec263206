/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was and what became are kept as JSON; a line says what differs, and of jobs their type. */

#include "session/wd-audit-text.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "base/wd-json-text.h"
#include "model/wd-job-type.h"
#include "model/wd-words.h"

typedef struct {
  JsonNode *root;      /* (owned) (nullable) */
  JsonObject *object;  /* (nullable): in @root */
} Document;

static void
read_document (Document *self, const char *json)
{
  self->root = json != NULL && wd_json_text_is_valid (json) ? json_from_string (json, NULL) : NULL;
  self->object = self->root != NULL && JSON_NODE_HOLDS_OBJECT (self->root)
                 ? json_node_get_object (self->root) : NULL;
}

static void
clear_document (Document *self)
{
  g_clear_pointer (&self->root, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Document, clear_document)

/* Returns: (nullable): what is kept under @name, unless it is null */
static JsonNode *
find_value (const Document *self, const char *name)
{
  JsonNode *node = self->object != NULL ? json_object_get_member (self->object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static const char *
find_text (const Document *self, const char *name)
{
  JsonNode *node = find_value (self, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static gboolean
is_true (const Document *self, const char *name)
{
  JsonNode *node = find_value (self, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

typedef enum {
  WORD_STATUS,
  WORD_FLAG,
  WORD_PAUSED,
  WORD_PLAIN,
  WORD_LIMIT,
} WordKind;

static const struct {
  const char *name;
  const char *caption;  /* (nullable): the values say it */
  WordKind kind;
} fields[] = {
  { "status", NULL, WORD_STATUS },
  { "paused", NULL, WORD_PAUSED },
  { "needs_gas", N_("needs gas"), WORD_FLAG },
  { "needs_consolidation", N_("needs consolidation"), WORD_FLAG },
  { "retry_count", N_("retries"), WORD_PLAIN },
  { "value", NULL, WORD_PLAIN },
  { "concurrency", N_("jobs at once"), WORD_LIMIT },
  { "rate_max", N_("jobs that begin"), WORD_LIMIT },
  { "rate_ms", N_("in milliseconds"), WORD_LIMIT },
};

/* Returns: (transfer full): a value in a word */
static char *
word_of (JsonNode *node, WordKind kind)
{
  gboolean boolean = node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN;

  if (node == NULL)
    return g_strdup (kind == WORD_LIMIT ? C_("limit", "none") : "—");
  if (boolean && kind == WORD_PAUSED)
    return g_strdup (json_node_get_boolean (node) ? C_("queue", "Paused")
                                                   : C_("queue", "Running"));
  if (boolean)
    return g_strdup (json_node_get_boolean (node) ? _("yes") : _("no"));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (kind == WORD_STATUS ? wd_job_status_label (json_node_get_string (node))
                                         : json_node_get_string (node));
  return json_to_string (node, FALSE);
}

static void
append_part (GString *line, const char *part)
{
  if (line->len > 0)
    g_string_append (line, ", ");
  g_string_append (line, part);
}

/* What both or one of them have of a field, where it is not the same. Returns: whether it is not */
static gboolean
append_field (GString *line, const Document *before, const Document *after, gsize i)
{
  JsonNode *old = find_value (before, fields[i].name);
  JsonNode *new = find_value (after, fields[i].name);
  g_autofree char *was = word_of (old, fields[i].kind);
  g_autofree char *is = word_of (new, fields[i].kind);
  g_autofree char *change = NULL;
  g_autofree char *part = NULL;

  /* Of a limit null says as much as a number. */
  if (new == NULL && !(fields[i].kind == WORD_LIMIT && old != NULL && after->object != NULL
                       && json_object_has_member (after->object, fields[i].name)))
    return FALSE;
  if (old != NULL && new != NULL && json_node_equal (old, new))
    return FALSE;
  /* TRANSLATORS: what something was, and what it became */
  change = before->object != NULL ? g_strdup_printf (_("%s → %s"), was, is) : g_strdup (is);
  if (fields[i].caption != NULL)
    /* TRANSLATORS: what changed, and how, such as “needs gas: no → yes” */
    part = g_strdup_printf (_("%s: %s"), g_dgettext (GETTEXT_PACKAGE, fields[i].caption), change);
  append_part (line, part != NULL ? part : change);
  return TRUE;
}

/* Returns: how many fields changed */
static guint
append_fields (GString *line, const Document *before, const Document *after)
{
  guint n_changed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    n_changed += append_field (line, before, after, i);
  return n_changed;
}

static const char *
priority_label (const Document *after)
{
  JsonNode *node = find_value (after, "priority");

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return NULL;
  switch (json_node_get_int (node))
    {
    case WD_PRIORITY_LOW:
      return _("low priority");
    case WD_PRIORITY_HIGH:
      return _("high priority");
    default:
      return NULL;
    }
}

/**
 * wd_audit_text_who:
 * @entry: an entry
 *
 * Returns: (transfer full): `user@host`; what is known of it, at least the database's role
 */
char *
wd_audit_text_who (const WdAuditEntry *entry)
{
  if (entry->os_user == NULL)
    return g_strdup (entry->host != NULL ? entry->host : entry->db_role);
  return entry->host != NULL ? g_strconcat (entry->os_user, "@", entry->host, NULL)
                             : g_strdup (entry->os_user);
}

/**
 * wd_audit_text_wallet:
 * @entry: an entry
 *
 * Returns: (transfer full) (nullable): the address of the wallet that it is about, if any
 */
char *
wd_audit_text_wallet (const WdAuditEntry *entry)
{
  g_auto (Document) after = { NULL };

  if (g_strcmp0 (entry->target_type, "wallet") == 0)
    return g_strdup (entry->target_id);
  if (g_strcmp0 (entry->target_type, "job") != 0)
    return NULL;
  read_document (&after, entry->after);
  return g_strdup (find_text (&after, "wallet_address"));
}

/**
 * wd_audit_text_target:
 * @entry: an entry
 *
 * Returns: (transfer full): what it is about: of a job its wallet, where it has one
 */
char *
wd_audit_text_target (const WdAuditEntry *entry)
{
  char *wallet = wd_audit_text_wallet (entry);

  if (wallet != NULL)
    return wallet;
  return g_strdup (entry->target_id != NULL ? entry->target_id : "—");
}

/**
 * wd_audit_text_change:
 * @entry: an entry
 *
 * Returns: (transfer full): in a line, what became of what; may be empty. A priority of its own is
 *   told, the normal one goes without saying
 */
char *
wd_audit_text_change (const WdAuditEntry *entry)
{
  g_auto (Document) before = { NULL };
  g_auto (Document) after = { NULL };
  GString *line = g_string_new (NULL);
  const char *type, *priority, *note, *scheduler;
  guint n_changed = 0;

  read_document (&before, entry->before);
  read_document (&after, entry->after);
  type = find_text (&after, "job_type");
  priority = priority_label (&after);
  note = find_text (&after, "note");
  scheduler = find_text (&before, "scheduler");
  if (type != NULL)
    append_part (line, wd_job_type_label (type));
  if (scheduler != NULL)
    append_part (line, scheduler);
  if (priority != NULL)
    append_part (line, priority);
  if (is_true (&after, "forced"))
    append_part (line, _("without checks"));
  /* What is new has no change to tell: of a job its type and priority say enough. */
  if (before.object != NULL || type == NULL)
    n_changed = append_fields (line, &before, &after);
  if (before.object != NULL && type == NULL && scheduler == NULL && n_changed == 0)
    append_part (line, _("no change"));
  if (note != NULL)
    append_part (line, note);
  return g_string_free (line, FALSE);
}
