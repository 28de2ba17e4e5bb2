import { h } from './dom.js';
import { clockTime } from './messages.js';

/** The simulated cloud: two Regions, who writes where, and where people are sent. */
export function worldPanel(world, system) {
  return [
    h(
      'div',
      { class: 'regions' },
      world.regions.map((region) => regionCard(region, world, system)),
    ),
    h(
      'dl',
      { class: 'facts' },
      world.traffic.flatMap((one) => [
        h('dt', null, one.name),
        h(
          'dd',
          null,
          one.region ?? 'nowhere',
          one.nextRegion && one.nextRegion !== one.region && h('span', { class: 'muted' }, ` → ${one.nextRegion}`),
        ),
      ]),
      h('dt', null, 'Takes writes'),
      h(
        'dd',
        { class: world.writers.now.length > 1 ? 'bad' : '' },
        world.writers.now.map((one) => one.id).join(', ') || 'no database',
      ),
      world.writers.overlapMs > 0 && h('dt', null, 'Time with two writers'),
      world.writers.overlapMs > 0 && h('dd', { class: 'bad' }, `${Math.ceil(world.writers.overlapMs / 1000)} s`),
    ),
    world.effects.length > 0 && effects(world.effects),
  ];
}

function regionCard(region, world, system) {
  const serving = world.traffic.some((one) => one.region === region.region);
  const role = { [system.regions.primary]: 'primary by design', [system.regions.recovery]: 'recovery by design' }[
    region.region
  ];
  return h(
    'section',
    { class: `region${region.dark ? ' dark' : ''}${serving ? ' serving' : ''}` },
    h(
      'h3',
      null,
      region.region,
      h('small', null, region.dark ? 'does not answer' : serving ? 'serves people' : (role ?? '')),
    ),
    region.databases.map(databaseRow),
    region.services.map(serviceRow),
  );
}

function databaseRow(database) {
  const lag = database.lagSeconds === null ? '' : ` · ${Math.round(database.lagSeconds)} s behind`;
  const trouble =
    database.status !== 'available'
      ? database.status
      : database.role === 'replica' && !database.replicating
        ? 'not replicating'
        : '';
  return row('🛢️', database.id, `${database.role}${lag}`, trouble);
}

function serviceRow(service) {
  const held = service.autoscaling && Object.values(service.autoscaling.suspended).some(Boolean);
  const trouble =
    service.running < service.desired
      ? 'starting'
      : service.running > service.desired
        ? 'stopping'
        : held
          ? 'held'
          : '';
  const targets = `${service.targets.healthy} of ${service.targets.registered} targets healthy`;
  return row(
    '📦',
    `${service.cluster}/${service.name}`,
    `${service.running} of ${service.desired} tasks · ${targets}`,
    trouble,
  );
}

function row(icon, name, value, trouble) {
  return h(
    'p',
    { class: 'thing' },
    h('span', { 'aria-hidden': 'true' }, icon),
    h('span', null, h('strong', null, name), h('small', null, value)),
    trouble && h('span', { class: 'chip' }, trouble),
  );
}

function effects(list) {
  return h(
    'details',
    { class: 'effects' },
    h('summary', null, 'Calls that changed something'),
    h(
      'ul',
      null,
      list
        .toReversed()
        .slice(0, 12)
        .map((one) =>
          h(
            'li',
            { class: one.accepted ? '' : 'bad' },
            `${clockTime(Date.parse(one.at))} ${one.service} ${one.command} ${one.target}${one.accepted ? '' : ' (refused)'}`,
          ),
        ),
    ),
  );
}
