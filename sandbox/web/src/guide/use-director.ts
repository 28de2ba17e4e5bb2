import { useEffect } from 'react';
import { choose } from '../state/mine.ts';
import { setPace } from '../state/pace.ts';
import { approverOf, commanderOf } from './cast.ts';
import type { Told } from './hints.ts';
import { askedOf, type GuideStep } from './steps.ts';

/** A run of minutes is watched at this pace. */
const watchedScale = 60;

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
  useEffect(() => {
    if (hands === 'on' && step === 'run') void setPace(watchedScale);
  }, [hands, step]);
}
