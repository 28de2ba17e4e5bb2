import type { PublicDraft } from '../../broadcast/broadcast.ts';
import type { Home } from '../../domain/home.ts';
import { incidentLabel, isOpen } from '../../domain/incident.ts';
import type { IncidentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, header, section, wholeText } from './blocks.ts';
import { codeBlock, link, said, saidLines } from './escape.ts';
import { message, type Words } from './message.ts';
import { serviceOf, servicesWords } from './services.ts';

/** When the incident is over and its page was never opened. */
export const neverPublished =
  'Nothing was published on the status page, and `/dr publish` no longer opens it; `/dr update` can still tell the public.';

/** The words for the public page: to be published by a publisher, or to be copied where there is no key. */
export function presentPublicDraft(view: IncidentView, draft: PublicDraft, home: Home): Words {
  const { incident, publicPage } = view;
  const label = incidentLabel(incident);
  if (publicPage.state === 'open' || publicPage.state === 'resolved') return presentPublished(view);
  if (publicPage.state === 'unpublished') return presentNever(view);
  const title = `📣 Public words for ${label}`;
  const ask = draft.canPost
    ? '*Not published yet.* A publisher reads it, mends it if need be, and publishes it.'
    : '*No status page key is set:* copy this to the status page by hand.';
  const body = draft.canPost
    ? `*${said(draft.name)}*\n${saidLines(draft.body)}`
    : codeBlock(`${draft.name}\n\n${draft.body}`);
  const named = draft.components.map((id) => serviceOf(home, id));
  const components = named.length > 0 ? `\nComponents: ${servicesWords(named, '')}` : '';
  const blocks: Block[] = [header(title), section(`${ask}${components}`), ...wholeText(body)];
  const look = draft.canPost ? ({ style: 'primary' } as const) : {};
  const open = button(
    draft.canPost ? 'Read and publish…' : 'Open to copy…',
    act.publish,
    encode({ incidentId: incident.id }),
    look,
  );
  return message(
    `*${title}*\n${ask}${components}\n${body}`,
    [...blocks, ...actions(`public:${incident.id}`, isOpen(incident) ? [open] : [])],
    view.simulated,
  );
}

function presentNever(view: IncidentView): Words {
  const words = `*${incidentLabel(view.incident)}* · 🔕 ${neverPublished}`;
  return message(words, [section(words)], view.simulated);
}

function presentPublished(view: IncidentView): Words {
  const { state, url } = view.publicPage;
  const what = state === 'resolved' ? '✅ The public incident is resolved' : '📣 The public incident is open';
  const where = url === null ? '' : `: ${link(url, 'status page')}`;
  const words = `*${incidentLabel(view.incident)}* · ${what}${where}.`;
  return message(words, [section(words)], view.simulated);
}
