import type { Outside } from '../../test/e2e/outside.ts';

const declarers = ['U0ANA', 'U0BEN', 'U0DOV'];
const longestMs = 600_000;

/** Declares so many incidents by form and waits until each has its channel with its header; gives back the channels' names. */
export async function declareAll(outside: Outside, incidents: number): Promise<string[]> {
  let next = 0;
  const declare = async (user: string): Promise<void> => {
    while (next < incidents) {
      next += 1;
      const title = `Trouble ${next}`;
      await outside.dr(user, 'declare');
      const sent = await outside.submit(user, { title, severity: 'P1', services: ['api'] });
      if (sent.state !== 'closed') throw new Error(`${title} was not declared: ${JSON.stringify(sent)}`);
    }
  };
  await Promise.all(declarers.map(declare));
  const { changes, channels } = outside.farEnds.slack.workspace;
  const headed = () => [...channels.values()].filter(({ name, pins }) => name.startsWith('inc-') && pins.length > 0);
  await changes.until(() => headed().length >= incidents, 'every channel to have its header', longestMs);
  return headed().map(({ name }) => name);
}
