import { h } from './dom.js';
import { clockTime } from './messages.js';

/** The simulated cloud: two Regions, who writes where, and where people are sent. */
export function worldPanel(world, system) {
  return [
    h('div', { class: 'regions' }, world.regions.map((region) => regionCard(region, world, system))),
    h(
      'dl',
      { class: 'facts' },
      world.traffic.flatMap((one) => [
        h('dt', null, one.name),
        h('dd', null, one.target ?? 'nowhere', one.next && one.next !== one.target && h('span', { class: 'muted' }, ` → ${one.next}`)),
      ]),
      h('dt', null, 'Databases that take writes'),
      h('dd', { class: world.writers > 1 ? 'bad' : '' }, String(world.writers)),
      world.overlapMs > 0 && h('dt', null, 'Time with two writers'),
      world.overlapMs > 0 && h('dd', { class: 'bad' }, `${Math.round(world.overlapMs / 1000)} s`),
    ),
    world.effects.length > 0 && effects(world.effects),
  ];
}

function regionCard(region, world, system) {
  const serving = world.traffic.some((one) => one.target === region.name);
  const role = { [system.regions.primary]: 'primary by design', [system.regions.recovery]: 'recovery by design' }[region.name];
  return h(
    'section',
    { class: `region${region.dark ? ' dark' : ''}${serving ? ' serving' : ''}` },
    h('h3', null, region.name, h('small', null, region.dark ? 'does not answer' : serving ? 'serves people' : (role ?? ''))),
    region.databases.map(databaseRow),
    region.services.map(serviceRow),
  );
}

function databaseRow(database) {
  const healthy = database.status === 'available';
  const lag = database.silentSeconds === null ? '' : ` · ${database.silentSeconds} s behind`;
  return row('🛢️', database.id, `${database.role}${lag}`, healthy ? '' : database.status);
}

function serviceRow(service) {
  const short = service.running < service.desired;
  return row('📦', `${service.cluster}/${service.name}`, `${service.running} of ${service.desired} tasks`, short ? 'starting' : service.held ? 'held' : '');
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
      list.map((one) =>
        h('li', { class: one.accepted ? '' : 'bad' }, `${clockTime(one.at)} ${one.service} ${one.command} ${one.target}${one.accepted ? '' : ' (refused)'}`),
      ),
    ),
  );
}
