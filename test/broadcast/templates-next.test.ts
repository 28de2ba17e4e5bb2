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
      where: 'C0INC7',
      needed: 1,
      several: false,
    });
    expect(said).toContain(
      'in <#C0INC7>, then press Approve there or type `/dr approve 3F9A21`; 1 approval is missing.',
    );
  });

  it.each(['run-paused', 'run-failed', 'run-aborted', 'run-succeeded', 'run-succeeded-with-exceptions'] as const)(
    'say after %s what a commander may do',
    (name) => {
      const run = { label: 'INC-7', title: 'Checkout fails', command: 'failover', took: '5m', phase: 'monitoring' };
      const said = templates.say(name, {
        ...run,
        impact: true,
        why: 'promote failed',
        ends: 'it ended',
        exceptions: 'fence deferred',
      });
      expect(said).toMatch(/`\/dr (resume|help|resolve)`/);
    },
  );

  it('offer to resume only where no step stopped short: there it would do nothing', () => {
    const paused = { label: 'INC-7', title: 'Checkout fails', command: 'failover', why: 'promote failed' };
    const stopped = templates.say('run-paused', { ...paused, trouble: true });
    expect(stopped).toContain('here: `/dr retry STEP`, `/dr skip STEP REASON` or `/dr abort`.\nOthers hear of it');
    expect(stopped).not.toContain('/dr resume');
    expect(templates.say('run-paused', paused)).toMatch(/here: `\/dr resume` or `\/dr abort`\.$/);
  });

  it('ask nobody to resolve what is resolved', () => {
    const run = { label: 'INC-7', title: 'Checkout fails', command: 'failover', took: '5m', phase: 'resolved' };
    expect(templates.say('run-succeeded', run)).not.toContain('/dr resolve');
  });

  it('name the way to approve also where they name the way without approvers', () => {
    const asked = { label: 'INC-7', title: 'Checkout fails', what: 'failover', code: '3F9A21', requestedBy: 'ana' };
    const said = templates.say('consent-waiting-last', { ...asked, waited: '9m', needed: 1, several: false });
    expect(said).toMatch(/`\/dr approve 3F9A21`.*`\/dr break-glass 3F9A21 REASON`/);
    expect(templates.say('consent-asked', asked)).toContain('type `/dr approve 3F9A21`');
  });

  it('call by mail in the first line, in both of its parts', () => {
    const { text, html } = templates.mail('escalation', {
      label: 'INC-7',
      title: 'Checkout fails',
      severity: 'P1',
      services: 'api',
      began: '2026-03-01 13:05 UTC',
      waited: '0s',
      channel: 'inc-7',
    });
    expect(text).toMatch(/^You are called to INC-7/);
    expect(html).toMatch(/<h1[^>]*>You are called to INC-7: Checkout fails<\/h1>/);
  });
});
