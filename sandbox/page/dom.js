/**
 * An element with properties and children; strings become text nodes, so nothing that people typed is ever markup.
 * Properties that begin with `on` are listeners, `value`, `checked` and `selected` are the control's own, all else are
 * attributes. `data-key` names one of several alike; `data-own` keeps an element's content from being drawn over.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  declare(element, properties ?? {});
  element.append(...nodesOf(children));
  return element;
}

/** Draws these in place of what is there, only when `version` differs from what was shown. */
export function show(place, version, make) {
  if (place.shownVersion === version) return false;
  place.shownVersion = version;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  patch(place, nodesOf([make()]));
  if (focused && !place.contains(document.activeElement)) {
    place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  return true;
}

export const byId = (id) => document.getElementById(id);

function nodesOf(children) {
  return children
    .flat(Number.POSITIVE_INFINITY)
    .filter((child) => !isAbsent(child) && child !== '')
    .map((child) => (child instanceof Node ? child : document.createTextNode(child)));
}

const isAbsent = (value) => value === undefined || value === null || value === false;

/** Sets what is said differently than before; what a person did to it since (chose, opened) stays. */
function declare(element, properties) {
  const before = element.declared ?? {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(properties)])) {
    if (name.startsWith('on')) listen(element, name.slice(2), properties[name]);
    else if (before[name] !== properties[name]) set(element, name, properties[name]);
  }
  element.declared = properties;
}

function listen(element, event, listener) {
  element.heard ??= {};
  if (!(event in element.heard)) element.addEventListener(event, (happened) => element.heard[event]?.(happened));
  element.heard[event] = listener;
}

function set(element, name, value) {
  if (name === 'value') element.value = value ?? '';
  else if (name === 'checked' || name === 'selected') element[name] = Boolean(value);
  else if (isAbsent(value)) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}

/** Leaves every node that stays where it is: a list that is open, what has focus, what is being read. */
function patch(place, wanted) {
  const spare = [...place.childNodes];
  const nodes = wanted.map((node) => {
    const at = spare.findIndex((old) => isAlike(old, node));
    return at < 0 ? node : update(spare.splice(at, 1)[0], node);
  });
  for (const old of spare) old.remove();
  for (const [at, node] of nodes.entries()) {
    if (place.childNodes[at] !== node) place.insertBefore(node, place.childNodes[at] ?? null);
  }
}

const keyOf = (node) => node.dataset?.key || node.id || '';

function isAlike(old, node) {
  return old.nodeName === node.nodeName && old.type === node.type && keyOf(old) === keyOf(node);
}

function update(old, node) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return old;
  }
  declare(old, node.declared ?? {});
  if (old.dataset.own === undefined) patch(old, [...node.childNodes]);
  return old;
}
