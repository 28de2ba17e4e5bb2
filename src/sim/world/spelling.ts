interface Said {
  name: string;
  status: number;
}

/** How a service says no to whoever asks, whatever was asked. */
interface Spelling {
  throttled: Said;
  denied: Said;
  expired: Said;
}

const query: Spelling = {
  throttled: { name: 'Throttling', status: 400 },
  denied: { name: 'AccessDenied', status: 403 },
  expired: { name: 'ExpiredToken', status: 403 },
};

const json: Spelling = {
  throttled: { name: 'ThrottlingException', status: 400 },
  denied: { name: 'AccessDeniedException', status: 400 },
  expired: { name: 'ExpiredTokenException', status: 400 },
};

const spellings: Readonly<Record<string, Spelling>> = {
  ecs: json,
  'application-autoscaling': json,
  'service-quotas': json,
  dynamodb: json,
  ssm: json,
  secretsmanager: json,
  lambda: {
    throttled: { name: 'TooManyRequestsException', status: 429 },
    denied: { name: 'AccessDeniedException', status: 403 },
    expired: { name: 'ExpiredTokenException', status: 403 },
  },
  s3: {
    throttled: { name: 'SlowDown', status: 503 },
    denied: { name: 'AccessDenied', status: 403 },
    expired: { name: 'ExpiredToken', status: 400 },
  },
  ec2: {
    throttled: { name: 'RequestLimitExceeded', status: 503 },
    denied: { name: 'UnauthorizedOperation', status: 403 },
    expired: { name: 'RequestExpired', status: 400 },
  },
};

/** By the service's own names, which follow its protocol: query and XML services share theirs, JSON services theirs. */
export function spellingOf(service: string): Spelling {
  return spellings[service] ?? query;
}
