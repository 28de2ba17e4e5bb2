#!/usr/bin/env bash
# What a wiki page's failover usually is: the right commands in a row, and a last line that nothing decides.
# Needs aws, kubectl and curl on PATH, and ZONE_ID, HEALTH_CHECK_ID, SERVICES and PRE_CHECKS in the environment.

echo "Failover to the standby Region begins."

$PRE_CHECKS || exit 1

read -r typed
if [ "$typed" != "FAILOVER" ]; then
  echo "Nothing was done."
  exit 1
fi

echo "1. Pointing the name at the standby Region"
aws route53 change-resource-record-sets --hosted-zone-id "$ZONE_ID" --change-batch '{
  "Changes": [{ "Action": "UPSERT", "ResourceRecordSet": {
    "Name": "api.dr.example.com", "Type": "A", "SetIdentifier": "primary", "Failover": "PRIMARY",
    "HealthCheckId": "'"$HEALTH_CHECK_ID"'",
    "AliasTarget": { "DNSName": "dr-alb.us-west-2.elb.amazonaws.com", "HostedZoneId": "Z1H1FL5HABSF5",
      "EvaluateTargetHealth": false } } }] }'

echo "2. Starting tasks there"
aws ecs update-service --cluster dr-cluster --service app-service --desired-count 10 --region us-west-2

echo "3. Promoting the replica"
aws rds promote-read-replica --db-instance-identifier dr-database --region us-west-2

echo "4. Telling the application where its database is"
kubectl set env deployment/app DATABASE_HOST=dr-database REGION=us-west-2 -n production

echo "5. Looking at the services"
for service in $SERVICES; do
  code=$(curl -s -o /dev/null -w "%{http_code}" "https://$service.dr.example.com/health")
  if [ "$code" -eq 200 ]; then
    echo "$service answers"
  else
    echo "$service does not answer"
  fi
done

echo "6. Telling customers"
curl -X POST https://status.example.com/v1/incidents -d '{"incident": {"name": "Failover done", "status": "monitoring"}}'

echo "FAILOVER SUCCEEDED: the standby Region serves."
