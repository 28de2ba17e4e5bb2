import { App, HTTPReceiver } from '@slack/bolt';

/** A Bolt listener that acknowledges `/dr` and does nothing else: what an answer costs at least. */
const { signingSecret } = JSON.parse(process.argv[2] ?? '{}') as { signingSecret: string };
const receiver = new HTTPReceiver({ signingSecret });
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bare' }) });
app.command('/dr', async ({ ack }) => ack());
const server = await receiver.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
process.stdout.write(`port ${typeof address === 'object' && address !== null ? address.port : 0}\n`);
