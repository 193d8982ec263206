# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Worker Dashboard authors
# SPDX-License-Identifier: GPL-3.0-or-later

# What tools/run, tools/test and tools/bench share; sourced, from the root of the source.

# Configures the build folder $1 with the options that follow, and builds the files named in the
# array `targets`, or all. Two callers at once wait for each other.
targets=()
build() {
  local folder=$1
  shift
  mkdir -p "$folder"
  (
    flock 9
    if [[ -f $folder/build.ninja ]]; then
      meson configure "$folder" "$@"
    else
      meson setup "$folder" "$@"
    fi
    ninja -C "$folder" "${targets[@]}"
  ) 9>"$folder/.lock" >&2
}

# Programs want a home to write to; build machines do not always have one.
provide_home() {
  if [[ ! -w ${HOME:-/nonexistent} ]]; then
    HOME=$1/home
    mkdir -p "$HOME"
    export HOME
  fi
}

# What is in each file of the folder $1, apart from build folders.
sum_up() {
  (
    cd "$1" || exit
    find . -path './build-*' -prune -o -type f -exec sha256sum --zero {} + | sort --zero-terminated
  )
}

# Lays what git knows or would take, and nothing else, into the folder $1; build folders that are
# there stay. A file that is the same as before keeps its time, any other is new: what was built
# there may be of another clone, whose files were younger than these.
export_source() {
  local target=$1 kept
  rm -rf "$target.new"
  mkdir -p "$target" "$target.new"
  git -c safe.directory='*' ls-files -z --cached --others --exclude-standard --deduplicate |
    tar --create --null --ignore-failed-read --no-recursion --files-from=- |
    tar --extract --touch --no-same-owner --directory="$target.new"
  comm --zero-terminated -12 <(sum_up "$target") <(sum_up "$target.new") |
    cut --zero-terminated --characters=67- |
    tar --create --directory="$target" --null --files-from=- |
    tar --extract --no-same-owner --directory="$target.new"
  for kept in "$target"/build-*; do
    [[ -d $kept ]] && mv "$kept" "$target.new/"
  done
  rm -rf "$target"
  mv "$target.new" "$target"
}
