#!/usr/bin/env bash
# --region R --bucket B: the stack's template and the parameters of R, secret ones left out, to a folder of B named by the time.
set -euo pipefail
while [ $# -gt 0 ]; do
  case "$1" in
    --region) region=$2 ;;
    --bucket) bucket=$2 ;;
    *) echo "unknown argument $1" >&2; exit 64 ;;
  esac
  shift 2
done
folder="s3://$bucket/configuration/$(date -u +%Y%m%dT%H%M%SZ)-$region"
aws cloudformation get-template --region "$region" --stack-name flightdata-pipeline --query TemplateBody --output text |
  aws s3 cp --only-show-errors - "$folder/pipeline.yml"
aws ssm get-parameters-by-path --region "$region" --path /flightdata --recursive \
  --query "Parameters[?Type!='SecureString'].{Name:Name,Value:Value}" --output json |
  aws s3 cp --only-show-errors - "$folder/parameters.json"
echo "saved to $folder"
