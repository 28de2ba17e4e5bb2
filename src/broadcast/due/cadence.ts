import { cadenceMs } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { type Run, recovered } from '../../domain/run.ts';
import { currentRun } from '../../store/runs.ts';
import type { WordsDeps } from '../deps.ts';

/** Milliseconds from one word to the next. Who waits for a recovery that is held hears as often as before it began. */
export async function cadenceOf({ home }: Pick<WordsDeps, 'home'>, tx: Tx, incident: Incident): Promise<number> {
  const held = incident.phase === 'recovering' && isHeld(await currentRun(tx, incident.id));
  return cadenceMs(home, { severity: incident.severity, phase: held ? 'investigating' : incident.phase });
}

function isHeld(run: Run | null): boolean {
  if (run === null) return false;
  return run.status === 'paused' || (run.outcome !== null && !recovered.includes(run.outcome));
}
