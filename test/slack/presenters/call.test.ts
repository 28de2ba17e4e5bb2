import { describe, expect, it } from '@jest/globals';
import { presentCall } from '../../../src/slack/presenters/call.ts';
import { townHome as home } from '../../support/town.ts';
import { incidentOf, incidentViewOf, now } from '../views.ts';

const text = ':rotating_light: *INC-7* Nobody has acknowledged it.';
const call = { kind: 'call' as const, incidentId: 7, rung: 0, text, mention: ['ana'] };

describe('a call to people', () => {
  it('has its button while nobody has it', () => {
    const words = presentCall(call, incidentViewOf(), home);
    expect(words.text).toMatch(/^<@U\w+> :rotating_light: \*INC-7\* Nobody has acknowledged it\.$/);
    expect(JSON.stringify(words.blocks)).toContain('"Acknowledge"');
  });

  it('says who has it and since when, and has no button any more', () => {
    const words = presentCall(call, incidentViewOf({ acknowledged: { by: 'ben', at: now } }), home);
    expect(words.text).toContain('Acknowledged by *ben* at 15:30 CET (14:30 UTC). Nobody is called any more.');
    expect(words.text).not.toContain('Nobody has acknowledged');
    expect(JSON.stringify(words.blocks)).not.toContain('"actions"');
  });

  it('says that it is resolved, though nobody had it', () => {
    const incident = incidentOf({ phase: 'resolved', resolvedAt: now });
    const words = presentCall(call, incidentViewOf({ incident }), home);
    expect(words.text).toContain('Resolved at 15:30 CET (14:30 UTC). Nobody is called any more.');
    expect(JSON.stringify(words.blocks)).not.toContain('"actions"');
  });
});
