# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What tools/flatpak takes its time for; sourced.

# Prints the hundredths of a second since some time, and those that processes which this one or
# its children waited for have used of the processors since it began.
clock() {
  local line
  # Behind the name, which may hold spaces, the 12th to 15th field.
  read -r line <"/proc/$$/stat"
  read -r -a line <<<"${line##*) }"
  echo "$((${EPOCHREALTIME/[.,]/} / 10000)) $((line[11] + line[12] + line[13] + line[14]))"
}

read -r clock_wall clock_cpu < <(clock)

# Says of the step $1, which ends now, how long it took and what it used of the processors.
step() {
  local wall cpu
  read -r wall cpu < <(clock)
  printf '%s: %.1f s (%.1f s of processors)\n' \
    "$1" "$((wall - clock_wall))e-2" "$((cpu - clock_cpu))e-2" >&2
  clock_wall=$wall clock_cpu=$cpu
}
