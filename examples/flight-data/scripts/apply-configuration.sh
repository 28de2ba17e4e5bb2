#!/usr/bin/env bash
# --region R: sets each parameter of parameters.json in the repository FLIGHTDATA_CONFIGURATION. Pointers to tables
# (/flightdata/tables/…) are left: a recovery has just moved them.
set -euo pipefail
[ "${1:-}" = --region ] || { echo 'expected --region' >&2; exit 64; }
region=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet --depth 1 "$FLIGHTDATA_CONFIGURATION" "$work/configuration"
jq -r 'to_entries[] | select(.key | startswith("/flightdata/tables/") | not) | [.key, .value] | @tsv' \
  "$work/configuration/parameters.json" |
  while IFS=$'\t' read -r name value; do
    aws ssm put-parameter --region "$region" --name "$name" --value "$value" --type String --overwrite >/dev/null
    echo "$name"
  done
