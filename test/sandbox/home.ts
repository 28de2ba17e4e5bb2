import { Home } from '../../src/domain/home.ts';

export const home = Home.parse({
  version: 1,
  timezone: 'Europe/Berlin',
  system: {
    name: 'acme',
    title: 'Acme Shop',
    regions: { primary: 'us-east-1', recovery: 'us-west-2' },
    services: { api: { component: 'cmp_api' }, web: { component: 'cmp_web' }, batch: {} },
  },
  severities: { P1: {} },
  people: {
    ana: { slack: 'U0ANA', email: 'ana@example.com', iam: 'arn:aws:iam::123456789012:user/ana' },
    ben: { slack: 'U0BEN', email: 'ben@example.com' },
    cat: { slack: 'U0CAT' },
    dov: { slack: 'U0DOV' },
  },
  roles: {
    responders: ['ana', 'ben', 'group:S0RESP'],
    commanders: ['ana'],
    approvers: ['ben', 'group:S0APPR'],
    publishers: ['cat'],
  },
  channels: { incidents: '#incidents', stakeholders: '#stakeholders' },
  statuspage: { page: 'page01' },
});

export const scopes = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'im:write',
  'pins:read',
  'pins:write',
  'reactions:write',
  'bookmarks:write',
  'usergroups:read',
  'users:read',
  'users:read.email',
];
