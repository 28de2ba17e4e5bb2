import type { Person } from '../../src/domain/person.ts';

const person = (name: string, slack: string): Person => ({ name, slack, door: 'terminal' });

export const lead = person('engineering-lead', 'U0ENGLEAD');
export const devops = person('devops', 'U0DEVOPS');
export const productOwner = person('product-owner', 'U0PRODUCT');
export const support = person('support-lead', 'U0SUPPORT');
