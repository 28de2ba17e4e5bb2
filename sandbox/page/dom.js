/**
 * An element with properties and children; strings become text nodes, so nothing that people typed is ever markup.
 * Properties that begin with `on` are listeners, `class` and `aria-*`, `data-*` are attributes.
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'selected') element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts these children in place of what is there, only when `version` differs from what was shown. */
export function show(place, version, make) {
  if (place.shownVersion === version) return false;
  place.shownVersion = version;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...[make()].flat().filter(Boolean));
  if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  return true;
}

export const byId = (id) => document.getElementById(id);
