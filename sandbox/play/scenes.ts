import type { RecoveryNews } from '../recovery-news.ts';
import { approverOf, commanderOf } from './cast.ts';
import { closeForms, filledModal, press, say, submit } from './hands.ts';
import { failoverOf, type Stage, servicesByPriority, untilTold } from './stage.ts';

/**
 * The guided run, scene by scene, through the simulated Slack's hands. Each looks first whether it has happened, so that
 * one which was cut short, or done by a person meanwhile, can be asked for again. Each rejects with a sentence.
 */
export type Scene = (stage: Stage) => Promise<void>;

type Consent = RecoveryNews['consents'][number];

/** The Region in which the system was designed to be active answers nobody. */
export const darken: Scene = async ({ home, farEnds: { world } }) => {
  const region = home.system.regions.primary;
  const shown = world.world.view().regions.find((one) => one.region === region);
  if (!shown) throw new Error(`The simulated cloud has no Region ${region}: nothing can be made dark.`);
  if (!shown.dark) world.world.setFault({ kind: 'region-dark', region });
};

/** The commander declares what is wrong with the most important service, since its Region went dark. */
export const declare: Scene = async (stage) => {
  const { slack } = stage.farEnds;
  if (!isOpen(stage.bot.recovery?.incident.incident.phase)) {
    const commander = commanderOf(stage);
    const service = firstService(stage);
    await closeForms(slack, commander.id);
    await say(slack, commander.id, stage.home.channels.incidents, `declare ${service} fails`);
    await submit(slack, await filledModal(slack, commander.id), { services: [service], ...beganIn(stage) });
  }
  await untilTold(stage, ({ incident: { incident } }) => isOpen(incident.phase) && incident.channel, 'The incident');
  await slack.workspace.changes.until(() => placeOf(stage), 'The channel of the incident');
};

/** The commander asks for the failover, with all that its form wants to be told. */
export const ask: Scene = async (stage) => {
  const { slack } = stage.farEnds;
  const before = stage.bot.recovery;
  if (before && (askedOf(before) || isUnderWay(before))) return;
  const commander = commanderOf(stage);
  await closeForms(slack, commander.id);
  await say(slack, commander.id, channelOf(stage), failoverLine(stage));
  const view = await filledModal(slack, commander.id);
  if (view.body.submit === undefined) throw new Error('The plan is blocked: its form says why.');
  const phrase = failoverOf(stage)?.confirm ?? '';
  const inputs = view.body.blocks.filter((block) => block.type === 'input');
  const entered = inputs.map(({ block_id }) => [block_id, block_id === 'phrase' ? phrase : 'The Region is dark.']);
  await submit(slack, view, Object.fromEntries(entered));
  await untilTold(stage, (news) => askedOf(news) || news.run?.run.id !== before?.run?.run.id, 'The request');
};

/** Others, who may, approve what waits, as many as it needs. Rejects when it came to an end in another way. */
export const approve: Scene = async (stage) => {
  const news = stage.bot.recovery;
  let asked = news ? askedOf(news) : undefined;
  if (!asked && !(news && isUnderWay(news))) throw new Error('Nothing waits for approval: ask for the failover first.');
  while (asked) asked = await approveOnce(stage, asked);
};

/** The request as it waits afterwards; undefined once it is granted. */
async function approveOnce(stage: Stage, consent: Consent): Promise<Consent | undefined> {
  const { id, code, approvals } = consent;
  const button = { channel: channelOf(stage), actionId: 'consent.approve', near: code };
  await press(stage.farEnds.slack, { user: approverOf(stage, consent).id, ...button });
  const waiting = (news: RecoveryNews) => news.consents.find((one) => one.id === id);
  const counted = (news: RecoveryNews) => waiting(news)?.approvals.length !== approvals.length && news;
  const news = await untilTold(stage, counted, 'The approval');
  const ended = news.answered.find((one) => one.id === id);
  if (ended?.state === 'granted') return undefined;
  const left = waiting(news);
  if (!left)
    throw new Error(`The request ${code} is ${ended?.state ?? 'over'}, not approved: ask for the failover again.`);
  return left;
}

/** The commander ends the incident: what it came to is measured. */
export const resolve: Scene = async (stage) => {
  if (isOpen(stage.bot.recovery?.incident.incident.phase)) {
    await say(stage.farEnds.slack, commanderOf(stage).id, channelOf(stage), 'resolve');
  }
  await untilTold(stage, ({ incident }) => incident.recovery !== null, 'The measurement');
};

/** By the name under which the page asks for them. */
export const scenes: Readonly<Record<string, Scene>> = { darken, declare, ask, approve, resolve };

/** What is typed after `/dr`: a Region that does not answer cannot be left gracefully. */
function failoverLine(stage: Stage): string {
  const command = failoverOf(stage);
  if (!command) throw new Error('This home has no command failover.');
  return command.modes.includes('ungraceful') ? `${command.name} mode=ungraceful` : command.name;
}

function firstService({ home }: Stage): string {
  const [first] = servicesByPriority(home);
  if (first === undefined) throw new Error('muster.yml names no service: there is nothing to declare.');
  return first;
}

/** When the primary Region went dark, in seconds; while it answers, the form keeps the time it began with. */
function beganIn({ home, farEnds: { world } }: Stage): { impactBeganAt?: number } {
  const { darkSince } = world.world.view().regions.find(({ region }) => region === home.system.regions.primary) ?? {};
  return darkSince ? { impactBeganAt: Math.floor(Date.parse(darkSince) / 1000) } : {};
}

/** The incident's channel, once the commander is in it and something stands there. */
function placeOf(stage: Stage): string | undefined {
  const { channels } = stage.farEnds.slack.workspace;
  const id = stage.bot.recovery?.incident.incident.channel;
  const channel = channels.get(id ?? '');
  return channel?.members.has(commanderOf(stage).id) && channel.messages.length > 0 ? channel.id : undefined;
}

function channelOf(stage: Stage): string {
  const channel = placeOf(stage);
  if (channel === undefined) throw new Error('There is no incident yet: declare one first.');
  return channel;
}

/** What a run waits for to begin. */
function askedOf({ consents }: RecoveryNews): Consent | undefined {
  return consents.find(({ runId }) => runId === null);
}

/** A run that ended without success is no answer to what is asked for now. */
function isUnderWay({ run }: RecoveryNews): boolean {
  return run !== null && (run.run.status !== 'ended' || run.run.outcome?.startsWith('succeeded') === true);
}

function isOpen(phase: string | undefined): boolean {
  return phase !== undefined && phase !== 'resolved' && phase !== 'closed';
}
