#!/usr/bin/env bash
# --url U: health, one flight and one airport by the API's own answers; the first that is not good ends it.
set -euo pipefail
[ "${1:-}" = --url ] || { echo 'expected --url' >&2; exit 64; }
base=${2%/health}
for path in /health /flights/UA100 /airports/JFK; do
  curl --fail --silent --show-error --max-time 10 --output /dev/null "$base$path"
  echo "$path answers"
done
