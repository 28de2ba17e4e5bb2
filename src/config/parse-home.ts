import { parseYaml } from '../commands/yaml/parse-yaml.ts';
import { FaultyFiles } from '../domain/errors.ts';
import { Home, roleNames } from '../domain/home.ts';
import { isOnePerson } from '../domain/identity.ts';
import { suggestion } from '../domain/nearest.ts';
import { isTimezone } from '../domain/timezone.ts';
import type { Check } from './check.ts';
import { fallingLadders } from './check-ladder.ts';
import { repeatedAddresses } from './check-mail.ts';
import { brokenPagerBody } from './check-pager.ts';
import { brokenSchedules } from './check-schedules.ts';
import { untieredServices } from './check-services.ts';

/** A home from the text of `muster.yml`. Throws `FaultyFiles` with every fault, each with its line and column. */
export function parseHome(text: string, file: string): Home {
  const { value: home, ...places } = parseYaml(text, file, Home);
  const faults = checks.flatMap((check) => check(home, places));
  if (faults.length > 0) throw new FaultyFiles(faults.toSorted((a, b) => a.line - b.line || a.column - b.column));
  return home;
}

const unknownMembers: Check = (home, places) => {
  const people = Object.keys(home.people);
  return roleNames.flatMap((role) =>
    home.roles[role].flatMap((member, index) => {
      if (people.includes(member) || /^group:S[A-Z0-9]+$/.test(member)) return [];
      const message = member.startsWith('group:')
        ? `${member} is no Slack user group: write group: and its id, such as group:S0RESP`
        : `${member} is nobody in people: ${suggestion(member, people)}`;
      return [places.fault(['roles', role, index], message)];
    }),
  );
};

/** Two people with one identity could approve for each other. */
const sharedIdentities: Check = (home, places) =>
  (['slack', 'email', 'iam'] as const).flatMap((field) => {
    const owners = new Map<string, string>();
    return Object.entries(home.people).flatMap(([name, person]) => {
      const identity = person[field]?.toLowerCase();
      const owner = identity === undefined ? undefined : owners.get(identity);
      if (identity !== undefined && owner === undefined) owners.set(identity, name);
      return owner === undefined
        ? []
        : [
            places.fault(
              ['people', name, field],
              `${name} has the same ${field} as ${owner}: each identity is one person's`,
            ),
          ];
    });
  });

const identitiesOfMany: Check = (home, places) =>
  Object.entries(home.people).flatMap(([name, { iam }]) => {
    if (iam === undefined || isOnePerson(iam)) return [];
    const message = `${iam} is no one person's: whoever may assume a role chooses the name of the session; write an IAM user such as arn:aws:iam::123456789012:user/${name}, or a session of IAM Identity Center (assumed-role/AWSReservedSSO_…/${name})`;
    return [places.fault(['people', name, 'iam'], message)];
  });

/** A group admits Slack ids: somebody without one here would be one person in Slack and another in the terminal. */
const halfKnown: Check = (home, places) => {
  const grouped = roleNames.find((role) => home.roles[role].some((member) => member.startsWith('group:')));
  if (grouped === undefined) return [];
  return Object.entries(home.people).flatMap(([name, { iam, slack }]) => {
    if (iam === undefined || slack !== undefined) return [];
    const message = `${name} has iam but no slack while ${grouped} names a group: add ${name}'s Slack member id, or they could act twice, once by each identity`;
    return [places.fault(['people', name], message)];
  });
};

const oneRegionTwice: Check = ({ system: { regions } }, places) =>
  regions.primary === regions.recovery
    ? [
        places.fault(
          ['system', 'regions', 'recovery'],
          `recovery is ${regions.recovery}, the primary Region itself: name another Region`,
        ),
      ]
    : [];

const noSeverity: Check = (home, places) =>
  Object.keys(home.severities).length > 0
    ? []
    : [places.fault(['severities'], 'severities names none: give at least one, such as P1: {}')];

const noService: Check = (home, places) =>
  Object.keys(home.system.services).length > 0
    ? []
    : [places.fault(['system', 'services'], 'services names none: give at least one, such as api: {}')];

const unknownTimezone: Check = (home, places) => {
  if (isTimezone(home.timezone)) return [];
  const near = suggestion(home.timezone, Intl.supportedValuesOf('timeZone'));
  const hint = near.startsWith('did') ? near : 'write one such as Europe/Berlin';
  return [places.fault(['timezone'], `${home.timezone} is no time zone: ${hint}`)];
};

const checks: readonly Check[] = [
  unknownMembers,
  sharedIdentities,
  identitiesOfMany,
  halfKnown,
  oneRegionTwice,
  noSeverity,
  noService,
  untieredServices,
  unknownTimezone,
  fallingLadders,
  repeatedAddresses,
  brokenPagerBody,
  brokenSchedules,
];
