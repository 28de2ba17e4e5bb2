#!/usr/bin/env bash
# --region R --take on|off: the processor of R takes from the stream of R, or not. A mapping that is there is turned; where
# there is none and it is to take, one is made.
set -euo pipefail
while [ $# -gt 0 ]; do
  case "$1" in
    --region) region=$2 ;;
    --take) take=$2 ;;
    *) echo "unknown argument $1" >&2; exit 64 ;;
  esac
  shift 2
done
stream=$(aws kinesis describe-stream-summary --region "$region" --stream-name flightdata-ingest \
  --query StreamDescriptionSummary.StreamARN --output text)
mapping=$(aws lambda list-event-source-mappings --region "$region" --function-name flightdata-processor \
  --event-source-arn "$stream" --query 'EventSourceMappings[0].UUID' --output text)
if [ "$mapping" != None ]; then
  flag=--enabled
  [ "$take" = on ] || flag=--no-enabled
  aws lambda update-event-source-mapping --region "$region" --uuid "$mapping" "$flag" >/dev/null
elif [ "$take" = on ]; then
  aws lambda create-event-source-mapping --region "$region" --function-name flightdata-processor \
    --event-source-arn "$stream" --starting-position TRIM_HORIZON --batch-size 100 >/dev/null
fi
echo "flightdata-processor takes from $stream: $take"
