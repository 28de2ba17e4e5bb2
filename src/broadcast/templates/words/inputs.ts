import { phases } from '../../../domain/incident.ts';
import {
  channelLink,
  count,
  flag,
  lines,
  list,
  names,
  oneOf,
  optional,
  optionalPerson,
  person,
  text,
} from '../fields.ts';
import * as largest from '../largest.ts';

/** Inputs that several templates share. */

export const incident = {
  label: text('the incident', 'INC-7', { most: 'INC-12345' }),
  title: text('what the incident is called, inside', 'Checkout fails for everybody', { most: largest.title }),
};

export const services = names('what is affected', 'api, web', largest.services);
export const began = text('when the impact began', '2026-03-01 14:05 CET (13:05 UTC)', {
  most: largest.instant,
});
export const severity = text('how bad it is', 'P1', { most: 'SEVERITY99' });
export const phase = oneOf('how far it is', phases, 'recovering');
export const why = text('what was in the way, as a sentence', 'The far end does not answer.');
/** Of an instant: see `sayClock`. */
export const nextUpdate = optional(
  'when the next words come; nothing when none are promised',
  '15:30 CET (14:30 UTC)',
  '19:59 GMT-12:30 (23:59 UTC)',
);
export const waited = text('for how long', '12m', { most: '12d 23h' });
export const channel = text('the name of the incident’s channel, without #', 'inc-7-checkout-fails', {
  most: `inc-1234567-${'x'.repeat(68)}`,
});

export const where = channelLink('the incident’s channel, as a link once it is open', `inc-1234567-${'x'.repeat(68)}`);

/** Words that leave the company: neither the incident's label nor its title nor anybody's name are among them. */
export const outside = {
  system: text('what the system is called', 'Acme Shop', { most: 'S'.repeat(80) }),
  services,
  phase,
  began,
  body: lines('what is said; may have several lines, and may be empty', 'Some orders fail.\nCarts are kept.', {
    least: '',
  }),
  automatic: flag('whether it was made from what is on record, and read by nobody before'),
  nextUpdate,
};

export const inside = {
  ...incident,
  severity,
  ...outside,
  by: optionalPerson('who says it; nobody where it goes by itself'),
  commander: optionalPerson('who leads the recovery: whom to ask', 'the incident commander'),
};

export const command = text('the recovery command, or that it is undone', 'failover', {
  most: `undoing ${'x'.repeat(60)}`,
});
/** Never the command alone: to undo it is another thing, and so is to change a run of it. */
export const what = text('what is asked for', 'undoing failover', {
  most: `going on with ${'x'.repeat(60)} in ${'x'.repeat(60)} as it is now`,
});

export const waiting = {
  ...incident,
  what,
  code: text('what people compare before they approve', '3F9A21', { most: '3F9A21' }),
  requestedBy: person('who asks'),
  waited,
  needed: count('approvals that are missing', 2),
  several: flag('whether more than one, or none, is missing', true),
};

export const calling = { ...incident, severity, services, began, waited, channel };

export function items(about: string, ...example: string[]) {
  return list(about, example, largest.items);
}
