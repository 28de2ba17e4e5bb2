#!/bin/sh
# Its child leaves the process group and keeps hold of what it writes to.
setsid sh -c 'sleep 15' &
echo "parent $$"
wait
