/** What the server last said, slice by slice, and what this browser chose. */
export const state = {};
export const mine = { user: null, channel: null, ...kept(), seen: {} };

/** Who this tab is and where it looks outlive a reload, so that nobody's open form is lost from sight. */
function kept() {
  return JSON.parse(sessionStorage.getItem('mine') ?? '{}');
}

export function keep() {
  sessionStorage.setItem('mine', JSON.stringify({ user: mine.user, channel: mine.channel }));
}

const listeners = new Set();

export function onChange(listener) {
  listeners.add(listener);
}

let planned = false;
export function refresh() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    for (const listener of listeners) listener();
  });
}

export function connect(onState) {
  const source = new EventSource('/sandbox/api/events');
  source.onmessage = (event) => {
    const { name, value } = JSON.parse(event.data);
    if (value === null && name !== 'bot') delete state[name];
    else state[name] = value;
    refresh();
  };
  source.onopen = () => onState(true);
  source.onerror = () => onState(false);
}

export const now = () => Date.parse(state.clock?.now ?? 0);
export const person = (id) => state.people?.find((one) => one.id === id);
export const channelById = (id) => state.channels?.find((one) => one.id === id);
export const messagesOf = (id) => state[`messages:${id}`] ?? [];

/** Posts JSON; resolves with the answer, rejects with the server's sentence. */
export async function post(path, body) {
  const response = await fetch(`/sandbox/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
