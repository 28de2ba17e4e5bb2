import { drawComposer, setUpComposer } from './composer.js';
import { byId, h, show } from './dom.js';
import { setUpFollowing } from './follow.js';
import { mailPanel, pagerPanel } from './mailbox.js';
import { clockTime, drawMessages } from './messages.js';
import { drawModal } from './modal.js';
import { drawClocks } from './mrkdwn.js';
import { drawNotices } from './notices.js';
import { drawSide } from './side.js';
import { statusPanel } from './statuspage.js';
import { connect, onChange, refresh, state } from './store.js';
import { drawTop, setConnected } from './top.js';
import { troublePanel } from './trouble.js';
import { worldPanel } from './world.js';

/** Panels at the right: each is drawn again only when what it shows changed. */
const panels = [
  {
    title: 'Refused',
    reads: () => state.refused,
    draw: refusedPanel,
    hidden: () => (state.refused ?? []).length === 0,
  },
  { title: 'Simulated cloud', reads: () => state.world, draw: () => worldPanel(state.world, state.system) },
  { title: 'Status page', reads: () => state.statuspage, draw: () => statusPanel(state.statuspage) },
  { title: 'Mailbox', reads: () => state.mail, draw: () => mailPanel(state.mail) },
  { title: 'Pager', reads: () => state.pager, draw: () => pagerPanel(state.pager) },
  {
    title: 'Break things',
    reads: () => state.world && [state.world.faults, state.world.regions, state.faults],
    draw: troublePanel,
  },
];

function setUpPanels() {
  for (const panel of panels) {
    panel.place = h('div');
    panel.section = h(
      'details',
      { class: 'panel', open: true },
      h('summary', null, h('h2', null, panel.title)),
      panel.place,
    );
    byId('world').append(panel.section);
  }
}

function drawPanels() {
  for (const panel of panels) {
    const read = panel.reads();
    panel.section.hidden = read === undefined || (panel.hidden?.() ?? false);
    if (read !== undefined) show(panel.place, JSON.stringify(read), panel.draw);
  }
}

/** What the far ends said no to: in real Slack, or on the real status page, this would have failed the same way. */
function refusedPanel() {
  return h(
    'ul',
    { class: 'refusals' },
    state.refused.slice(0, 8).map((one) =>
      h(
        'li',
        null,
        h('strong', null, `${one.from}: ${one.error}`),
        h('small', null, `${one.where} · ${clockTime(Date.parse(one.at))}`),
        one.detail.map((line) => h('code', null, line)),
      ),
    ),
  );
}

setUpPanels();
setUpComposer();
setUpFollowing();
onChange(() => {
  if (!state.people || !state.channels) return;
  drawTop();
  drawSide();
  drawMessages();
  drawClocks();
  drawComposer();
  drawPanels();
  drawModal();
  drawNotices();
});
connect((now) => {
  setConnected(now);
  refresh();
});
