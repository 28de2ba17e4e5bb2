import { setTimeout as wait } from 'node:timers/promises';
import { startSentence } from '../../src/domain/start-sentence.ts';
import type { RecoveryNews } from '../recovery-news.ts';
import { measuredLines } from './measured.ts';
import { approve, ask, darken, declare, resolve, type Scene } from './scenes.ts';
import { failoverOf, type Stage, untilTold } from './stage.ts';

export interface PlayOptions {
  /** Says what happens, a line at a time. */
  tell(line: string): void;
  signal: AbortSignal;
  /** Where the page is. */
  page: string;
  /** Real milliseconds that people take to read, between one thing that they do and the next. */
  readMs?: number;
}

/** A scene that something is in the way of is tried again this often, and so many times. */
const againMs = 3_000;
const tries = 20;
/** Real milliseconds: a run that waits for people is waited for. */
const runMs = 24 * 3_600_000;
const beginMs = 60_000;

/** Plays the guided run by itself, from the dark Region to what was measured. Rejects with what stopped it. */
export async function playFailover(stage: Stage, { tell, signal, page, readMs = 3_000 }: PlayOptions): Promise<void> {
  await stage.bot.changes.until(() => stage.bot.commands !== null, 'The commands of the home', 60_000);
  if (!failoverOf(stage)) return tell('Nothing is played: this home has no command failover.');
  const { primary, recovery } = stage.home.system.regions;
  const scenes: [string, Scene][] = [
    [`${primary} goes dark.`, darken],
    ['An incident is declared.', declare],
    [`The failover to ${recovery} is asked for.`, ask],
    ['It is approved.', untilApproved],
    ['Muster recovers.', untilBegun],
    ['The run has ended.', untilEnded],
  ];
  const play = async (line: string, scene: Scene): Promise<void> => {
    await wait(readMs, undefined, { signal });
    await perform(() => scene(stage), { tell, signal });
    tell(line);
  };
  for (const [line, scene] of scenes) await play(line, scene);
  const outcome = stage.bot.recovery?.run?.run.outcome ?? 'unknown';
  if (!outcome.startsWith('succeeded')) return tell(`The play ends here: the outcome of the run is ${outcome}.`);
  for (const exception of stage.bot.recovery?.run?.run.exceptions ?? []) tell(`Exception: ${startSentence(exception)}`);
  await play('The incident is resolved.', resolve);
  const news = stage.bot.recovery;
  tell(`Played: the run ${outcome.replaceAll('-', ' ')}${approvedWords(news)}.`);
  for (const line of news?.incident.recovery ? measuredLines(news.incident.recovery) : []) tell(line);
  const channel = stage.farEnds.slack.workspace.channels.get(news?.incident.incident.channel ?? '');
  if (channel) tell(`All of it stands in #${channel.name}, on the page at ${page}`);
}

/** Of the request that the run began with. */
export function approvedWords(news: Pick<RecoveryNews, 'answered'> | null | undefined): string {
  const names = (news?.answered[0]?.approvals ?? []).map(({ by }) => by);
  return names.length === 0 ? '' : `, approved by ${new Intl.ListFormat('en').format(names)}`;
}

/** What is in the way, such as a Slack that is down or an approver who sleeps, is said once. */
async function perform(
  scene: () => Promise<void>,
  { tell, signal }: Pick<PlayOptions, 'tell' | 'signal'>,
): Promise<void> {
  let said = '';
  for (let left = tries; ; left -= 1) {
    try {
      return await scene();
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (left <= 1) throw new Error(`The play ends here: ${sentence}`, { cause: error });
      if (sentence !== said) tell(`${sentence} It is tried again.`);
      said = sentence;
      await wait(againMs, undefined, { signal });
    }
  }
}

/** A request that expired while nobody could approve it is made again. */
const untilApproved: Scene = async (stage) => {
  await ask(stage);
  await approve(stage);
};

const untilBegun: Scene = async (stage) => {
  await untilTold(stage, ({ run }) => run !== null, 'The start of the run', beginMs);
};

/** A run that is paused waits for people, and so does the play. */
const untilEnded: Scene = async (stage) => {
  await untilTold(stage, ({ run }) => run?.run.status === 'ended', 'The end of the run', runMs);
};
