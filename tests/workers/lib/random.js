// SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Chance that can be repeated: the same seed gives the same run.

export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
