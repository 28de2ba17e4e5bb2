import { Home } from '../../../src/domain/home.ts';
import { townHome } from '../../support/town.ts';

/** The town's home with a ladder, addresses and a pager. */
export const calledHome = Home.parse({
  ...townHome,
  severities: { P1: { escalate: ['0m', '5m', '15m', '30m', '45m'] }, P2: { escalate: ['10m'] }, P3: {} },
  people: {
    ...townHome.people,
    ana: { slack: 'U0ANA', email: 'ana@example.com' },
    ben: { slack: 'U0BEN', email: 'ben@example.com' },
  },
  email: { from: 'dr@example.com' },
  pager: { url: 'http://127.0.0.1:1/pages' },
});
