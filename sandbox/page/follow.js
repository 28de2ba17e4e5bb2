import { byId } from './dom.js';

/** Nearer to the end than this, in pixels, is at the end. */
const near = 24;
let following = true;

/** The conversation follows its end until the person scrolls up; what comes then is announced below. */
export function setUpFollowing() {
  const place = byId('messages');
  place.addEventListener('scroll', look, { passive: true });
  // A file that is opened at the end is read from its beginning.
  place.addEventListener('toggle', look, true);
  new ResizeObserver(() => following && goToEnd()).observe(place);
  byId('below').addEventListener('click', goToEnd);
}

export function goToEnd() {
  const place = byId('messages');
  following = true;
  place.scrollTop = place.scrollHeight;
  tell(false);
}

/** After the conversation was drawn: whether it is another one, whether something changed, and something was added. */
export function follow({ moved, changed, added }) {
  if (moved || (following && changed)) goToEnd();
  else if (added && !following) tell(true);
}

function look() {
  const place = byId('messages');
  following = place.scrollHeight - place.scrollTop - place.clientHeight < near;
  if (following) tell(false);
}

function tell(more) {
  byId('below').hidden = !more;
}
