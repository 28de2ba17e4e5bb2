#!/bin/sh
# Says what it was given, and ends as it is told.
echo "arguments: $*"
env | sort | cut -d= -f1 | tr '\n' ' '
echo
echo "the token is $TEST_APP_TOKEN, at postgres://app:hunter2@db/app" >&2
exit "${1:-0}"
