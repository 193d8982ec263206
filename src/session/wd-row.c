/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of a #WdPagedList. The object stays while its record is read again and replaced, so
 * that selection, focus and scroll position, which hold on to the object, stay too. */

#include "session/wd-row.h"

struct _WdRow {
  GObject parent_instance;

  const WdListKind *kind;
  gpointer record;   /* (owned) (nullable): NULL in a placeholder */
  gboolean untold;   /* the record was replaced, and nobody was told */
};

enum {
  PROP_0,
  PROP_RECORD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WdRow, wd_row, G_TYPE_OBJECT)

static void
wd_row_finalize (GObject *object)
{
  WdRow *self = WD_ROW (object);

  if (self->record != NULL)
    self->kind->unref (self->record);
  G_OBJECT_CLASS (wd_row_parent_class)->finalize (object);
}

static void
wd_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WdRow *self = WD_ROW (object);

  if (prop_id == PROP_RECORD)
    g_value_set_pointer (value, self->record);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
wd_row_class_init (WdRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = wd_row_finalize;
  object_class->get_property = wd_row_get_property;

  /**
   * WdRow:record:
   *
   * What the row shows: a #WdJob, #WdWallet or #WdAuditEntry, %NULL while it is being read.
   */
  properties[PROP_RECORD] =
    g_param_spec_pointer ("record", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wd_row_init (WdRow *self)
{
}

/**
 * wd_row_new:
 * @kind: what @record is
 * @record: (nullable) (transfer none): %NULL makes a placeholder
 *
 * Returns: (transfer full): a row
 */
WdRow *
wd_row_new (const WdListKind *kind, gpointer record)
{
  WdRow *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (WD_TYPE_ROW, NULL);
  self->kind = kind;
  self->record = record != NULL ? kind->ref (record) : NULL;
  return self;
}

/**
 * wd_row_get_id:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what tells it from others; %NULL for a placeholder
 */
const char *
wd_row_get_id (WdRow *self)
{
  g_return_val_if_fail (WD_IS_ROW (self), NULL);

  return self->record != NULL ? self->kind->get_id (self->record) : NULL;
}

/**
 * wd_row_get_record:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the record as last read; %NULL for a placeholder
 */
gconstpointer
wd_row_get_record (WdRow *self)
{
  g_return_val_if_fail (WD_IS_ROW (self), NULL);

  return self->record;
}

/**
 * wd_row_replace:
 * @self: a row
 * @record: (nullable) (transfer none): the record as read now; %NULL makes it a placeholder
 *
 * Tells nobody yet: that is what wd_row_tell() is for.
 *
 * Returns: whether anything about it is new, and nobody waits to be told already
 */
gboolean
wd_row_replace (WdRow *self, gpointer record)
{
  gpointer old;
  gboolean waited;

  g_return_val_if_fail (WD_IS_ROW (self), FALSE);

  old = self->record;
  if (old == record || (old != NULL && record != NULL && self->kind->equal (old, record)))
    return FALSE;
  self->record = record != NULL ? self->kind->ref (record) : NULL;
  if (old != NULL)
    self->kind->unref (old);
  waited = self->untold;
  self->untold = TRUE;
  return !waited;
}

/**
 * wd_row_tell:
 * @self: a row
 *
 * Tells listeners about a record that was replaced.
 *
 * Returns: whether there was anything to tell
 */
gboolean
wd_row_tell (WdRow *self)
{
  g_return_val_if_fail (WD_IS_ROW (self), FALSE);

  if (!self->untold)
    return FALSE;
  self->untold = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECORD]);
  return TRUE;
}
