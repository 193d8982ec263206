/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Records are plain structs, counted atomically: made and filled in a worker, then published and
 * never changed again, so any thread may read one it holds a reference to. */

#define WD_DECLARE_RECORD(TypeName, prefix)                     \
  TypeName *prefix##_new (void);                                \
  TypeName *prefix##_ref (TypeName *self);                      \
  void prefix##_unref (TypeName *self);                         \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (TypeName, prefix##_unref)

#define WD_DEFINE_RECORD(TypeName, prefix, clear_func)                          \
  TypeName *                                                                    \
  prefix##_new (void)                                                           \
  {                                                                             \
    return g_atomic_rc_box_new0 (TypeName);                                     \
  }                                                                             \
  TypeName *                                                                    \
  prefix##_ref (TypeName *self)                                                 \
  {                                                                             \
    return g_atomic_rc_box_acquire (self);                                      \
  }                                                                             \
  void                                                                          \
  prefix##_unref (TypeName *self)                                               \
  {                                                                             \
    if (self != NULL)                                                           \
      g_atomic_rc_box_release_full (self, (GDestroyNotify) (clear_func));       \
  }
