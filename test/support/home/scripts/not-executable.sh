#!/bin/sh
echo "checked $*"
