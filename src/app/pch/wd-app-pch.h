/* SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What nearly every file of the window reads first, read once: with -Db_pch=true alone, since then
 * a lint, and not the compiler, finds what a file forgets to include. No guard: it is no header of
 * ours. */

#include <adwaita.h>
