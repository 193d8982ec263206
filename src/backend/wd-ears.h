/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "model/wd-live.h"

G_BEGIN_DECLS

/**
 * WdEar:
 *
 * One thread that listens. Worker.
 */
typedef struct _WdEar WdEar;

/**
 * WdEarKind:
 * @name: of its thread
 * @source: what is silent while it is cut off
 * @prepare: makes what it works with, from wd_ears_set_data(); on the main context
 * @listen: tells what it hears until it cannot; why not is its error
 * @rest: what it does before it waits to begin again
 * @free: frees what it works with
 * @count_reached: (nullable): how often somebody else has got through to what it listens to: once
 *   more, and it does not wait any longer for its next attempt
 *
 * How something is listened to. All but @prepare run in the worker.
 */
typedef struct {
  const char *name;
  WdLiveSource source;
  gpointer (*prepare) (gpointer data);
  void (*listen) (WdEar *ear, gpointer resource, GCancellable *cancellable, GError **error);
  void (*rest) (gpointer resource);
  GDestroyNotify free;
  int (*count_reached) (gpointer resource);
} WdEarKind;

void wd_ear_tell_changes (WdEar *self, guint changes);
void wd_ear_tell_live (WdEar *self, WdLiveSource source, WdLiveState state, const char *reason);

#define WD_TYPE_EARS (wd_ears_get_type ())
G_DECLARE_FINAL_TYPE (WdEars, wd_ears, WD, EARS, GObject)

WdEars *wd_ears_new (void);
void    wd_ears_set_data (WdEars *self, gpointer data, GDestroyNotify data_free);
void    wd_ears_set_pace (WdEars *self, guint milliseconds);
void    wd_ears_add (WdEars *self, const WdEarKind *kind);
void    wd_ears_start (WdEars *self);
void    wd_ears_stop (WdEars *self);
void    wd_ears_wait (WdEars *self, guint milliseconds);
WdLive *wd_ears_get_live (WdEars *self);

G_END_DECLS
