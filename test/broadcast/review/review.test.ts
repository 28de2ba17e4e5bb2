import { expect, it } from '@jest/globals';
import { markReviewed } from '../../../src/broadcast/review/mark.ts';
import { watchReviews } from '../../../src/broadcast/review/watch.ts';
import type { Outgoing } from '../../../src/domain/notice.ts';
import type { Person } from '../../../src/domain/person.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { insertConsent, recordBrokenGlass } from '../../../src/store/consents.ts';
import { insertPlan } from '../../../src/store/plans.ts';
import { reviewsOf } from '../../../src/store/reviews.ts';
import { createFarEnd, createPainter, deliverDue, paintDue } from '../../support/far-end.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { consentOf } from '../../support/rows.ts';
import { describeStores } from '../../support/stores.ts';
import { ana, ben, cat, dov, useTown } from '../../support/town.ts';

const hourMs = 3_600_000;

describeStores('a review', (stores) => {
  const town = useTown(stores);
  let asked = 0;

  const breakGlass = async (incidentId: number, by: Person = ana) => {
    asked += 1;
    const id = `consent_${asked}`;
    const plan = planOf([plannedStep('scale')], { id: `plan_${asked}`, incidentId });
    await town.store().tx(async (tx) => {
      await insertPlan(tx, plan);
      await insertConsent(tx, consentOf(plan, town.clock.now(), { id, requestedBy: by.name }));
      await recordBrokenGlass(tx, id, by.name, 'Nobody answers');
      const fact = { kind: 'GlassBroken', incidentId, requestId: id, by: by.name, reason: 'Nobody answers' } as const;
      await tx.tell(fact);
      await tx.tell(fact);
    });
    return id;
  };
  const reviews = (incidentId: number) => town.store().tx((tx) => reviewsOf(tx, incidentId));
  const only = async (incidentId: number) => {
    const [review, ...others] = await reviews(incidentId);
    if (!review || others.length > 0) throw new Error(`expected one review, found ${others.length + (review ? 1 : 0)}`);
    return review;
  };
  const watch = () => watchReviews(town.broadcast());
  const mark = (reviewId: string, by: Person) => markReviewed(town.broadcast(), { reviewId }, by);
  const reminders = async (incidentId: number): Promise<Outgoing[]> =>
    (await town.outbox(incidentId)).filter((row) => row.key.startsWith('review-due:')).map((row) => row.document);
  const inHours = (hours: number) => new Date(town.clock.now().getTime() + hours * hourMs);

  it('is asked of a broken glass once, due after a day, with its document in the channel', async () => {
    const { id } = await town.declare();
    const consentId = await breakGlass(id);
    const review = await only(id);
    expect(review).toMatchObject({
      kind: 'break-glass',
      subject: consentId,
      dueAt: inHours(24),
      glassBy: 'ana',
      glassReason: 'Nobody answers',
      glassCode: '3F9A21',
    });
    expect((await town.outbox(id)).filter((row) => row.key.startsWith('review:'))).toMatchObject([
      { document: { place: { in: 'incident', incidentId: id }, notice: { kind: 'review', reviewId: review.id } } },
    ]);
    await mark(review.id, ben);
  });

  it('is asked of a post-mortem when the incident is resolved, due after two', async () => {
    const { id } = await town.declare();
    expect(await reviews(id)).toEqual([]);
    await town.incidents().resolve({ incidentId: id }, ana);
    const review = await only(id);
    expect(review).toMatchObject({ kind: 'post-mortem', subject: `INC-${id}`, dueAt: inHours(48), glassBy: null });
    await mark(review.id, ana);
  });

  it('is reminded of to the second: twelve hours before, when it is due, and daily, until it is done', async () => {
    const { id } = await town.declare();
    await breakGlass(id);
    const review = await only(id);
    let told = 0;
    for (const hours of [12, 12, 24, 24]) {
      expect(await watch()).toEqual(inHours(hours));
      await town.clock.advance(hours * hourMs - 1);
      await watch();
      expect(await reminders(id)).toHaveLength(told);
      await town.clock.advance(1);
      await Promise.all([watch(), watch()]);
      told += 1;
      expect(await reminders(id)).toHaveLength(told);
    }
    const [first, , third] = await reminders(id);
    const what = 'Why the glass was broken (code 3F9A21)';
    expect(first).toMatchObject({
      notice: { mention: ['ana'], text: expect.stringContaining(`${what} is to be read by`) },
    });
    expect(third).toMatchObject({ notice: { text: expect.stringContaining(`${what} was to be read by`) } });
    await mark(review.id, ben);
    await town.clock.advance(96 * hourMs);
    expect(await watch()).toBeNull();
    expect(await reminders(id)).toHaveLength(told);
  });

  it('is reminded of once after a silence, and then as before', async () => {
    const { id } = await town.declare();
    await breakGlass(id);
    await town.clock.advance(100 * hourMs);
    expect(await watch()).toEqual(inHours(20));
    expect(await reminders(id)).toHaveLength(1);
    await mark((await only(id)).id, ben);
  });

  it('is marked by somebody else than whose glass it was, once, and that is kept', async () => {
    const { id } = await town.declare();
    const consentId = await breakGlass(id);
    const review = await only(id);
    await expect(mark(review.id, ana)).rejects.toThrow('You broke this glass yourself');
    await expect(mark(review.id, cat)).rejects.toThrow('Only a commander or an approver may mark it as reviewed');
    await expect(mark('review_none', ben)).rejects.toThrow('There is no review review_none');
    expect(await mark(review.id, dov)).toBe(`Why the glass was broken (code 3F9A21) of INC-${id} is reviewed.`);
    expect(await mark(review.id, ben)).toContain('was reviewed by dov at');
    expect(await only(id)).toMatchObject({ reviewedBy: 'dov', reviewedAt: town.clock.now() });
    const [consent] = await town
      .store()
      .tx((tx) => tx.query('select reviewed_at as at from consent where id = $1', [consentId]));
    expect(consent).toEqual({ at: town.clock.now() });
    const rows = await town.store().tx((tx) => readAudit(tx, { incidentId: id, limit: 100 }));
    expect(rows.filter((row) => row.what.startsWith('review.')).map((row) => [row.what, row.who])).toEqual([
      ['review.asked', 'muster'],
      ['review.done', 'dov'],
    ]);
  });

  it('has one message, which is painted anew when it was read', async () => {
    const { id } = await town.declare();
    await breakGlass(id);
    const review = await only(id);
    const state = async () => (await only(id)).reviewedBy ?? 'nobody';
    let read = await state();
    const { painter, painted } = createPainter(({ kind }) => `${kind}: ${read}`);
    const deps = town.broadcast({ couriers: [createFarEnd('slack').courier], painter });
    const shown = () => painted.filter(({ key }) => key === `review:${review.id}`).map((one) => one.shown);
    const paint = async () => {
      await deliverDue(deps);
      await town.clock.advance(5_000);
      await paintDue(deps);
    };
    await paint();
    expect(shown()).toEqual(['review: nobody']);
    await mark(review.id, ben);
    read = await state();
    await paint();
    expect(shown()).toEqual(['review: nobody', 'review: ben']);
  });

  it('of a post-mortem may be marked by whoever commanded', async () => {
    const { id } = await town.declare();
    await town.incidents().resolve({ incidentId: id }, ana);
    expect(await mark((await only(id)).id, ana)).toBe(`The post-mortem of INC-${id} is reviewed.`);
  });
});
