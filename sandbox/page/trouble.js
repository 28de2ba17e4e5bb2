import { h } from './dom.js';
import { notice } from './notices.js';
import { post, state } from './store.js';

const send = (path, body) => post(path, body).catch((error) => notice(error.message));

/** Everything that can be broken, and mended again. */
export function troublePanel() {
  return [
    h('div', { class: 'switches' }, cloudSwitches(state.world)),
    h('h3', null, 'Around Muster'),
    h(
      'div',
      { class: 'switches' },
      farEnd('slack', 'Slack is down'),
      farEnd('statuspage', 'The status page is down'),
      farEnd('mail', 'Mail is down'),
      farEnd('pager', 'The pager is down'),
      once('Slack loses its next answer', () => send('trouble', { target: 'slack', lose: { times: 1, of: '' } })),
      once('Slack limits everything for 30 s', () => send('trouble', { target: 'slack', rateLimitedSeconds: 30 })),
      once('The status page loses its next answer', () =>
        send('trouble', { target: 'statuspage', lose: { times: 1, of: '' } }),
      ),
      h(
        'button',
        { type: 'button', class: 'button danger', 'data-key': 'kill', onclick: () => send('bot/kill', {}) },
        'Kill Muster',
      ),
    ),
  ];
}

function cloudSwitches(world) {
  const replicas = world.regions.flatMap((region) =>
    region.databases
      .filter((one) => one.role === 'replica')
      .map((one) => ({ region: region.region, instance: one.id })),
  );
  const services = world.regions.flatMap((region) =>
    region.services.map((one) => ({ region: region.region, cluster: one.cluster, service: one.name })),
  );
  return [
    ...world.regions.map((region) =>
      fault(`${region.region} does not answer`, { kind: 'region-dark', region: region.region }),
    ),
    ...replicas.flatMap((replica) => [
      fault(`${replica.instance} is two hours behind`, { kind: 'replica-lag', ...replica, seconds: 7200 }),
      fault(`Promoting ${replica.instance} fails`, { kind: 'promotion-fails', ...replica }),
      fault(`Promoting ${replica.instance} never ends`, { kind: 'promotion-never-ends', ...replica }),
    ]),
    ...services.map((service) =>
      fault(`${service.cluster} starts no tasks`, { kind: 'tasks-do-not-start', ...service }),
    ),
    fault('Every call is throttled', { kind: 'call', fails: 'throttling' }),
    once('The next changing call loses its answer', () =>
      send('world/break', { kind: 'call', fails: 'lost-answer', times: 1 }),
    ),
    ...lasting(world, replicas, services),
  ];
}

/** Faults that no switch above stands for, such as those on a replica that has been promoted since. */
function lasting(world, replicas, services) {
  const standsFor = (set) => {
    const { kind, instance, service, fails, region } = set.fault;
    if (kind === 'region-dark') return true;
    if (kind === 'call') return fails === 'throttling';
    return (
      replicas.some((one) => one.instance === instance && one.region === region) ||
      services.some((one) => one.service === service)
    );
  };
  return world.faults
    .filter((set) => !standsFor(set))
    .map((set) =>
      toggle(`${set.fault.kind} ${set.fault.instance ?? set.fault.fails ?? ''}`, true, () =>
        send('world/mend', { id: set.id }),
      ),
    );
}

function fault(label, what) {
  const same = (set) => Object.entries(what).every(([name, value]) => set.fault[name] === value);
  const set = state.world.faults.find(same);
  return toggle(label, Boolean(set), () => (set ? send('world/mend', { id: set.id }) : send('world/break', what)));
}

function farEnd(target, label) {
  const down = state.faults[target].down !== 'no';
  return toggle(label, down, () => send('trouble', { target, down: down ? 'no' : '503' }));
}

function toggle(label, on, act) {
  return h(
    'button',
    { type: 'button', class: 'switch', 'data-key': label, role: 'switch', 'aria-checked': String(on), onclick: act },
    label,
  );
}

function once(label, act) {
  return h('button', { type: 'button', class: 'switch once', 'data-key': label, onclick: act }, label);
}
