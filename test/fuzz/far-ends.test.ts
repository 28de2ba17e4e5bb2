import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SimulatedPager, startPager } from '../../sandbox/pager/start.ts';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import type { Courier, Delivery } from '../../src/domain/ports/courier.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { askWhoSigned } from '../../src/http/caller-identity.ts';
import type { IdentityProof } from '../../src/http/identity-proof.ts';
import { createPagerCourier } from '../../src/pager/courier.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { incidents, sentence, startCourier } from '../slack/courier-stage.ts';
import { open } from '../statuspage/courier-stage.ts';
import { townHome } from '../support/town.ts';
import { runs } from './material.ts';
import { sentenceFault } from './sentence.ts';
import { type Nonsense, nonsense, type Spoiler, startSpoiler } from './spoiler.ts';

/** Milliseconds beyond which nobody waits for words that are due. */
const longest = 600_000;

/** What comes of it is a state that the loop knows how to go on from, told in a sentence. */
function expectTold(delivery: Delivery): void {
  if (delivery.state === 'sent') return;
  expect({ why: delivery.why, fault: sentenceFault(delivery.why) }).toEqual({ why: delivery.why, fault: null });
  if (delivery.state === 'refused') return;
  expect(delivery.afterMs).toBeGreaterThan(0);
  expect(delivery.afterMs).toBeLessThanOrEqual(longest);
}

let spoiler: Spoiler;
let key = 0;

/** Delivers once while an answer is spoilt, and then, where it is to be tried again, until it is there. */
async function deliver(courier: Courier, outgoing: Outgoing, nth: number, what: Nonsense): Promise<Delivery> {
  key += 1;
  spoiler.spoil(nth, what);
  let delivery = await courier.deliver(outgoing, `fuzz:${key}`, false);
  spoiler.spoil(-1, what);
  expectTold(delivery);
  // A connection that was broken off may be noticed by the next that is sent over it.
  for (let again = 0; again < 3 && delivery.state === 'later'; again += 1) {
    expectTold(delivery);
    delivery = await courier.deliver(outgoing, `fuzz:${key}`, true);
  }
  return delivery;
}

/** Slack's own no; whatever else comes may not have been Slack. */
function isNo(what: Nonsense): boolean {
  return !('harmed' in what) && /"error":"\w+"/.test(what.body);
}

describe('Slack’s answers', () => {
  let stage: Awaited<ReturnType<typeof startCourier>>;
  beforeEach(async () => {
    stage = await startCourier({
      through: async (url) => {
        const { origin, pathname } = new URL(url);
        spoiler = await startSpoiler(origin);
        return `${spoiler.url}${pathname}`;
      },
    });
    // Finds its channel, and joins it.
    expect(await stage.courier.deliver(sentence('first', incidents), 'first', false)).toMatchObject({ state: 'sent' });
  });
  afterEach(() => spoiler.stop());

  const heard = (text: string): number =>
    [...stage.slack.workspace.channels.values()].flatMap(({ messages }) => messages).filter((one) => one.text === text)
      .length;

  it('never lose a word, double it, or call it said when it was not', async () => {
    await fc.assert(
      fc.asyncProperty(nonsense, async (what) => {
        const text = `Word ${key}.`;
        const delivery = await deliver(stage.courier, sentence(text, incidents), 0, what);
        expect(delivery.state).toBe(isNo(what) ? 'refused' : 'sent');
        if (delivery.state === 'sent') expect(delivery.receipt.ts).toMatch(/^\d+\.\d+$/);
        expect(heard(text)).toBe(1);
      }),
      runs(80),
    );
  });

  it('are not believed of a channel that is to be opened', async () => {
    await fc.assert(
      fc.asyncProperty(nonsense, fc.nat(4), async (what, nth) => {
        const delivery = await deliver(stage.courier, { to: 'slack', do: 'open-channel', incidentId: 7 }, nth, what);
        expect(delivery).toEqual({ state: 'sent', receipt: expect.anything() });
      }),
      runs(30),
    );
  });
});

describe('the status page’s answers', () => {
  let far: SimulatedStatuspage;
  let skipped = 0;
  beforeAll(async () => {
    far = await startStatuspage({ home: townHome, rateLimit: false });
    spoiler = await startSpoiler(new URL(far.url).origin);
  });
  afterAll(async () => {
    await spoiler.stop();
    await far.stop();
  });

  const courierOf = (incident: string): Courier =>
    createStatuspageCourier({
      client: createStatuspageClient({
        baseUrl: `${spoiler.url}${new URL(far.url).pathname}`,
        ...{ key: far.key, page: 'page01', spacingMs: 1, timeoutMs: 2_000 },
        // A key that is told to wait holds back everything that goes by it: so long is leapt over.
        elapsed: () => {
          skipped += longest;
          return skipped + stopwatch.elapsed();
        },
      }),
      known: async () => ({
        ...{ remoteId: null, byHand: false, name: incident },
        origin: { incident, store: 'store-1', declared: '2026-03-01T14:00:00.000Z' },
      }),
      crash: noCrash,
    });

  it('never open an incident twice, nor call it opened when it was not', async () => {
    await fc.assert(
      fc.asyncProperty(nonsense, fc.nat(1), async (what, nth) => {
        const name = `INC-${key + 1}`;
        const opened = () => far.page.incidents.filter((one) => one.name === name).length;
        const delivery = await deliver(courierOf(name), { ...open, name } as Outgoing, nth, what);
        if (delivery.state === 'refused') return expect(opened()).toBeLessThan(2);
        expect(delivery).toEqual({ state: 'sent', receipt: expect.anything() });
        expect(opened()).toBe(1);
      }),
      runs(60),
    );
  });
});

describe('the pager’s answers', () => {
  let far: SimulatedPager;
  beforeAll(async () => {
    far = await startPager();
    spoiler = await startSpoiler(new URL(far.url).origin);
  });
  afterAll(async () => {
    await spoiler.stop();
    await far.stop();
  });

  it('are believed by their status, and told in a sentence', async () => {
    const courier = createPagerCourier({
      url: `${spoiler.url}${new URL(far.url).pathname}`,
      ...{ secret: far.secret, storeId: async () => 'store-1', real: systemClock, timeoutMs: 2_000 },
    });
    const event = { action: 'trigger', key: 'k', label: 'INC-7', title: 't', severity: 'P1', summary: 's' } as const;
    await fc.assert(
      fc.asyncProperty(nonsense, async (what) => {
        spoiler.spoil(0, what);
        const delivery = await courier.deliver(
          { to: 'pager', do: 'page', event: { ...event, incidentId: 7 } },
          'k',
          false,
        );
        expectTold(delivery);
        const good = 'harmed' in what || (what.status >= 200 && what.status < 300);
        if (!('breaksOff' in what && what.breaksOff)) expect(delivery.state === 'sent').toBe(good);
      }),
      runs(100),
    );
  });
});

describe('the answers of who signs', () => {
  beforeAll(async () => {
    const far = await startPager();
    spoiler = await startSpoiler(new URL(far.url).origin);
    await far.stop();
  });
  afterAll(() => spoiler.stop());

  it('name somebody only where they do, and are refused in a sentence otherwise', async () => {
    const proof = { body: 'Action=GetCallerIdentity', headers: { host: 'sts.test' } } as unknown as IdentityProof;
    await fc.assert(
      fc.asyncProperty(nonsense, async (what) => {
        spoiler.spoil(0, what);
        const said = await askWhoSigned(`${spoiler.url}/`, proof).catch((error: unknown) => error);
        if (typeof said === 'string') return expect(said).toBe('arn:aws:iam::123456789012:user/ana');
        if (!(said instanceof Refusal)) throw said;
        expect(sentenceFault(said.message)).toBeNull();
      }),
      runs(100),
    );
  });
});
