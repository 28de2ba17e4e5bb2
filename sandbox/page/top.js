import { byId, h, show } from './dom.js';
import { notice } from './notices.js';
import { post, state } from './store.js';

const paces = [0, 1, 5, 10, 20, 60, 300, 600];
let connected = true;

export function setConnected(now) {
  connected = now;
}

/** Above everything: how Muster is, and what time it is in the simulation. */
export function drawTop() {
  const { bot, clock, system } = state;
  show(byId('system'), system?.title, () => [`${system?.title ?? ''} · everything here is simulated`]);
  const [tone, words] = botWords(bot);
  show(byId('bot'), `${tone}/${words}`, () => [h('span', { class: `light ${tone}` }), words]);
  if (!clock) return;
  show(byId('clock'), JSON.stringify([clock.now.slice(0, 19), clock.scale]), () => [
    h('time', null, `${clock.now.slice(11, 19)} UTC`),
    h('label', null, h('span', { class: 'visually-hidden' }, 'Time runs at'), pacePicker(clock.scale)),
  ]);
}

function botWords(bot) {
  if (!connected) return ['red', 'The sandbox has stopped: start it again with npm start'];
  if (!bot) return ['grey', 'Muster is not run by this sandbox'];
  if (bot.state === 'up')
    return ['green', bot.restarts > 0 ? `Muster is running, restarted ${bot.restarts}×` : 'Muster is running'];
  if (bot.state === 'restarting') return ['red', `Muster ended (${bot.lastEnd}): it is being started again`];
  return [
    'amber',
    bot.restarts > 0 ? `Muster was restarted after ${bot.lastEnd} and is picking up its work` : 'Muster is starting',
  ];
}

function pacePicker(scale) {
  const list = paces.includes(scale) ? paces : [...paces, scale].sort((a, b) => a - b);
  const choose = ({ currentTarget }) =>
    post('clock', { scale: Number(currentTarget.value) }).catch((error) => {
      currentTarget.value = String(scale);
      notice(error.message);
    });
  const word = (pace) => (pace === 0 ? 'paused' : `${pace}× time`);
  return h(
    'select',
    { 'data-key': 'pace', onchange: choose },
    list.map((pace) => h('option', { value: String(pace), selected: pace === scale }, word(pace))),
  );
}
