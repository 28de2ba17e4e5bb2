/** One metric as Prometheus reads it: its help, its type, and its samples with their labels. */
export interface Family {
  help: string;
  type: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const sampleLine = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)(?: -?\d+)?$/;
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y;

/** Reads the text format 0.0.4 by its own grammar; throws at whatever is not of it. */
export function readMetricsText(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, Family>();
  let current = '';
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (word === 'HELP') {
      if (families.has(name)) throw new Error(`${name} is there twice`);
      families.set(name, { help: rest, type: '', samples: [] });
    }
    if (word === 'TYPE') Object.assign(familyOf(families, name), { type: rest });
    if (word !== undefined) current = name;
    else familyOf(families, current).samples.push(readSample(line, current));
  }
  return families;
}

function familyOf(families: Map<string, Family>, name: string): Family {
  const family = families.get(name);
  if (!family) throw new Error(`${name} has no HELP before it`);
  return family;
}

function readSample(line: string, family: string): Family['samples'][number] {
  const [, name = '', labels = '', number = ''] = sampleLine.exec(line) ?? [];
  const suffix = name.slice(family.length);
  if (!name.startsWith(family) || !['', '_bucket', '_sum', '_count'].includes(suffix))
    throw new Error(`what is ${line}`);
  const value = number === '+Inf' ? Number.POSITIVE_INFINITY : Number(number);
  if (Number.isNaN(value) && number.toLowerCase() !== 'nan') throw new Error(`no number: ${line}`);
  return { name, labels: readLabels(labels), value };
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  labelPair.lastIndex = 0;
  for (let at = 0; at < text.length; at = labelPair.lastIndex) {
    labelPair.lastIndex = at;
    const [, name = '', value = ''] = labelPair.exec(text) ?? [];
    if (name === '') throw new Error(`no labels: ${text}`);
    labels[name] = value.replace(/\\(["\\n])/g, (_all, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}
