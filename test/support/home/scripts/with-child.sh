#!/bin/sh
# Leaves a child in the background that ignores being asked to end, for a while.
sh -c 'trap "" TERM; echo "child $$"; sleep 15; sleep 15' &
echo "parent $$"
wait
