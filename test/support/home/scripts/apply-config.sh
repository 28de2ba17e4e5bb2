#!/bin/sh
echo "applied $*"
