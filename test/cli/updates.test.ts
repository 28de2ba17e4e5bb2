import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { presentAcknowledged, presentAudiences } from '../../src/cli/present/update.ts';
import type { TimelineEntry } from '../../src/domain/timeline.ts';
import type { ReviewView } from '../../src/domain/views.ts';
import { exportAudit } from '../../src/reports/audit.ts';
import { ana as owner, useGround } from '../incidents/ground.ts';
import { embeddedStores } from '../support/stores.ts';
import { incident, incidentView, now } from './fixtures.ts';
import { argsOf, createHarness, type Harness } from './harness.ts';

describe('what the terminal tells people, and keeps', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = createHarness();
  });

  it.each([
    [['snooze', '--for', '5m'], 'snooze', { incidentId: 7, forMs: 300_000 }],
    [['snooze'], 'snooze', { incidentId: 7 }],
    [['posted', '--incident', 'INC-7'], 'posted', { incidentId: 7 }],
    [['ack'], 'ack', { incidentId: 7 }],
    [['severity', 'P2'], 'setSeverity', { incidentId: 7, severity: 'P2' }],
    [['timeline', 'DNS', 'looks fine'], 'note', { incidentId: 7, text: 'DNS looks fine' }],
    [['reviewed', 'review_1'], 'review', { reviewId: 'review_1' }],
    [['skip', 'scale', '--reason', 'by hand'], 'command', { incidentId: 7, text: 'muster skip scale “by hand”' }],
    [['resume'], 'command', { incidentId: 7, text: 'muster resume' }],
    [['answer', 'call', '--not-done'], 'command', { incidentId: 7, text: 'muster answer call not done' }],
  ])('%j', async (line, name, ask) => {
    const { code, err } = await harness.run(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(argsOf(harness, name)).toEqual(ask);
  });

  describe('update', () => {
    it('sends a person’s words to those who are named, and asks nothing of the page for them', async () => {
      const line = [
        'update',
        '--to',
        'stakeholders',
        '--to',
        'customers',
        '--inside',
        'We move.',
        '--outside',
        'We work on it.',
      ];
      expect(await harness.run(line)).toMatchObject({ code: 0, out: 'send is done.' });
      expect(argsOf(harness, 'send')).toEqual({
        incidentId: 7,
        audiences: ['stakeholders', 'customers'],
        inside: 'We move.',
        outside: 'We work on it.',
        page: null,
        requestKey: 'terminal_0123456789abcdef',
      });
    });

    it('leaves the page as it is, but for what was asked', async () => {
      await harness.run([
        'update',
        '--to',
        'public',
        '--outside',
        'x',
        '--component',
        'api=partial_outage',
        '--notify',
      ]);
      const components = { cmp_api: 'partial_outage' };
      expect(argsOf(harness, 'send')).toMatchObject({ page: { status: 'identified', notify: true, components } });
      const other = createHarness();
      await other.run(['update', '--to', 'public', '--outside', 'x', '--status', 'monitoring']);
      const kept = { status: 'monitoring', notify: false, components: { cmp_api: 'major_outage' } };
      expect(argsOf(other, 'send')).toMatchObject({ page: kept });
    });

    it('previews each audience’s words and where they go, and sends nothing', async () => {
      const { out } = await harness.run(['update', '--to', 'stakeholders', '--inside', 'x', '--preview']);
      expect(out).toBe(
        'stakeholders: #stakeholders, mail to 3 addresses\n  It is down.\n  We move.\n\npublic: nowhere\n  We look.',
      );
      expect(harness.asked.map(([name]) => name)).toEqual(['preview']);
    });

    it.each([
      [['update', '--inside', 'x'], "required option '--to <audience>'"],
      [['update', '--to', 'costumers'], 'There is no audience costumers: did you mean customers?'],
      [['update', '--to', 'public', '--status', 'fine'], 'Allowed choices'],
      [['update', '--to', 'responders', '--notify'], 'add --to public'],
      [
        ['update', '--to', 'public', '--component', 'apu=operational'],
        'no service apu of this incident: did you mean api?',
      ],
      [['update', '--to', 'public', '--component', 'api=fine'], 'components.api'],
      [['update', '--to', 'public', '--component', 'api'], 'expected a service and its state'],
      [['snooze', '--for', 'long'], 'for: expected a duration'],
    ])('%j is refused and sends nothing', async (line, text) => {
      const { code, err } = await harness.run(line);
      expect(code).toBe(2);
      expect(err).toContain(text);
      expect(argsOf(harness, 'send')).toBeUndefined();
    });
  });

  it('status shows who has it, what each audience was told, and how promises went', async () => {
    const { out } = await harness.run(['status']);
    expect(out).toContain('  nobody has acknowledged it: muster ack');
    expect(out).toContain('  responders    not told           due 14:35:00 UTC (automatic)');
    expect(out).toContain('  stakeholders  told 14:05:00 UTC  next promised by 14:35:00 UTC  2 kept, 1 broken');
  });

  it('says since when words are overdue', () => {
    const late = new Date(now.getTime() - 3_600_000);
    const audiences = incidentView.audiences.map((view) => ({ ...view, dueAt: late, promised: null }));
    const shown = presentAudiences(JSON.parse(JSON.stringify({ ...incidentView, audiences })));
    expect(shown[0]).toContain('overdue since 13:05:00 UTC (automatic)');
  });

  it('does not ask anybody to acknowledge what is over', () => {
    const over = { ...incidentView, incident: { ...incident, phase: 'resolved' } };
    expect(presentAcknowledged(JSON.parse(JSON.stringify(over)))).toBe('  nobody acknowledged it');
  });

  it('the timeline is a line for each thing, a day above its own', async () => {
    const entry = (id: number, at: string, over: Partial<TimelineEntry> = {}): TimelineEntry => ({
      ...{ id, incidentId: 7, at: new Date(at), kind: 'note', who: 'ana', text: `entry ${id}` },
      ...{ editedAt: null, removedAt: null, ...over },
    });
    harness.script.entries = [
      entry(1, '2026-03-01T14:05:00Z'),
      entry(2, '2026-03-01T14:06:00Z', { who: 'muster', text: 'two\nlines', editedAt: now }),
      entry(3, '2026-03-02T00:01:00Z', { text: '', removedAt: now }),
    ];
    expect((await harness.run(['timeline'])).out.split('\n')).toEqual([
      '2026-03-01',
      '  14:05:00 UTC  ana     entry 1',
      '  14:06:00 UTC  muster  two lines (edited)',
      '2026-03-02',
      '  00:01:00 UTC  ana     (a message that was removed)',
    ]);
    harness.script.entries = [];
    expect((await harness.run(['timeline'])).out).toBe('Nothing has happened in INC-7 yet.');
  });

  describe('report', () => {
    const review = (id: string): ReviewView => ({
      ...{ id, kind: 'post-mortem', incidentId: 7, label: 'INC-7', title: incident.title },
      ...{ subject: 'The post-mortem of INC-7.', askedAt: now, dueAt: new Date('2026-03-03T14:05:00Z') },
      ...{ reviewedBy: null, reviewedAt: null, now, timezone: 'UTC', simulated: false },
    });

    it('prints the Markdown alone, and says beside it what waits to be read', async () => {
      harness.script.reviews = [review('review_1'), { ...review('review_2'), reviewedBy: 'ben', reviewedAt: now }];
      const { code, out, err } = await harness.run(['report']);
      expect({ code, out }).toEqual({ code: 0, out: '# Post-mortem\n\nIt | was down.' });
      expect(err).toBe(
        'To be reviewed, due 2026-03-03 14:05 UTC: The post-mortem of INC-7. Then: muster reviewed review_1',
      );
    });

    it('goes into a file, never over one that is there', async () => {
      const dir = await mkdtemp(join(tmpdir(), 'muster-'));
      const file = join(dir, 'post-mortem.md');
      expect(await harness.run(['report', '--out', file])).toMatchObject({
        code: 0,
        out: `The post-mortem is in ${file}.`,
      });
      expect(await readFile(file, 'utf8')).toContain('# Post-mortem\n');
      expect((await harness.run(['report', '--out', file])).code).toBe(2);
      await rm(dir, { recursive: true });
    });

    it('reviewed finds the only one that waits', async () => {
      expect(await harness.run(['reviewed'])).toMatchObject({ code: 2, err: 'Nothing of INC-7 waits to be reviewed.' });
      harness.script.reviews = [review('review_1')];
      expect((await harness.run(['reviewed'])).code).toBe(0);
      expect(argsOf(harness, 'review')).toEqual({ reviewId: 'review_1' });
      harness.script.reviews = [review('review_1'), review('review_2')];
      const { code, err } = await harness.run(['reviewed']);
      expect(code).toBe(2);
      expect(err).toContain('Name one: muster reviewed review_1.');
    });
  });
});

describe('an exported audit log', () => {
  const ground = useGround(embeddedStores());
  const noDoor = async () => {
    throw new Error('no Muster is asked');
  };

  it('is verified by its file alone, and a broken chain names its row', async () => {
    const { id } = await ground.declare({ title: 'Ünïcode “title” \u2028\u202e' });
    await ground.incidents().setSeverity({ incidentId: id, severity: 'P2' }, owner);
    await ground.incidents().resolve({ incidentId: id }, owner);
    const lines: string[] = [];
    for await (const line of exportAudit({ store: ground.store(), clock: ground.clock, name: 'acme' }))
      lines.push(line);
    const dir = await mkdtemp(join(tmpdir(), 'muster-'));
    const file = join(dir, 'audit.jsonl');
    const harness = createHarness();
    const verify = async (text: string, ...more: string[]) => {
      await writeFile(file, text);
      return harness.run(['audit', 'verify', file, ...more], { openDoor: noDoor });
    };
    expect(await verify(lines.join('\n'))).toMatchObject({ code: 0, out: expect.stringContaining('3 rows of acme') });
    const broken = await verify(lines.join('\n').replace('"P2"', '"P3"'));
    expect(broken).toMatchObject({ code: 1, out: expect.stringContaining('row 2 has been changed') });
    expect(JSON.parse((await verify('', '--json')).out)).toMatchObject({ ok: false });
    expect((await harness.run(['audit', 'verify', join(dir, 'none')], { openDoor: noDoor })).code).toBe(2);
    await rm(dir, { recursive: true });
  });
});
