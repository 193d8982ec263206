/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "model/wd-job-type.h"

G_BEGIN_DECLS

/**
 * WdSampleKind:
 * @job_type: as in the table of kinds of jobs
 * @share: of all jobs, per cent
 * @shortest: that one runs, in milliseconds
 * @longest: likewise
 * @failures: of a thousand
 * @errors: NULL-terminated, the most usual first
 *
 * How jobs of one type come about, run and fail in sample data.
 */
typedef struct {
  const char *job_type;
  guint share;
  guint shortest;
  guint longest;
  guint failures;
  const char *const *errors;
} WdSampleKind;

const WdSampleKind *wd_sample_kind_lookup (const char *job_type);
const WdSampleKind *wd_sample_kind_pick (GRand *random);
const char         *wd_sample_kind_pick_error (const WdSampleKind *self, GRand *random);
guint               wd_sample_kind_pick_ms (const WdSampleKind *self, GRand *random);
const char         *wd_sample_kind_pick_trigger (GRand *random);

G_END_DECLS
