#!/bin/sh
# Imports what has arrived in a folder, one run a file, in the order of the names, and moves what is done.
#
#   import-folder.sh CONFIG INCOMING DONE [OPTION...]
#
# The OPTIONs go to MARC_import. Ends with 0 if all is well, with 1 if records were rejected; any other
# status is that of the file that stopped it, which stays in INCOMING with those behind it. So does,
# with --atomic, a file with a reject.
#
# MARC_IMPORT     the program, if it is neither beside this script's folder (as in a clone) nor in PATH
# SETTLE_MINUTES  a file that was written to more recently is still on its way (default 5)
set -u
LC_ALL=C # Names in the order of their bytes.

program=${MARC_IMPORT:-$(dirname "$0")/../../bin/MARC_import}
# A copy of etc/ stands beside no program: that of PATH is meant.
[ -n "${MARC_IMPORT:-}" ] || [ -e "$program" ] || program=MARC_import
settle=${SETTLE_MINUTES:-5}

tell() {
  echo "import-folder: $1" >&2
}

refuse() {
  tell "$1"
  exit 2
}

# A path that no program takes for an option.
path_of() {
  case $1 in
    -*) echo "./$1" ;;
    *) echo "$1" ;;
  esac
}

[ $# -ge 3 ] || refuse "usage: import-folder.sh CONFIG INCOMING DONE [OPTION...]"
config=$(path_of "$1")
incoming=$(path_of "$2")
finished=$(path_of "$3")
shift 3
for folder in "$incoming" "$finished"; do
  [ -d "$folder" ] || refuse "$folder: there is no such folder"
  [ -w "$folder" ] || refuse "$folder: this account may not write there"
done
# The highest status of a file that is imported: with --atomic, 1 says that it is not.
done_with=1
for option in "$@"; do
  case $option in
    --atomic) done_with=0 ;;
    --dry-run | --limit | --limit=* | --skip | --skip=*)
      refuse "$option does not import a whole file, so that none may be moved"
      ;;
    -h | --help | -V | --version) refuse "$option imports nothing, so that no file may be moved" ;;
  esac
done
# Where Node is too old or the program damaged, Node itself may end with 1, which says of a file that it is done.
if ! said=$("$program" --version 2>&1); then
  echo "$said" >&2
  tell "$program does not start; nothing was imported"
  exit 70
fi

# What an upload that is not yet complete is called, with most programs.
is_partial() {
  case $1 in
    *.part | *.tmp | *.filepart | *.crdownload) return 0 ;;
  esac
  return 1
}

# -mmin is in every find of today, though not in every standard.
is_settled() {
  [ "$settle" -eq 0 ] || [ -n "$(find "$1" -prune -mmin "+$settle")" ]
}

# A run that was interrupted goes on. Where that is refused (2, 3), because the file, the rules or the order
# of the files have changed since, the file is imported from its beginning: what has been imported is recognised.
# Local records are not; the program refuses them then.
import() {
  file=$1
  shift
  said=$("$program" "$@" --resume "$config" "$file" 2>&1)
  status=$?
  case $status in
    2 | 3)
      "$program" "$@" "$config" "$file"
      status=$?
      ;;
    *) [ -z "$said" ] || echo "$said" >&2 ;;
  esac
}

put_away() {
  target=$finished/${1##*/}
  # The same name again, as some vendors send it every night.
  [ ! -e "$target" ] || target=$finished/$(date -u +%Y%m%dT%H%M%SZ)-${1##*/}
  mv "$1" "$target"
}

# An import that runs is let to its checkpoint, then nothing more is begun.
stopped=0
trap 'stopped=129' HUP
trap 'stopped=130' INT
trap 'stopped=143' TERM

worst=0
for file in "$incoming"/*; do
  if [ -h "$file" ] && [ ! -e "$file" ]; then tell "$file: the symbolic link leads nowhere"; fi
  if [ ! -f "$file" ] || is_partial "$file"; then continue; fi
  [ "$stopped" -eq 0 ] || exit "$stopped"
  if ! is_settled "$file"; then
    tell "$file: left for the next time, it was written to a moment ago (or its time lies in the future)"
    continue
  fi
  import "$file" "$@"
  if [ "$status" -gt "$done_with" ]; then
    # Another one at work in this folder has moved it meanwhile.
    [ -e "$file" ] || continue
    tell "$file: exit status $status; it was left there, and so were the files behind it"
    exit "$status"
  fi
  [ "$status" -eq 0 ] || worst=1
  if [ -e "$file" ] && ! put_away "$file"; then
    tell "$file: is imported, but cannot be moved to $finished"
    exit 6
  fi
done
exit "$worst"
