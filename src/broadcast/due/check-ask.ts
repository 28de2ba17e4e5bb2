import { type Audience, audiences, isReached, outside, sayAudience } from '../../domain/audience.ts';
import { Refusal } from '../../domain/errors.ts';
import type { Home } from '../../domain/home.ts';
import { type Incident, incidentLabel, isOpen } from '../../domain/incident.ts';
import { advice } from '../../domain/nearest.ts';
import { may, type Roles, refuseUnless } from '../../domain/person.ts';
import type { UpdateAsk } from '../broadcast.ts';
import { checkComponents } from '../public/show.ts';
import { sayList } from '../templates/say-list.ts';
import { longestDraft } from './texts.ts';

/** What a person asked to say, in order of audience and without spaces around it; refused at the field that is wrong. */
export function checkAsk(home: Home, incident: Incident, ask: UpdateAsk): UpdateAsk {
  const wanted = checkAudiences(home, ask.audiences);
  const isInside = (audience: Audience) => !outside.includes(audience);
  const inside = checkText('inside', ask.inside, wanted.filter(isInside));
  const outsideText = checkText(
    'outside',
    ask.outside,
    wanted.filter((one) => !isInside(one)),
  );
  if (wanted.includes('public') && ask.page === null) {
    throw new Refusal('The public is told on the status page: choose the status that it is to show.', 'page');
  }
  if (wanted.includes('public') && ask.page?.status !== 'resolved' && !isOpen(incident)) {
    throw new Refusal(
      `${incidentLabel(incident)} is ${incident.phase}: the last words on the status page show resolved. Choose that status.`,
      'page',
    );
  }
  if (ask.page) checkComponents(home, incident, ask.page.components);
  return { incidentId: ask.incidentId, audiences: wanted, inside, outside: outsideText, page: ask.page };
}

function checkAudiences(home: Home, asked: readonly string[]): Audience[] {
  const reached = audiences.filter((audience) => isReached(home, audience));
  const unknown = asked.find((one) => !(audiences as readonly string[]).includes(one));
  if (unknown !== undefined) {
    throw new Refusal(`There is no audience ${unknown}: ${advice(unknown, reached)}`, 'audiences');
  }
  const away = asked.find((one) => !(reached as readonly string[]).includes(one));
  if (away !== undefined) {
    throw new Refusal(`muster.yml names no way to reach ${away}: expected ${sayList(reached)}.`, 'audiences');
  }
  if (asked.length === 0) throw new Refusal(`Choose who is told: ${sayList(reached)}.`, 'audiences');
  return reached.filter((audience) => asked.includes(audience));
}

function checkText(field: 'inside' | 'outside', typed: string, who: readonly Audience[]): string {
  const text = typed.trim();
  if (who.length > 0 && text === '')
    throw new Refusal(`The text for ${sayList(who.map(sayAudience))} is empty: say how things are.`, field);
  if (text.length <= longestDraft) return text;
  throw new Refusal(
    `The text has ${text.length} characters, and at most ${longestDraft} are expected: shorten it by ${text.length - longestDraft}.`,
    field,
  );
}

/** Customers and the public are a publisher's to tell, the others a responder's or the commander's. */
export function mayTell(roles: Roles, audience: Audience): boolean {
  return may(roles, outside.includes(audience) ? 'publish' : 'update');
}

/** The same of what was ticked in a form or named: with which of them are to be left out. */
export function refuseTicked(roles: Roles, wanted: readonly Audience[]): void {
  try {
    refuseUntellable(roles, wanted);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const not = sayList(wanted.filter((audience) => !mayTell(roles, audience)).map(sayAudience));
    throw new Refusal(`You may not tell ${not}: untick or leave out ${not}. ${error.message}`, error.field);
  }
}

/** Throws the sentence that says who may, unless these roles may tell all of them. */
export function refuseUntellable(roles: Roles, wanted: readonly Audience[]): void {
  const first = wanted.find((audience) => !mayTell(roles, audience));
  if (first === undefined) return;
  try {
    refuseUnless(roles, outside.includes(first) ? 'publish' : 'update');
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(error.message, 'audiences') : error;
  }
}
