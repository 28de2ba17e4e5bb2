import type { Outside } from '../../test/e2e/outside.ts';

const commands = 100;
const people = ['U0ANA', 'U0BEN', 'U0CAT', 'U0DOV'];
/** No call to the cloud is answered within this many milliseconds: more than any reading waits for. */
const cloudMs = 30_000;
const refusedForSeconds = 30;

/** Milliseconds from a typed `/dr failover` to its open form, while AWS is silent and Slack refuses every post. */
export async function measureOpening(outside: Outside): Promise<number[]> {
  const { slack, world } = outside.farEnds;
  const channel = await outside.declare('U0ANA', 'us-east-1 is failing');
  world.world.setFault({ kind: 'call', fails: 'slow', delayMs: cloudMs });
  const { refuse } = slack.limits;
  slack.limits.refuse = (method, tier, at) =>
    method.startsWith('views.') ? refuse(method, tier, at) : refusedForSeconds;
  const took: number[] = [];
  let next = 0;
  const type = async (user: string): Promise<void> => {
    while (next < commands) {
      next += 1;
      took.push(await openOnce(outside, user, channel));
    }
  };
  await Promise.all(people.map(type));
  return took;
}

async function openOnce({ farEnds: { slack }, dr }: Outside, user: string, channel: string): Promise<number> {
  const { changes, views } = slack.workspace;
  const before = new Set(views.keys());
  const began = performance.now();
  const opened = changes.until(
    () => [...views.values()].find((view) => !before.has(view.id) && view.user === user),
    `a form for ${user}`,
    20_000,
  );
  const at = opened.then((view) => ({ view, ms: performance.now() - began }));
  await dr(user, 'failover', channel);
  const { view, ms } = await at;
  await slack.act.closeView({ user, viewId: view.id });
  return ms;
}
