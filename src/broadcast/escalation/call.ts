import type { EscalationMeans } from '../../domain/facts.ts';
import { incidentLabel } from '../../domain/incident.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import type { WordsDeps } from '../deps.ts';
import { mailTo } from '../mail/mail.ts';
import { post, sayIn } from '../post.ts';
import { sayDuration } from '../templates/say-time.ts';
import type { Climb } from './climb.ts';
import { tellPager } from './pager.ts';

const minuteMs = 60_000;
const meansSaid: Record<EscalationMeans, string> = {
  mention: 'a mention in this channel',
  direct: 'direct messages',
  mail: 'mail',
  pager: 'the pager',
};

/** Calls people by one means, and says so where another was wanted. Returns whom. */
export async function call(deps: WordsDeps, tx: Tx, climb: Climb): Promise<string[]> {
  await sayLacking(deps, tx, climb);
  switch (climb.means) {
    case 'mention':
      return mention(deps, tx, climb);
    case 'direct':
      return direct(deps, tx, climb);
    case 'mail':
      return mail(deps, tx, climb);
    case 'pager':
      return page(deps, tx, climb);
  }
}

/** Once an incident: what is not set up is not there at the next rung either. */
async function sayLacking(deps: WordsDeps, tx: Tx, { incident, lacking, means }: Climb): Promise<void> {
  if (!lacking) return;
  const text = deps.say('escalation-instead', {
    label: incidentLabel(incident),
    title: incident.title,
    wanted: meansSaid[lacking.means],
    why: lacking.why,
    how: meansSaid[means],
  });
  await sayIn(deps, tx, { incidentId: incident.id, key: `call-instead:${incident.id}:${lacking.means}`, text });
}

async function mention(deps: WordsDeps, tx: Tx, climb: Climb): Promise<string[]> {
  const { incident, rung, called } = climb;
  const people = called.map((one) => one.slack ?? one.person);
  const text = deps.say('escalation-mention', inputOf(deps, climb));
  const notice: Notice = { kind: 'call', incidentId: incident.id, rung, text, mention: people };
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice });
  return called.map((one) => one.person);
}

async function direct(deps: WordsDeps, tx: Tx, climb: Climb): Promise<string[]> {
  const { incident, rung } = climb;
  const reached = climb.called.flatMap(({ person, slack }) => (slack === null ? [] : [{ person, slack }]));
  const where = incident.channel ?? incident.channelName;
  const text = deps.say('escalation-direct', { ...inputOf(deps, climb), where });
  const notice: Notice = { kind: 'sentence', text, mention: [] };
  for (const { slack } of reached) {
    await post(deps, tx, { place: { in: 'direct', slack }, notice, key: `call:${incident.id}:${rung}:${slack}` });
  }
  return reached.map((one) => one.person);
}

async function mail(deps: WordsDeps, tx: Tx, climb: Climb): Promise<string[]> {
  const { incident, rung } = climb;
  const reached = climb.called.flatMap(({ person, email }) => (email === null ? [] : [{ person, email }]));
  const words = deps.mail('escalation', inputOf(deps, climb));
  const addresses = reached.map((one) => one.email);
  await mailTo(deps, tx, { incident, addresses, key: `call:${incident.id}:${rung}`, words });
  return reached.map((one) => one.person);
}

async function page(deps: WordsDeps, tx: Tx, climb: Climb): Promise<string[]> {
  const { incident, rung } = climb;
  const { label, waited } = inputOf(deps, climb);
  await tellPager(deps, tx, {
    incident,
    action: 'trigger',
    about: label,
    turn: String(rung),
    summary: `${label} ${incident.severity} ${incident.title}: nobody has acknowledged it${waited === '0s' ? '' : ` for ${waited}`}`,
  });
  return ['whoever is on call'];
}

/** What is called the moment it is declared has waited for nothing. */
function wholeMinutes(ms: number): number {
  return ms - (ms % minuteMs);
}

function inputOf(deps: WordsDeps, { incident, startedAt }: Climb) {
  return {
    label: incidentLabel(incident),
    title: incident.title,
    severity: incident.severity,
    services: incident.services.join(', '),
    began: sayInstant(incident.impactBeganAt, deps.home.timezone),
    waited: sayDuration(wholeMinutes(deps.clock.now().getTime() - startedAt.getTime())),
    channel: incident.channelName,
  };
}
