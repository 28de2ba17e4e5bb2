import { useEffect, useRef } from 'react';
import { choose } from '../state/mine.ts';
import { useSlice } from '../state/stream.ts';
import { approverOf, commanderOf } from './cast.ts';
import type { Told } from './hints.ts';
import { showStep } from './show-step.ts';
import { askedOf, type GuideStep } from './steps.ts';
import { quicken, slacken } from './watched-pace.ts';

/** Where a step is to be seen, and as whom; what nobody has to do by hand is done. Once for each step that is reached. */
export function useDirector(step: GuideStep, { people, news }: Told, hands: 'on' | 'off'): void {
  const channel = news?.incident.incident.channel ?? null;
  const approver = approverOf(people, news ? askedOf(news) : undefined)?.id;
  const commander = commanderOf(people)?.id;
  const inIncident = step !== 'declare' && channel !== null;
  useEffect(() => {
    if (inIncident) choose({ channel });
  }, [inIncident, channel]);
  const becomes = { declare: commander, ask: commander, approve: approver, accept: commander }[step as string];
  useEffect(() => {
    if (hands === 'on' && becomes !== undefined) choose({ user: becomes });
  }, [hands, becomes]);
  const incident = news?.incident.incident.id ?? 0;
  useEffect(() => showStep(step, incident), [step, incident]);
  useWatchedPace(hands === 'on' ? step : null);
}

/** Faster while a run is watched; a run that is paused is not over. */
function useWatchedPace(step: GuideStep | null): void {
  const scale = useSlice('clock')?.scale ?? 0;
  const latest = useRef(scale);
  useEffect(() => {
    latest.current = scale;
  }, [scale]);
  useEffect(() => {
    if (step === 'run') void quicken(sessionStorage, latest.current);
    else if (step !== 'paused') void slacken(sessionStorage, latest.current);
  }, [step]);
  useEffect(() => () => void slacken(sessionStorage, latest.current), []);
}
