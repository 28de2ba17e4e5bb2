import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Outgoing } from '../../src/domain/notice.ts';
import { createEmailCourier } from '../../src/email/courier.ts';
import { runs } from './material.ts';
import { sentenceFault } from './sentence.ts';

const mail: Outgoing = {
  to: 'email',
  do: 'send',
  mail: {
    incidentId: 7,
    address: 'ana@example.com',
    subject: 'Checkout fails',
    text: 'We look.',
    html: '<p>We look.</p>',
  },
};

/** What a mail server says to each turn of the talk, one after the other; null where it hangs up. */
type Talk = readonly (string | null)[];

const words = fc.constantFrom<string | null>(
  ...['220 mail', '250 ok', '250-mail\r\n250 SIZE 10', '354 go on', '250 taken', '221 bye'],
  ...['421 too busy', '450 try later', '451 greylisted', '452 full', '500 what', '530 log in', '535 no', '550 no such'],
  ...['552 too big', '554 refused', '999 banana', '25', 'banana', '', '\u0000\u0007', '250', '550', '550 undefined.'],
  `550 ${'x'.repeat(5_000)}`,
  null,
);
const good = ['220 mail', '250 ok', '250 ok', '250 ok', '354 go on', '250 taken'];
/** A talk that goes well up to some turn, and from there as it may. */
const talk: fc.Arbitrary<Talk> = fc
  .tuple(fc.nat(good.length), fc.array(words, { minLength: 1, maxLength: 4 }))
  .map(([from, rest]) => [...good.slice(0, from), ...rest]);

let server: Server;
let saying: Talk = [];
/** Whether the server said that it has the mail. */
let taken = false;

function converse(socket: Socket): void {
  let turn = 0;
  let inMail = false;
  const say = (): void => {
    const said = saying[turn] ?? null;
    turn += 1;
    if (said === null) return void socket.destroy();
    if (inMail && /^2\d\d/.test(said)) taken = true;
    inMail = /^3/.test(said);
    socket.write(`${said}\r\n`);
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    if (!inMail || /\r\n\.\r\n$/.test(chunk.toString('latin1'))) say();
  });
  say();
}

beforeAll(async () => {
  server = createServer(converse);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('a mail server’s answers', () => {
  it('are told in a sentence, and no mail is called sent that was not taken', async () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await fc.assert(
      fc.asyncProperty(talk, async (said) => {
        saying = said;
        taken = false;
        const courier = createEmailCourier({
          url: `smtp://127.0.0.1:${port}`,
          from: { address: 'dr@example.com', name: 'Acme' },
          storeId: async () => 'store-1',
          timeoutMs: 250,
        });
        const delivery = await courier.deliver(mail, 'mail:1', false);
        courier.close();
        if (delivery.state === 'sent') return expect(taken).toBe(true);
        expect({ why: delivery.why, fault: sentenceFault(delivery.why, said.join()) }).toMatchObject({ fault: null });
        if (delivery.state === 'later') expect(delivery.afterMs).toBeGreaterThan(0);
        else expect(said.some((one) => one !== null && /^[59]/.test(one))).toBe(true);
      }),
      runs(120),
    );
  });
});
