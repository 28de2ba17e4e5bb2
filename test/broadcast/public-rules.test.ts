import { describe, expect, it } from '@jest/globals';
import type { BroadcastRule, Home } from '../../src/domain/home.ts';
import { usePage } from '../support/page-stage.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, townHome, useTown } from '../support/town.ts';

const minuteMs = 60_000;

function homeWith(rule: BroadcastRule): Home {
  return {
    ...townHome,
    severities: {
      ...townHome.severities,
      P1: { ...townHome.severities.P1, public_within: '5m' },
    } as Home['severities'],
    broadcasts: { ...townHome.broadcasts, public: rule },
  };
}

function stage(rule: BroadcastRule) {
  const town = useTown(embeddedStores(), { home: homeWith(rule) });
  const page = usePage(town);
  const suggested = async (id: number) =>
    (await town.sentences(id)).filter((text) => text.includes('does not change by itself'));
  return { town, page, suggested };
}

describe('public words by the rule `holding`', () => {
  const { town, page } = stage('holding');

  it('open the page by themselves once they are due, and not before', async () => {
    const { id } = await town.declare({ title: 'ana broke it' });
    await page.pass(4 * minuteMs + 50_000);
    expect(page.shown(id)).toBeUndefined();
    await page.pass(10_000);
    expect(page.shown(id)).toMatchObject({ status: 'investigating', name: 'Acme Shop: disruption of api' });
    expect(JSON.stringify(page.shown(id))).not.toContain('ana');
    expect(page.statusOf('cmp_api')).toBe('major_outage');
    expect(await page.publish(id)).toContain('is open already');
  });

  it('say what a run has come to, and the end', async () => {
    const { id } = await town.declare({ services: ['web'] });
    await page.pass(5 * minuteMs);
    await town.endRun(id, await town.startRun(id), 'succeeded-with-exceptions', { exceptions: ['fence deferred'] });
    await page.deliver();
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
    expect(page.shown(id)?.incident_updates.map((update) => update.status)).toEqual([
      'resolved',
      'monitoring',
      'investigating',
    ]);
    expect(JSON.stringify(page.shown(id))).not.toContain('fence');
    expect(page.statusOf('cmp_web')).toBe('operational');
    expect((await page.promises(id)).every((state) => state === 'kept')).toBe(true);
  });

  it('of a security breach are a draft for publishers, at every step', async () => {
    const incident = await town.incidents().declare(
      {
        title: 'Somebody is in',
        severity: 'P1',
        services: ['billing'],
        scenario: 'security-breach',
        impactBeganAt: town.clock.now(),
        requestKey: 'breach',
      },
      ana,
    );
    const { id } = incident;
    await page.pass(6 * minuteMs);
    expect(page.shown(id)).toBeUndefined();
    await page.publish(id, { body: 'We look.' });
    await page.deliver();
    await town.endRun(id, await town.startRun(id), 'succeeded');
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
    expect(page.shown(id)?.incident_updates).toHaveLength(1);
    const drafts = (await town.sentences(id)).filter((text) => text.includes('does not change by itself'));
    expect(drafts).toEqual([expect.stringContaining('monitoring'), expect.stringContaining('resolved')]);
  });
});

describe.each(['approved', 'never'] as const)('public words by the rule `%s`', (rule) => {
  const { town, page, suggested } = stage(rule);

  it('never change the page by themselves', async () => {
    const { id } = await town.declare();
    await page.pass(7 * minuteMs);
    expect(page.shown(id)).toBeUndefined();
    await page.publish(id, { body: 'We look.' });
    await page.deliver();
    await town.endRun(id, await town.startRun(id), 'failed', { note: 'secret detail' });
    await town.incidents().resolve({ incidentId: id }, ana);
    await page.deliver();
    expect(page.shown(id)?.incident_updates).toHaveLength(1);
    expect(await suggested(id)).toEqual([expect.stringContaining('identified'), expect.stringContaining('resolved')]);
    expect((await suggested(id)).join()).not.toContain('secret');
  });
});
