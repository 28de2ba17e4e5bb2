#!/usr/bin/env bash
# --region R --table T: the metrics writer of R takes from the stream of T, which is turned on if it is off.
set -euo pipefail
while [ $# -gt 0 ]; do
  case "$1" in
    --region) region=$2 ;;
    --table) table=$2 ;;
    *) echo "unknown argument $1" >&2; exit 64 ;;
  esac
  shift 2
done
stream_of() {
  aws dynamodb describe-table --region "$region" --table-name "$table" --query Table.LatestStreamArn --output text
}
stream=$(stream_of)
if [ "$stream" = None ]; then
  aws dynamodb update-table --region "$region" --table-name "$table" \
    --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES >/dev/null
  aws dynamodb wait table-exists --region "$region" --table-name "$table"
  stream=$(stream_of)
fi
there=$(aws lambda list-event-source-mappings --region "$region" --function-name flightdata-metrics-writer \
  --event-source-arn "$stream" --query 'length(EventSourceMappings)' --output text)
if [ "$there" = 0 ]; then
  aws lambda create-event-source-mapping --region "$region" --function-name flightdata-metrics-writer \
    --event-source-arn "$stream" --starting-position TRIM_HORIZON >/dev/null
fi
echo "flightdata-metrics-writer takes from $stream"
