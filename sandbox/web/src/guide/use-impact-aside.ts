import { useEffect } from 'react';
import { clockTime } from '../frame/times.ts';
import { type Aside, aside } from '../talk/state/aside.ts';
import type { Told } from './hints.ts';
import type { GuideStep } from './steps.ts';

/** A form that covers the guide says itself since when the Region is dark. */
export function useImpactAside(step: GuideStep, { system, darkSince }: Told): void {
  const { primary } = system.regions;
  useEffect(() => {
    aside.set(step === 'declare' && darkSince !== null ? asideOf(primary, darkSince) : null);
    return () => aside.set(null);
  }, [step, primary, darkSince]);
}

export function asideOf(region: string, darkSince: string): Aside {
  const at = clockTime(darkSince);
  return {
    block: 'impactBeganAt',
    words: `Guide: ${region} is dark since ${at}.`,
    offer: `Put in ${at.slice(0, 5)}`,
    value: Math.floor(Date.parse(darkSince) / 1000),
  };
}
