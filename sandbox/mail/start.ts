import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type MailFaults, noMailFaults } from './faults.ts';
import { type Desk, handlersOf } from './handlers.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

export interface MailOptions {
  now?: () => Date;
  /** Without it anybody may send, as on a server that knows its network. */
  login?: { user: string; password: string };
}

export interface SimulatedMail {
  /** For `SMTP_URL`; without the login. */
  url: string;
  mailbox: Mailbox;
  faults: MailFaults;
  stop(): Promise<void>;
}

/** A mail server that delivers to one mailbox, for everybody, and takes nothing that is not in order. */
export async function startMail({ now = () => new Date(), login }: MailOptions = {}): Promise<SimulatedMail> {
  const mailbox = createMailbox();
  const faults = noMailFaults();
  const sockets = new Map<number, Socket>();
  const hangUp = ({ remotePort }: SMTPServerSession): void => void sockets.get(remotePort)?.destroy();
  const server = createServer({ mailbox, faults, now, login, hangUp });
  server.server.on('connection', (socket: Socket) => {
    if (faults.down === 'refused') return void socket.destroy();
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  const port = await listen(server);
  return { url: `smtp://127.0.0.1:${port}`, mailbox, faults, stop: () => stopServer(server, sockets) };
}

function createServer(desk: Desk): SMTPServer {
  const open = desk.login === undefined;
  const server = new SMTPServer({
    authOptional: open,
    allowInsecureAuth: true,
    logger: false,
    size: 10 * 1024 * 1024,
    disabledCommands: open ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    ...handlersOf(desk),
  });
  // What a client does to its connection is no news here.
  server.on('error', () => {});
  return server;
}

async function listen(server: SMTPServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.server.address() as AddressInfo).port;
}

async function stopServer(server: SMTPServer, sockets: ReadonlyMap<number, Socket>): Promise<void> {
  for (const socket of sockets.values()) socket.destroy();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
