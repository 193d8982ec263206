/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "model/wd-wallet.h"

G_BEGIN_DECLS

typedef enum {
  WD_FLAG_NEEDS_GAS,
  WD_FLAG_NEEDS_CONSOLIDATION,
  WD_N_FLAGS,
} WdFlag;

const char *wd_flag_column (WdFlag flag);
const char *wd_flag_label (WdFlag flag);
const char *wd_flag_job_type (WdFlag flag);
gboolean    wd_flag_from_column (const char *column, WdFlag *flag);

/**
 * WdFlagChange:
 * @id: (nullable): of the row, where its table has ids and it is known
 * @address: of the wallet
 * @before: the flag's value before; unset where it was null
 * @after: its value afterwards
 *
 * One flag of one wallet.
 */
typedef struct {
  char *id;
  char *address;
  WdTristate before;
  WdTristate after;
} WdFlagChange;

WdFlagChange *wd_flag_change_new (const char *id, const char *address, WdTristate before,
                                  WdTristate after);
void          wd_flag_change_free (WdFlagChange *self);

/**
 * WdFlagResult:
 * @flag: which flag
 * @changed: (element-type WdFlagChange): rows that were written
 * @n_same: wallets whose flag was as wanted before; nothing was written for them
 * @left: (element-type WdRefusal): wallets that were not changed, and why
 *
 * What became of a #WdFlagRequest, all of it in one transaction. Immutable once published.
 */
typedef struct {
  WdFlag flag;
  GPtrArray *changed;
  guint n_same;
  GPtrArray *left;
} WdFlagResult;

WD_DECLARE_RECORD (WdFlagResult, wd_flag_result)

WdFlagResult *wd_flag_result_create (WdFlag flag);

/**
 * WdFlagRequest:
 * @flag: which flag
 * @changes: (element-type WdFlagChange): the wallets; each at most once
 * @undo: puts rows back from @after to @before, and leaves those that no longer are as @after;
 *   else each is set to @after whatever it was
 */
typedef struct {
  WdFlag flag;
  GPtrArray *changes;
  gboolean undo;
} WdFlagRequest;

WdFlagRequest *wd_flag_request_new (WdFlag flag, const char *const *addresses, gboolean value);
WdFlagRequest *wd_flag_request_new_undo (const WdFlagResult *result);
WdFlagRequest *wd_flag_request_new_part (const WdFlagRequest *self, guint first, guint n);
WdFlagRequest *wd_flag_request_copy (const WdFlagRequest *self);
void           wd_flag_request_free (WdFlagRequest *self);
gboolean       wd_flag_request_validate (const WdFlagRequest *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WdFlagRequest, wd_flag_request_free)

G_END_DECLS
