/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "base/wd-json-writer.h"

G_BEGIN_DECLS

/**
 * WdCopyColumn:
 * @name: its title in a table for other programs, as in documents
 * @get: (transfer full) (nullable): what stands there, whole; %NULL where nothing does
 */
typedef struct {
  const char *name;
  char *(*get) (gconstpointer record);
} WdCopyColumn;

/**
 * WdCopyKind:
 * @columns: (array length=n_columns): of a line of text, and of a table
 * @n_columns: how many
 * @write: writes all members of a record into an object
 * @get_record: (nullable): of an item of the list; without it items are #WdRow
 *
 * How records are copied.
 */
typedef struct {
  const WdCopyColumn *columns;
  guint n_columns;
  void (*write) (WdJsonWriter *writer, gconstpointer record);
  gconstpointer (*get_record) (gpointer item);
} WdCopyKind;

void wd_copy_keys_add (GtkColumnView *view, const WdCopyKind *kind);

G_END_DECLS
