/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WdAbility:
 * @WD_ABILITY_WRITE: changes anything: dispatches, tries again, sets flags
 * @WD_ABILITY_QUEUES: shows what the queues hold
 * @WD_ABILITY_PAUSE: pauses and resumes queues
 * @WD_ABILITY_QUEUE_JOBS: shows the jobs of a queue, its schedulers and limits, and works on them
 * @WD_ABILITY_OUTBOX: shows which jobs are undelivered
 * @WD_ABILITY_BULK: does things to all that match
 * @WD_ABILITY_DRIFT: compares rows and queues
 * @WD_ABILITY_CHARTS: knows what happened when
 * @WD_ABILITY_ERRORS: groups failed jobs by their error
 * @WD_ABILITY_HEALTH: tells what is stuck
 * @WD_ABILITY_AUDIT: shows who did what
 * @WD_ABILITY_EXPORT: gives whole sets as of one moment
 * @WD_ABILITY_MIGRATE: migrates the database
 *
 * What one connection serves and another does not; all else every one does.
 */
typedef enum {
  WD_ABILITY_WRITE,
  WD_ABILITY_QUEUES,
  WD_ABILITY_PAUSE,
  WD_ABILITY_QUEUE_JOBS,
  WD_ABILITY_OUTBOX,
  WD_ABILITY_BULK,
  WD_ABILITY_DRIFT,
  WD_ABILITY_CHARTS,
  WD_ABILITY_ERRORS,
  WD_ABILITY_HEALTH,
  WD_ABILITY_AUDIT,
  WD_ABILITY_EXPORT,
  WD_ABILITY_MIGRATE,
  WD_N_ABILITIES,
} WdAbility;

G_END_DECLS
