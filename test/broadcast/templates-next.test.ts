import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadTemplates } from '../../src/broadcast/templates/load-templates.ts';
import type { Templates } from '../../src/broadcast/templates/sentences.ts';

describe('words that call for a deed', () => {
  let templates: Templates;
  beforeAll(async () => {
    templates = await loadTemplates({ shippedDir: 'templates' });
  });

  it('begin with it, where nothing else keeps writes out', () => {
    const guard = { label: 'INC-7', title: 'Checkout fails', region: 'us-east-1', step: 'fence' };
    const said = templates.say('guard-troubled', { ...guard, why: 'AccessDenied.' });
    expect(said).toMatch(/^:rotating_light: \*Fence us-east-1 by hand at once\*: nothing keeps writes out of it now\./);
    expect(said).toContain('cannot fence it (fence): AccessDenied. The guard goes on looking');
  });

  it('say to an approver who reads them elsewhere what to do, and where', () => {
    const asked = { label: 'INC-7', title: 'Checkout fails', what: 'failover', code: '3F9A21', requestedBy: 'ana' };
    const said = templates.say('consent-waiting-direct', {
      ...asked,
      waited: '6m',
      channel: 'inc-7',
      needed: 1,
      several: false,
    });
    expect(said).toContain('in #inc-7, then press Approve there or type `/dr approve 3F9A21`; 1 approval is missing.');
  });
});
