import { checklistAction } from '../../domain/checklist.ts';
import type { RehearsalReport } from '../report.ts';
import { unseenOf } from './sentence.ts';

/** What a simulation cannot show, so that nobody takes it for shown. */
export function notExercised(report: RehearsalReport): string[] {
  const uses = (action: string): boolean => report.steps.some((step) => step.uses === action);
  const unseen = unseenOf(report);
  const notRun = report.steps.filter(({ status }) => status === 'not-run').map(({ id }) => id);
  return [
    ...(unseen.length > 0
      ? [
          `${unseen.join(', ')}: what is looked at is not in the simulation, so it was answered as the check expects once its far end answered.`,
        ]
      : []),
    ...(notRun.length > 0 ? [`${notRun.join(', ')}: not run.`] : []),
    'People: whether they notice, are reached, agree in time and know what to do.',
    'Words: nobody was told anything, and no channel, mail, page or status page was tried.',
    'Credentials, permissions (IAM), networks, security groups and encryption of the real accounts.',
    ...(uses('ecs.scale-service')
      ? ['Whether the real service starts, with its image and configuration, and finds capacity.']
      : []),
    ...(uses('rds.promote-read-replica')
      ? ['The real promotion, and the lag under real load: how long they take depends on load and backups.']
      : []),
    ...(uses('sql.assert') ? ['The real data, and the secrets by which databases are reached.'] : []),
    ...(uses('http.check') ? ['What the real service answers, and how it bears the load of everybody.'] : []),
    ...(uses('manual.checkpoint') || uses(checklistAction)
      ? ['What checkpoints and checklists ask for: no person looked.']
      : []),
  ];
}
