import type { Life } from './life.ts';

/** Real milliseconds for which people wait: after it was taken, after a sentence that says to look, after an error. */
const patienceMs = { taken: 150_000, told: 30_000, unsure: 5_000 };
type Answer = keyof typeof patienceMs;
const tries = 8;

/** What people do, and how it was answered. */
type Act = () => Promise<Answer>;

/** People do a thing, and when an error is shown or nothing happens, they do it again. */
export async function persist<T>(life: Life, what: string, act: Act, done: () => T | false): Promise<T> {
  const { bot, farEnds } = life;
  const shown: string[] = [];
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    await bot.changes.until(() => bot.state.state === 'up', `${what}: Muster to be up${toldBy(life)}`, 60_000);
    const before = done();
    if (before !== false) return before;
    const answer = await act().catch((error: unknown): Answer => {
      shown.push(String(error).split('\n', 1)[0] ?? '');
      return 'unsure';
    });
    shown.push(answer);
    const seen = await farEnds.slack.workspace.changes
      .until<T>(done, what, patienceMs[answer])
      .catch((): undefined => undefined);
    if (seen !== undefined) return seen;
  }
  throw new Error(`${what}: not after ${tries} tries: ${shown.join(', ')}${toldBy(life)}`);
}

/** Fills in the form on top, opening it first where it is not there, and sends it. */
async function fillIn(
  life: Life,
  form: { user: string; field: string; open: () => Promise<unknown>; values: Record<string, string | string[]> },
): Promise<Answer> {
  if (!isWaiting(life, form.user, form.field)) await form.open();
  const sent = await life.submit(form.user, form.values);
  if (sent.state === 'closed') return 'taken';
  return sent.state === 'updated' ? 'told' : 'unsure';
}

/** How Muster is, what it last logged and what people see, for whoever reads of a failure. */
export function toldBy(life: Life): string {
  const seen = [...life.farEnds.slack.workspace.channels.values()]
    .filter(({ name }) => name.startsWith('inc-'))
    .flatMap(({ messages }) => messages.slice(-8).map(({ text, only }) => `${only ?? 'all'}: ${text}`));
  return ['', `bot: ${JSON.stringify(life.bot.state)}`, ...life.log.slice(-30), ...seen].join('\n');
}

/** Declares an incident and gives back its channel's name, once its header is pinned and #incidents knows. */
export function declare(life: Life): Promise<string> {
  const values = { title: 'us-east-1 is failing', severity: 'P1', services: ['api'] };
  const form = { user: 'U0ANA', field: 'title', open: () => life.dr('U0ANA', 'declare'), values };
  return persist(
    life,
    'the incident to be declared',
    () => fillIn(life, form),
    () => {
      const channel = [...life.farEnds.slack.workspace.channels.values()].find((one) => one.name.startsWith('inc-'));
      const told = hasSaid(life, 'incidents', 'announced:');
      return told && channel !== undefined && channel.pins.length > 0 && channel.name;
    },
  );
}

export async function askForFailover(life: Life, channel: string): Promise<void> {
  const open = () => life.dr('U0ANA', 'failover tasks=8', channel);
  const form = { user: 'U0ANA', field: 'phrase', open, values: { phrase: 'FAILOVER' } };
  await persist(
    life,
    'the failover to be asked for',
    () => fillIn(life, form),
    () => hasSaid(life, channel, 'asked:'),
  );
}

export async function approve(life: Life, channel: string): Promise<void> {
  const press: Act = async () => {
    const pressed = await life.press('U0BEN', channel, 'consent.approve');
    return pressed.ok ? 'told' : 'unsure';
  };
  await persist(life, 'the failover to be approved', press, () => hasSaid(life, channel, 'run:'));
}

export async function publish(life: Life, channel: string): Promise<void> {
  const open = () => life.press('U0CAT', channel, 'public.publish');
  const { page } = life.farEnds.statuspage;
  await persist(
    life,
    'the public page to be opened',
    () => fillIn(life, { user: 'U0CAT', field: 'body', open, values: {} }),
    () => page.incidents.length > 0,
  );
}

/** Tells stakeholders in a person's own words: the editor first, then what they will read. */
export async function tellStakeholders(life: Life, channel: string): Promise<void> {
  const words = 'We have found the cause.';
  const tell: Act = async () => {
    if (!isWaiting(life, 'U0ANA', 'inside')) await life.dr('U0ANA', 'update', channel);
    if (isWaiting(life, 'U0ANA', 'audiences') || !isWaiting(life, 'U0ANA', 'inside')) {
      await life.submit('U0ANA', { audiences: ['stakeholders'], inside: words });
    }
    const sent = await life.submit('U0ANA', {});
    return sent.state === 'closed' ? 'taken' : 'unsure';
  };
  const told = () => saidIn(life, 'stakeholders').some(({ text }) => text.includes(words));
  await persist(life, 'stakeholders to be told', tell, told);
}

/** The word is acknowledged before it is done, so people wait to see that it was. */
export async function resolve(life: Life, channel: string): Promise<void> {
  const say: Act = async () => {
    await life.dr('U0ANA', 'resolve', channel);
    return 'unsure';
  };
  await persist(life, 'the incident to be resolved', say, () => isResolved(life, channel));
}

/** Whether Muster has said something in a channel whose key begins so. */
export function hasSaid(life: Life, channel: string, beginning: string): boolean {
  return keysIn(life, channel).some((key) => key.startsWith(beginning));
}

/** Whether the incident's header says so. */
export function isResolved(life: Life, channel: string): boolean {
  const header = saidIn(life, channel).find(({ key }) => key.startsWith('header:'));
  return /✅ resolved/.test(header?.text ?? '');
}

/** Keys of what Muster has said in a channel, in order. */
function keysIn(life: Life, channel: string): string[] {
  return saidIn(life, channel).map(({ key }) => key);
}

export interface Said {
  key: string;
  text: string;
  channel: string;
}

/** What Muster has said to everybody in a channel. */
export function saidIn(life: Life, channel: string): Said[] {
  const found = [...life.farEnds.slack.workspace.channels.values()].find((one) => one.name === channel);
  return (found?.messages ?? [])
    .filter((message) => message.only === null && message.bot_id !== undefined)
    .flatMap(({ metadata, text }) => (metadata ? [{ key: String(metadata.event_payload.key), text, channel }] : []));
}

/** What Muster has said to everybody in all channels, and to each directly. */
export function saidAnywhere(life: Life): Said[] {
  return [...life.farEnds.slack.workspace.channels.values()].flatMap(({ name }) => saidIn(life, name));
}

/** A form on this person's screen that can be sent and has this field. */
function isWaiting(life: Life, user: string, field: string): boolean {
  const body = life.farEnds.slack.modalOf(user)?.body;
  return body?.submit !== undefined && JSON.stringify(body.blocks).includes(`"${field}"`);
}
