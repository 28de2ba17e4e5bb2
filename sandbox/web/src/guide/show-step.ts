import { bringIntoView } from '../frame/bring-into-view.ts';
import type { Pane } from '../frame/pane.ts';
import type { GuideStep } from './steps.ts';

/** What each step speaks of: the part of the page, and the panel at the right. */
const places: Partial<Record<GuideStep, [Pane, string?]>> = {
  declare: ['talk', 'world'],
  ask: ['talk'],
  approve: ['talk'],
  run: ['world', 'run'],
  held: ['talk', 'run'],
  paused: ['trouble', 'trouble'],
  failed: ['talk', 'run'],
  resolve: ['world', 'run'],
  accept: ['talk', 'run'],
};

const key = 'muster-sandbox-guide-shown';

/** Brings into view what a step speaks of when it begins, once: afterwards, and after a reload, people look where they like. */
export function showStep(step: GuideStep, incident: number): void {
  const name = `${incident}/${step}`;
  if (sessionStorage.getItem(key) === name) return;
  sessionStorage.setItem(key, name);
  const place = places[step];
  if (place) bringIntoView(...place);
}
