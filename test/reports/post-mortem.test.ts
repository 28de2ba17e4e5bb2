import { beforeAll, describe, expect, it } from '@jest/globals';
import { createReports } from '../../src/reports/create-reports.ts';
import { endGuard } from '../../src/store/guards.ts';
import { insertReview, recordReviewed } from '../../src/store/reviews.ts';
import { insertStepFact, markEffectSent } from '../../src/store/steps.ts';
import { ana, groundHome, useGround } from '../incidents/ground.ts';
import { embeddedStores } from '../support/stores.ts';
import { failOver, tellPeople } from './post-mortem-stage.ts';

const title = 'Checkout | <!channel> *down* [x](http://evil) `rm`';

describe('the draft of a post-mortem', () => {
  const ground = useGround(embeddedStores());
  const reports = () =>
    createReports({ store: ground.store(), home: groundHome, clock: ground.clock, simulated: false });
  let incidentId = 0;
  let runId = '';
  let markdown = '';

  beforeAll(async () => {
    ({ id: incidentId } = await ground.declare({ title }));
    runId = await failOver(ground, incidentId);
    await tellPeople(ground, incidentId);
    await ground.incidents().resolve({ incidentId }, ana);
    const dueAt = new Date(ground.clock.now().getTime() + 172_800_000);
    const review = { id: 'review_pm', incidentId, kind: 'post-mortem' as const, subject: `INC-${incidentId}` };
    await ground.write((tx) => insertReview(tx, { ...review, askedAt: ground.clock.now(), dueAt, remindAt: dueAt }));
    markdown = (await reports().report(incidentId)).file.markdown;
  });

  const has = (...lines: string[]) => {
    for (const line of lines) expect(markdown.split('\n')).toContain(line);
  };

  it('shows what people typed just as they typed it, and obeys none of it', () => {
    has('# Post-mortem of INC-1: Checkout \\| \\<\\!channel\\> \\*down\\* \\[x\\](http://evil) \\`rm\\`');
    expect(markdown).toContain('| ben | message | A \\| B \\# not a heading |');
    const rows = markdown.split('\n').filter((line) => line.startsWith('| 2026'));
    expect(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).toEqual(rows.map(() => 7));
  });

  it('sets each time against what was wanted', () => {
    has(
      '| Declared by ana | 2026-11-21 12:00:00 | 13:00:00 | 10m |   |   |',
      '| Acknowledged by ben | 2026-11-21 12:02:00 | 13:02:00 | 12m | 2m |   |',
      '| **People were seen served** | 2026-11-21 12:17:00 | 13:17:00 | 27m | 17m | RTO 1h: met |',
      '| First words to the public arrived | 2026-11-21 12:20:00 | 13:20:00 | 30m | 20m | first words by 12:15 UTC, that minute included: **missed** |',
      '| Resolved | 2026-11-21 13:20:00 | 14:20:00 | 1h 30m | 1h 20m |   |',
    );
  });

  it('never says that an objective was met which nobody saw', () => {
    expect(markdown).toContain('| RTO: until people were seen served | 27m | 1h | yes | from the impact at');
    expect(markdown).toContain('| RPO: writes lost, as time | not observed | 15m | **not shown** | at least 0s, since');
  });

  it('counts promises for each audience, and says which words did not arrive', () => {
    has(
      '| stakeholders | 1 | 1 | 0 | 1 | 1 | 0 |',
      '| public | 1 | 0 | 1 | 0 | 0 | 1 |',
      '| public | 12:48 | 2026-11-21 12:18:00 | **broken** |   |',
      '- 12:18 UTC, to stakeholders: mail to x@example.com: no such mailbox',
    );
    expect(markdown).toMatch(/ 1 was kept and 1 broken\. First words to the public came 5m late\./);
  });

  it('names who did what, and who was there', () => {
    has('| ben | responder, approver | 2 decisions, 3 notes |', 'Also held a role: cat.');
  });

  it('names all that was skipped, carried, deferred or broken, with the reason', () => {
    has(
      '- failover was run ungraceful, which accepts that data is lost: the replica was 40 s behind at 12:04:00 UTC.',
      '- failover: replica/lag could not be read, and ana accepted that: “the primary is \\*gone\\*”.',
      '- failover: fence deferred: no answer.',
      '- ana asked to skip call in failover: seen by hand.',
      '- ana broke the glass for skipping call in failover B2C3D4 (**not reviewed yet**): ben is asleep \\| again.',
      '- The fencing of us-east-1 (fence) was deferred; its return guard is armed.',
    );
  });

  it('lists what infrastructure code now contradicts, from what was captured', () => {
    const begin = markdown.indexOf('## What infrastructure code now contradicts');
    expect(markdown.slice(begin).split('\n').slice(4, 7)).toEqual([
      '- ecs:dr-cluster/app-service in us-west-2: desired 3 → 10, autoscaling 2 to 20 → 10 to 20, suspended: scheduled',
      '- rds:dr-database in us-west-2: role replica → standalone, source arn:aws:rds:us-east-1:123456789012:db:prod-database → none',
      '- s3:dr-switch/active in us-west-2: present false → true',
    ]);
  });

  it('asks for what follows, with room for an owner and a day', () => {
    has('| Fence us-east-1, which a return guard still watches |   |   |', '| Find why 1 promise was broken |   |   |');
  });

  it('marks what was edited, and keeps only that there was what was removed', () => {
    expect(markdown).toContain('| ben | message | second *(edited)* |');
    expect(markdown).toContain('| ben | message | *a message that was removed* |');
    expect(markdown).not.toContain('secret');
  });

  it('counts what a return guard has fenced as seen', async () => {
    const row = { runId, stepId: 'fence', attempt: 1 };
    const fenced = { ...row, stepId: `guard:guard_${runId}_fence` };
    await ground.write(async (tx) => {
      const captured = { at: '2026-11-21T13:30:00.000Z', count: 1 };
      await insertStepFact(tx, fenced, 'called', { input: {}, captured }, ground.clock.now());
      await markEffectSent(tx, row.runId, row.stepId);
    });
    const write = async () => (await reports().report(incidentId)).file.markdown;
    expect(await write()).toContain('- ecs:prod-cluster/app-service in us-east-1: count 1 → 10 (not seen)');
    await ground.write((tx) => endGuard(tx, 'guard_1', { state: 'fenced', by: 'muster', at: ground.clock.now() }));
    expect(await write()).toContain('- ecs:prod-cluster/app-service in us-east-1: count 1 → 10\n');
  });

  describe('as a review', () => {
    it('comes with its document, and says who has read it', async () => {
      const { view, file } = await reports().review('review_pm');
      expect(view).toMatchObject({ kind: 'post-mortem', label: 'INC-1', subject: 'The post-mortem of INC-1.', title });
      expect(file?.name).toBe('inc-1-post-mortem.md');
      expect(file?.markdown).toContain('To be reviewed by 2026-11-23 13:20:00 UTC.');
      await ground.write((tx) => recordReviewed(tx, 'review_pm', 'ben', ground.clock.now()));
      expect((await reports().review('review_pm')).file?.markdown).toContain('Reviewed by ben at 2026-11-21');
    });

    it('of a broken glass says who broke it and why, and has no document', async () => {
      const [broken] = await ground.write((tx) =>
        tx.query<{ id: string }>('select id from consent where glass_broken_by is not null'),
      );
      await ground.minutes(1);
      const at = ground.clock.now();
      const row = { id: 'review_glass', incidentId, kind: 'break-glass' as const, subject: broken?.id ?? '' };
      await ground.write((tx) => insertReview(tx, { ...row, askedAt: at, dueAt: at, remindAt: at }));
      const { view, file } = await reports().review('review_glass');
      expect(view.subject).toBe('ana broke the glass for B2C3D4: ben is asleep | again.');
      expect(file).toBeNull();
      expect((await reports().report(incidentId)).reviews.map((review) => review.id)).toEqual([
        'review_pm',
        'review_glass',
      ]);
    });

    it('that does not exist is refused', async () => {
      await expect(reports().review('review_0')).rejects.toThrow('There is no review review_0');
      await expect(reports().report(4711)).rejects.toThrow('There is no incident INC-4711');
    });
  });

  it('of an incident of which nothing is known says so, and claims nothing', async () => {
    const { id } = await ground.declare({ title: 'Quiet' });
    const quiet = (await reports().report(id)).file.markdown;
    for (const sentence of [
      'No recovery command was run.',
      'That people are served again was not observed.',
      'It is not resolved yet.',
      'Nobody was told anything, and nothing was promised.',
      '- Nothing.',
      'Nothing: no run has left anything changed.',
    ]) {
      expect(quiet).toContain(sentence);
    }
    expect(quiet).not.toContain('| yes |');
  });
});
