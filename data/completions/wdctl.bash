# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash

# Bash takes “--option=value” apart at the “=”: it is put together again for wdctl, and of its
# answer only the value is given back.
_wdctl() {
  local words=() word line candidates=()

  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((${#words[@]} > 0)) && [[ $word == '=' || ${words[-1]} == --*= ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  while IFS=$'\t' read -r line _; do
    candidates+=("$line")
  done < <("${COMP_WORDS[0]}" --complete "${words[@]}" 2>/dev/null)
  if [[ ${words[-1]} == --*=* ]]; then
    candidates=("${candidates[@]#*=}")
  fi
  COMPREPLY=("${candidates[@]}")
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
}

complete -F _wdctl wdctl
