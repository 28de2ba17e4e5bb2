import { isIncident, isOpen } from '../../../../src/domain/incident.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';

export interface CommandLine {
  /** What it is for, in a word or two. */
  what: string;
  line: string;
}

export interface Terminal {
  /** As people of muster.yml, by name. */
  as: string;
  /** Whoever may approve, besides the one above where there is somebody. */
  approver: string | null;
  /** A command that this home knows. */
  command: string | null;
  /** Whether that command can be run ungraceful. */
  ungraceful: boolean;
}

/** Lines to run in the folder where the sandbox was started: what can be done at this point, by somebody who may. */
export function commandLines(
  news: RecoveryNews | null | undefined,
  { as, approver, command, ungraceful }: Terminal,
): CommandLine[] {
  if (!news || news.incident.incident.phase === 'closed') {
    return [
      { what: 'Every incident', line: lineFor(as, 'list') },
      { what: 'What there is to say', line: lineFor(as, '--help') },
    ];
  }
  const incident = `--incident ${news.incident.incident.id}`;
  const mode = ungraceful && isActiveSilent(news) ? '--mode ungraceful ' : '';
  return [
    { what: 'How it stands', line: lineFor(as, `status ${incident}`) },
    ...news.consents.map(({ code }) => ({ what: 'Approve', line: lineFor(approver ?? as, `approve ${code}`) })),
    ...steering(news.run?.run.status).map((word) => ({
      what: word === 'pause' ? 'Hold the run' : 'Let it go on',
      line: lineFor(as, `${word} ${incident}`),
    })),
    ...(isIdle(news) && isOpen(news.incident.incident) && isIncident(news.incident.incident) && command !== null
      ? [
          { what: 'See the plan', line: lineFor(as, `plan ${command} ${mode}${incident}`) },
          { what: 'Run it', line: lineFor(as, `run ${command} ${mode}${incident}`) },
        ]
      : []),
  ];
}

/** The old Region does not answer: only an ungraceful run may leave it so. */
function isActiveSilent({ incident: { active, silent } }: RecoveryNews): boolean {
  return active.some(({ region }) => silent.some((dark) => dark.region === region));
}

function lineFor(as: string, words: string): string {
  return `npm run --silent muster -- --sandbox --as ${as} ${words}`;
}

function steering(status: string | undefined): ('pause' | 'resume')[] {
  if (status === 'running') return ['pause'];
  return status === 'paused' ? ['resume'] : [];
}

function isIdle({ run, consents }: RecoveryNews): boolean {
  return consents.length === 0 && (run === null || run.run.status === 'ended');
}
