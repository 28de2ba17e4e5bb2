import { useEffect, useRef } from 'react';
import type { RecoveryNews } from '../../../recovery-news.ts';
import { choose, useMine } from '../state/mine.ts';
import { useSlice } from '../state/stream.ts';
import { approverOf, commanderOf } from './cast.ts';
import type { Told } from './hints.ts';
import { showStep } from './show-step.ts';
import { askedOf, type GuideStep } from './steps.ts';
import { quicken, slacken } from './watched-pace.ts';

/** Where a step is to be seen, and as whom; what nobody has to do by hand is done. Once for each step that is reached. */
export function useDirector(step: GuideStep, { people, news }: Told, hands: 'on' | 'off'): void {
  const approver = approverOf(people, news ? askedOf(news) : undefined)?.id;
  const commander = commanderOf(people)?.id;
  useIncidentChannel(step === 'declare' ? null : news?.incident.incident, hands);
  const becomes = {
    declare: commander,
    ask: commander,
    approve: approver,
    resolve: commander,
    accept: commander,
    measured: commander,
  }[step as string];
  useEffect(() => {
    if (hands === 'on' && becomes !== undefined) choose({ user: becomes });
  }, [hands, becomes]);
  const incident = news?.incident.incident.id ?? 0;
  useEffect(() => showStep(step, incident), [step, incident]);
  useWatchedPace(hands === 'on' ? step : null);
}

/** Once for each incident; whoever only looks on and has gone to another channel stays there. */
function useIncidentChannel(incident: Declared | null | undefined, hands: 'on' | 'off'): void {
  const chosen = useMine().channel;
  const channels = useSlice('channels');
  const first = channels?.find(({ kind, is_archived: over }) => kind === 'public' && !over)?.id;
  const free = hands === 'on' || chosen === null || chosen === first;
  // Once the channel is there to be shown.
  const shown = channels?.find(({ id }) => id === incident?.channel)?.id;
  const name = `${shown}/${incident?.declaredAt}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where people go afterwards is theirs to say.
  useEffect(() => {
    if (shown === undefined || sessionStorage.getItem(followedKey) === name) return;
    sessionStorage.setItem(followedKey, name);
    if (free) choose({ channel: shown });
  }, [shown, name]);
}

type Declared = Pick<RecoveryNews['incident']['incident'], 'channel' | 'declaredAt'>;
const followedKey = 'muster-sandbox-guide-followed';

/** Faster while a run is watched; a run that is paused is not over. */
function useWatchedPace(step: GuideStep | null): void {
  const scale = useSlice('clock')?.scale ?? 0;
  const latest = useRef(scale);
  useEffect(() => {
    latest.current = scale;
  }, [scale]);
  useEffect(() => {
    if (step === 'run') void quicken(sessionStorage, latest.current);
    else if (step !== 'paused' && step !== 'held') void slacken(sessionStorage, latest.current);
  }, [step]);
  useEffect(() => () => void slacken(sessionStorage, latest.current), []);
}
