/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-incident.h"

G_BEGIN_DECLS

/**
 * WdIncidentFile:
 * @state: path of what is pending, open, or lately resolved
 * @history: path of what was
 * @lock: path of what whoever changes them holds
 *
 * The incidents of one connection, a line of JSON for each. Worker.
 */
typedef struct {
  char *state;
  char *history;
  char *lock;
} WdIncidentFile;

WdIncidentFile *wd_incident_file_new (const char *folder, const char *name);
void            wd_incident_file_free (WdIncidentFile *self);
int             wd_incident_file_lock (WdIncidentFile *self, GCancellable *cancellable,
                                       GError **error);
GPtrArray      *wd_incident_file_read (WdIncidentFile *self, GError **error);
gboolean        wd_incident_file_write (WdIncidentFile *self, GPtrArray *incidents,
                                        GError **error);
gboolean        wd_incident_file_append (WdIncidentFile *self, GPtrArray *incidents, WdTime now,
                                         GError **error);
GPtrArray      *wd_incident_file_read_history (WdIncidentFile *self, WdTime now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdIncidentFile, wd_incident_file_free)

G_END_DECLS
