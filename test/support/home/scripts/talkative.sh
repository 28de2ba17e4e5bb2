#!/bin/sh
i=0
while [ $i -lt 2000 ]; do echo "line $i of many"; i=$((i + 1)); done
