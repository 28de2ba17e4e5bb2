#!/usr/bin/env bash
# Pushes every branch and tag to the mirror. FLIGHTDATA_CODE and FLIGHTDATA_MIRROR are the two repositories.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet --mirror "$FLIGHTDATA_CODE" "$work/code.git"
git -C "$work/code.git" push --quiet --mirror "$FLIGHTDATA_MIRROR"
echo "mirrored $(git -C "$work/code.git" for-each-ref | wc -l) branches and tags"
