import type { Life } from './life.ts';

/** Real milliseconds after which people who see nothing happen do it again. */
const patienceMs = 6_000;
const tries = 8;

/** Ways of people: they do a thing, and when an error is shown or nothing happens, they do it again. */
async function persist<T>(
  life: Life,
  what: string,
  steps: { act: () => Promise<unknown>; done: () => T | undefined | false },
): Promise<T> {
  const { bot, farEnds } = life;
  const shown: unknown[] = [];
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const before = steps.done();
    if (before !== undefined && before !== false) return before;
    await bot.changes.until(() => bot.state.state === 'up', `${what}: Muster to be up${toldBy(life)}`, 60_000);
    shown.push(await steps.act().catch((error: unknown) => String(error).split('\n', 1)[0]));
    const seen = await farEnds.slack.workspace.changes
      .until(steps.done, what, patienceMs)
      .catch((): undefined => undefined);
    if (seen !== undefined) return seen;
  }
  throw new Error(`${what}: not after ${tries} tries: ${JSON.stringify(shown)}${toldBy(life)}`);
}

export function toldBy(life: Life): string {
  return `\nbot: ${JSON.stringify(life.bot.state)}\n${life.log.slice(-20).join('\n')}`;
}

/** Declares an incident and gives back its channel's name, once its header is pinned and #incidents knows. */
export async function declare(life: Life): Promise<string> {
  const { workspace } = life.farEnds.slack;
  return persist(life, 'the incident to be declared', {
    act: async () => {
      if (!waitingForm(life, 'U0ANA', 'title')) await life.dr('U0ANA', 'declare');
      return life.submit('U0ANA', { title: 'us-east-1 is failing', severity: 'P1', services: ['api'] });
    },
    done: () => {
      const channel = [...workspace.channels.values()].find((one) => one.name.startsWith('inc-'));
      const told = keysIn(life, 'incidents').includes('announced:1');
      return told && channel !== undefined && channel.pins.length > 0 && channel.name;
    },
  });
}

export async function askForFailover(life: Life, channel: string): Promise<void> {
  await persist(life, 'the failover to be asked for', {
    act: async () => {
      if (!waitingForm(life, 'U0ANA', 'phrase')) await life.dr('U0ANA', 'failover tasks=8', channel);
      return life.submit('U0ANA', { phrase: 'FAILOVER' });
    },
    done: () => keysIn(life, channel).some((key) => key.startsWith('consent:')),
  });
}

export async function approve(life: Life, channel: string): Promise<void> {
  await persist(life, 'the failover to be approved', {
    act: () => life.press('U0BEN', channel, 'consent.approve'),
    done: () => keysIn(life, channel).some((key) => key.startsWith('run:')),
  });
}

export async function publish(life: Life, channel: string): Promise<void> {
  const { page } = life.farEnds.statuspage;
  await persist(life, 'the public page to be opened', {
    act: async () => {
      if (!waitingForm(life, 'U0CAT', 'body')) await life.press('U0CAT', channel, 'public.publish');
      return life.submit('U0CAT', {});
    },
    done: () => page.incidents.length > 0,
  });
}

export async function resolve(life: Life, channel: string): Promise<void> {
  await persist(life, 'the incident to be resolved', {
    act: () => life.dr('U0ANA', 'resolve', channel),
    done: () => keysIn(life, channel).includes('resolved:1'),
  });
}

/** Keys of what Muster has said in a channel, in order. */
export function keysIn(life: Life, channel: string): string[] {
  return saidIn(life, channel).map(({ key }) => key);
}

export interface Said {
  key: string;
  text: string;
}

/** What Muster has said to everybody in a channel. */
export function saidIn(life: Life, channel: string): Said[] {
  const found = [...life.farEnds.slack.workspace.channels.values()].find((one) => one.name === channel);
  return (found?.messages ?? [])
    .filter((message) => message.only === null && message.bot_id !== undefined)
    .map(({ metadata, text }) => ({ key: String(metadata?.event_payload.key), text }));
}

/** A form on this person's screen that can be sent and has this field. */
function waitingForm(life: Life, user: string, field: string): boolean {
  const body = life.farEnds.slack.modalOf(user)?.body;
  return body?.submit !== undefined && JSON.stringify(body.blocks).includes(`"${field}"`);
}
