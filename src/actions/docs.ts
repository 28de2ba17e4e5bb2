import { z } from 'zod';
import type { ActionInfo, Catalogue } from '../domain/action.ts';

interface Field {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: Field[];
  items?: Field;
  properties?: Record<string, Field>;
  required?: string[];
  $ref?: string;
  $defs?: Record<string, Field>;
}

const intro = `# Actions

<!-- Written by \`npm run generate\` from src/actions: do not edit. -->

An action is what a step of a command uses. Its inputs are the step's \`with\`; its outputs are read by later steps as
\`steps.ID.output.NAME\`.
`;

/** The reference page of every action, as Markdown. */
export function renderActionsPage(catalogue: Catalogue): string {
  const actions = [...catalogue.list()].sort((a, b) => a.name.localeCompare(b.name));
  const contents = table(
    ['action', 'what it does', 'risk'],
    actions.map((info) => [link(info.name), info.summary, riskOf(info)]),
  );
  return `${[intro, contents, ...actions.map(renderAction)].join('\n')}`;
}

function renderAction(info: ActionInfo): string {
  const { name, version, summary, iam, undo, defaultTimeout } = info;
  const permissions = (names: readonly string[]) => (names.length > 0 ? names.map(code).join(', ') : 'none');
  return [
    `## ${name}\n`,
    `${summary}. Version ${version}.\n`,
    `- Kind: ${kindOf(info)}`,
    `- Risk: ${riskOf(info)}`,
    `- Plane: ${planeOf(info)}`,
    `- Checked when it is planned: ${info.checks?.join('; ') || 'nothing'}`,
    `- Undo: ${undo.how}`,
    `- Usual timeout: ${defaultTimeout}`,
    `- Permissions to read: ${permissions(iam.read)}`,
    `- Permissions to change: ${permissions(iam.effect)}${inItsName(iam.asCaller)}\n`,
    renderFields('Input', info.input, 'input'),
    renderFields('Output', info.output, 'output'),
  ].join('\n');
}

/** What the service does in its caller's name. */
function inItsName(names: readonly string[] = []): string {
  return names.length === 0 ? '' : `; and, used by the service in its name: ${names.map(code).join(', ')}`;
}

function renderFields(title: string, schema: z.ZodObject, io: 'input' | 'output'): string {
  const json = z.toJSONSchema(schema, { io }) as Field;
  const required = new Set(json.required ?? []);
  const rows = Object.entries(json.properties ?? {}).map(([name, field]) => [
    code(name),
    typeOf(field, json.$defs ?? {}),
    field.default !== undefined ? code(JSON.stringify(field.default)) : required.has(name) ? 'required' : 'optional',
    field.description ?? '',
  ]);
  return table([title, 'type', '', 'meaning'], rows);
}

function typeOf(field: Field, defs: Record<string, Field>): string {
  if (field.$ref) return typeOf(defs[field.$ref.split('/').at(-1) ?? ''] ?? {}, defs);
  if (field.title) return field.title;
  if (field.enum) return field.enum.map((value) => code(String(value))).join(' or ');
  if (field.const !== undefined) return code(JSON.stringify(field.const));
  if (field.anyOf) return field.anyOf.map((one) => typeOf(one, defs)).join(' or ');
  if (field.type === 'array') return `list of ${typeOf(field.items ?? {}, defs)}`;
  if (field.type === 'object' && field.properties) {
    const names = Object.entries(field.properties).map(([name, inner]) => `${name}: ${typeOf(inner, defs)}`);
    return `{ ${names.join(', ')} }`;
  }
  if (Array.isArray(field.type)) return field.type.join(' or ');
  if (field.type === 'object') return 'values by name';
  return field.type ?? 'any value';
}

function kindOf({ kind }: ActionInfo): string {
  const texts = {
    converge: 'converge: brings about a state, and changes nothing where it is already so',
    once: 'once: looked up, never sent blindly a second time',
    read: 'read: changes nothing',
    human: 'human: answered by a person',
  };
  return texts[kind];
}

function riskOf({ risk, traffic }: ActionInfo): string {
  return traffic === 'none' ? risk : `${risk}, moves traffic (${traffic})`;
}

function planeOf({ plane }: ActionInfo): string {
  if (plane.kind === 'data') return 'data';
  return plane.region === 'own' ? "control plane of the step's own Region" : `control plane in ${plane.region}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function link(name: string): string {
  return `[${name}](#${name.replace('.', '')})`;
}
