import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../src/domain/ports/courier.ts';
import { createEmailCourier } from '../../src/email/courier.ts';

const user = 'muster';
const password = 'pa:ss/wörd';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hidden = [password, base64(password), base64(`\0${user}\0${password}`), encodeURIComponent(password)];

/** What becomes of a mail to a server that gives `answers` to commands that begin so, and is content with all others. */
async function deliverTo(methods: string, answer: (line: string) => string | null): Promise<Delivery> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('220 here\r\n');
    let rest = '';
    socket.on('data', (data) => {
      const lines = `${rest}${data}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const said = answer(line) ?? (line.startsWith('EHLO') ? `250-here\r\n250 AUTH ${methods}` : '250 fine');
        if (said.endsWith('!')) socket.end(said.slice(0, -1));
        else socket.write(`${said}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const courier = createEmailCourier({
    url: `smtp://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    from: { address: 'dr@example.com', name: 'Acme' },
    storeId: async () => 'store-1',
    timeoutMs: 1_000,
  });
  const mail = { incidentId: 7, address: 'vp@example.com', subject: 'INC-7', text: 'Down.', html: '<p>Down.</p>' };
  const delivery = await courier.deliver({ to: 'email', do: 'send', mail }, 'k', false);
  courier.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  return delivery;
}

const welcome = (line: string) => (line.startsWith('AUTH') ? '235 come in' : null);

describe('a mail server that is not content with who sends', () => {
  it.each([
    ['MAIL FROM', '530 5.7.0 Authentication required'],
    ['RCPT TO', '530 5.7.1 Authentication required'],
    ['DATA', '530 Authentication required'],
    ['MAIL FROM', '535 5.7.8 Bad credentials'],
    ['MAIL FROM', '538 5.7.11 Encryption required'],
  ])('at %s is tried again later, once SMTP_URL is mended: %s', async (at, said) => {
    const delivery = await deliverTo('PLAIN', (line) => (line.startsWith(at) ? said : welcome(line)));
    expect(delivery).toMatchObject({ state: 'later', afterMs: 60_000, why: expect.stringContaining('SMTP_URL') });
    expect(delivery).toMatchObject({ why: expect.stringContaining(said) });
  });

  it.each(['454 4.7.0 Temporary authentication failure', '421 4.3.0 Too busy'])(
    'for the moment is not told that the password is wrong: %s',
    async (said) => {
      const delivery = await deliverTo('PLAIN', (line) => (line.startsWith('AUTH') ? said : null));
      expect(delivery).toMatchObject({ state: 'later', afterMs: 30_000, why: expect.stringContaining('at present') });
      expect(JSON.stringify(delivery)).not.toContain('SMTP_URL');
    },
  );
});

describe('a mail server that repeats what it was told', () => {
  let heard = '';
  const echoing = (code: string, end: string) => (line: string) => {
    if (line === 'AUTH LOGIN') return '334 VXNlcm5hbWU6';
    if (line === base64(user)) return '334 UGFzc3dvcmQ6';
    const login = line.startsWith('AUTH') || line === base64(password);
    if (login) heard = line;
    if (end === '' && login) return '235 come in';
    return login || (end === '' && line.startsWith('MAIL')) ? `${code} what is ${heard} ${password}${end}` : null;
  };

  it.each([
    ['PLAIN', '535', ' '],
    ['PLAIN', '454', ' '],
    ['LOGIN', '454', ' '],
    ['PLAIN', '500', '!'],
    ['PLAIN', '', '!'],
    ['LOGIN', '', '!'],
    ['PLAIN', '451', ''],
    ['LOGIN', '550', ''],
  ])('never has the password said: %s %s%s', async (method, code, end) => {
    const delivery = await deliverTo(method, echoing(code, end));
    expect(delivery.state).not.toBe('sent');
    for (const secret of hidden) expect(JSON.stringify(delivery)).not.toContain(secret);
  });
});
