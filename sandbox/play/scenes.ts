import type { User } from '../slack/workspace.ts';
import { approverOf, commanderOf } from './cast.ts';
import { closeForms, filledModal, press, say, submit } from './hands.ts';
import { failoverOf, type Stage, servicesByPriority, untilTold } from './stage.ts';

/**
 * The guided run, scene by scene, through the simulated Slack's hands. Each looks first whether it has happened, so that
 * one which was cut short, or done by a person meanwhile, can be asked for again. Each rejects with a sentence.
 */
export type Scene = (stage: Stage) => Promise<void>;

/** The Region in which the system was designed to be active answers nobody. */
export const darken: Scene = async ({ home, farEnds: { world } }) => {
  const region = home.system.regions.primary;
  const shown = world.world.view().regions.find((one) => one.region === region);
  if (!shown) throw new Error(`The simulated cloud has no Region ${region}: nothing can be made dark.`);
  if (!shown.dark) world.world.setFault({ kind: 'region-dark', region });
};

/** The commander declares what is wrong with the most important service. */
export const declare: Scene = async (stage) => {
  const { slack } = stage.farEnds;
  if (stage.bot.recovery === null || !isOpen(stage.bot.recovery.incident.incident.phase)) {
    const commander = commanderOf(stage);
    const service = firstService(stage);
    await closeForms(slack, commander.id);
    await say(slack, commander.id, stage.home.channels.incidents, `declare ${service} fails`);
    await submit(slack, await filledModal(slack, commander.id), { services: [service] });
  }
  await untilTold(stage, ({ incident: { incident } }) => isOpen(incident.phase) && incident.channel, 'The incident');
  await slack.workspace.changes.until(() => placeOf(stage), 'The channel of the incident');
};

/** The commander asks for the failover, with all that its form wants to be told. */
export const ask: Scene = async (stage) => {
  const { slack } = stage.farEnds;
  const news = stage.bot.recovery;
  if (news && (news.run !== null || news.consents.length > 0)) return;
  const commander = commanderOf(stage);
  await closeForms(slack, commander.id);
  await say(slack, commander.id, channelOf(stage), failoverLine(stage));
  const view = await filledModal(slack, commander.id);
  if (view.body.submit === undefined) throw new Error('The plan is blocked: its form says why.');
  const phrase = failoverOf(stage)?.confirm ?? '';
  const inputs = view.body.blocks.filter((block) => block.type === 'input');
  const entered = inputs.map(({ block_id }) => [block_id, block_id === 'phrase' ? phrase : 'The Region is dark.']);
  await submit(slack, view, Object.fromEntries(entered));
  await untilTold(stage, ({ run, consents }) => run !== null || consents.length > 0, 'The request');
};

/** Somebody else, who may, approves what waits. */
export const approve: Scene = async (stage) => {
  const [consent] = stage.bot.recovery?.consents ?? [];
  if (!consent) return;
  const approver: User = approverOf(stage, consent.requestedBy);
  const button = { channel: channelOf(stage), actionId: 'consent.approve', near: consent.code };
  await press(stage.farEnds.slack, { user: approver.id, ...button });
  const counted = ({ consents }: { consents: { id: string; approvals: unknown[] }[] }): boolean =>
    !consents.some(({ id, approvals }) => id === consent.id && approvals.length === consent.approvals.length);
  await untilTold(stage, counted, 'The approval');
};

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

function isOpen(phase: string | undefined): boolean {
  return phase !== undefined && phase !== 'resolved' && phase !== 'closed';
}
