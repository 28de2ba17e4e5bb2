import type { Home } from './home.ts';
import type { Door, Person } from './person.ts';

/** The person a Slack member id belongs to; somebody unknown to muster.yml is named by their id. */
export function personBySlack(home: Home, slack: string): Person {
  const name = nameOf(home, (person) => person.slack === slack);
  return { name: name ?? slack, slack, door: 'slack' };
}

const member = /\b[UW](?=[A-Z]*\d)[A-Z0-9]{7,20}\b/g;

/** A text from the record, whose members are known there by their Slack ids alone, with what people call them. */
export function nameMembers(
  home: Home,
  text: string,
  say: { known: (name: string) => string; unknown: (slack: string) => string },
): string {
  return text.replace(member, (slack) => {
    const { name } = personBySlack(home, slack);
    return name === slack ? say.unknown(slack) : say.known(name);
  });
}

/** The person whose AWS identity this is, or undefined: nobody else comes in by the terminal. */
export function personByIam(home: Home, arn: string): Person | undefined {
  const name = nameOf(home, (person) => person.iam === arn);
  return name === undefined ? undefined : { name, slack: home.people[name]?.slack ?? null, door: 'terminal' };
}

/**
 * Whether whoever holds this AWS identity is one person: an IAM user, or a session of IAM Identity Center, which names
 * the session by its user. Of any other role the session's name is chosen by whoever assumes it.
 */
export function isOnePerson(arn: string): boolean {
  return /^arn:aws[-a-z]*:(iam::\d{12}:user|sts::\d{12}:assumed-role\/AWSReservedSSO_[\w+=,.@-]+)\/[\w+=,.@/-]+$/.test(
    arn,
  );
}

/** How a person is written for Slack: a mention when they have an id there. */
export function slackOf(home: Home, name: string): string | null {
  return home.people[name]?.slack ?? (/^[UW][A-Z0-9]+$/.test(name) ? name : null);
}

/** Where a person is mailed; null for somebody unknown to muster.yml, and where it has no address. */
export function emailOf(home: Home, name: string): string | null {
  return home.people[name]?.email ?? null;
}

function nameOf(home: Home, is: (person: Home['people'][string]) => boolean): string | undefined {
  return Object.entries(home.people).find(([, person]) => is(person))?.[0];
}

export const muster: Person = { name: 'muster', slack: null, door: 'muster' satisfies Door };
