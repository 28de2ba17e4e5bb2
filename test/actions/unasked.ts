const stopped = 'only where it was stopped or has failed: says why';
const otherwise = 'only where what is there differs in that from what is wanted';

/** Permissions that an action needs and that its cases do not ask for, each with when it is asked for. */
export const unaskedHere: Record<string, Record<string, string>> = {
  'cloudformation.delete-stack': { 'cloudformation:DescribeStackEvents': stopped },
  'cloudformation.deploy-stack': { 'cloudformation:DescribeStackEvents': stopped },
  'dynamodb.compare-tables': { 'dynamodb:GetItem': 'only where items of a sample are not in both tables' },
  'dynamodb.reapply-settings': {
    'dynamodb:PutResourcePolicy': otherwise,
    'dynamodb:DeleteResourcePolicy': otherwise,
  },
  'ecs.check-service': { 'ecs:DescribeTasks': 'only where tasks have stopped: says why' },
  'ecs.deploy': {
    'ecs:ListServiceDeployments': 'only for the version before this one',
    'ecs:DescribeServiceRevisions': 'only for the version before this one',
  },
  'ecs.scale-service': {
    'servicequotas:GetAWSDefaultServiceQuota': 'only where the account has never asked for another quota',
  },
  'lambda.restore': {
    's3:ListBucket': 'without it S3 does not tell an object that is not there from one that may not be read',
    'lambda:UpdateFunctionCode': otherwise,
    'lambda:UpdateFunctionConfiguration': otherwise,
    'lambda:DeleteFunctionConcurrency': otherwise,
    'lambda:RemovePermission': otherwise,
    'lambda:UpdateAlias': otherwise,
  },
  'ssm.set-parameter': { 'secretsmanager:GetSecretValue': 'only where the value is that of a secret' },
};
