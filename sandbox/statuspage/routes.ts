import type { z } from 'zod';
import { changedComponent, changedIncident, newIncident } from './fields.ts';
import { changeIncident, openIncident, unknownComponents } from './incidents.ts';
import type { PublicIncident, StatusPage } from './page.ts';

export interface Reply {
  status: number;
  body: unknown;
}

/** What one authorised call does; `path` begins after the page's id. */
export function route(page: StatusPage, method: string, path: string, query: URLSearchParams, body: unknown): Reply {
  const [things, id, ...rest] = path.split('/').filter(Boolean);
  if (rest.length > 0) return notFound;
  if (things === 'components') return components(page, { method, id, query, body });
  if (things !== 'incidents') return notFound;
  if (id === undefined) return method === 'POST' ? create(page, body) : method === 'GET' ? list(page, query) : notFound;
  if (id === 'unresolved' && method === 'GET') {
    return {
      status: 200,
      body: paged(
        page.incidents.filter((one) => one.resolved_at === null),
        query,
      ),
    };
  }
  const incident = page.incidents.find((one) => one.id === id);
  if (!incident) return notFound;
  if (method === 'GET') return { status: 200, body: incident };
  return method === 'PATCH' || method === 'PUT' ? change(page, incident, body) : notFound;
}

export const notFound: Reply = { status: 404, body: { error: 'Not found' } };

function refused(errors: readonly string[]): Reply {
  return { status: 422, body: { error: errors } };
}

function read<T extends z.ZodType>(schema: T, body: unknown): { value: z.infer<T> } | { reply: Reply } {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  return { reply: refused(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim())) };
}

function create(page: StatusPage, body: unknown): Reply {
  const asked = read(newIncident, body);
  if ('reply' in asked) return asked.reply;
  const unknown = unknownComponents(page, asked.value.incident);
  if (unknown.length > 0) return refused([`Component ${unknown.join(', ')} does not exist`]);
  return { status: 201, body: openIncident(page, asked.value.incident) };
}

function change(page: StatusPage, incident: PublicIncident, body: unknown): Reply {
  const asked = read(changedIncident, body);
  if ('reply' in asked) return asked.reply;
  const unknown = unknownComponents(page, asked.value.incident);
  if (unknown.length > 0) return refused([`Component ${unknown.join(', ')} does not exist`]);
  changeIncident(page, incident, asked.value.incident);
  return { status: 200, body: incident };
}

function list(page: StatusPage, query: URLSearchParams): Reply {
  const wanted = (query.get('q') ?? '').toLowerCase();
  const holds = (one: PublicIncident) => {
    const texts = [one.name, one.status, ...one.incident_updates.map((update) => update.body)];
    return texts.some((text) => text.toLowerCase().includes(wanted));
  };
  return { status: 200, body: paged(page.incidents.filter(holds), query) };
}

function paged<T>(all: readonly T[], query: URLSearchParams): T[] {
  const size = Math.min(100, Number(query.get('per_page') ?? query.get('limit') ?? 100));
  const page = Math.max(1, Number(query.get('page') ?? 1));
  return all.slice((page - 1) * size, page * size);
}

interface Asked {
  method: string;
  id: string | undefined;
  query: URLSearchParams;
  body: unknown;
}

function components(page: StatusPage, asked: Asked): Reply {
  const { method, id, query, body } = asked;
  if (id === undefined) {
    return method === 'GET' ? { status: 200, body: paged([...page.components.values()], query) } : notFound;
  }
  const component = page.components.get(id);
  if (!component) return notFound;
  if (method === 'GET') return { status: 200, body: component };
  if (method !== 'PATCH' && method !== 'PUT') return notFound;
  const changed = read(changedComponent, body);
  if ('reply' in changed) return changed.reply;
  const { status, name, description } = changed.value.component;
  component.status = status || component.status;
  component.name = name ?? component.name;
  component.description = description ?? component.description;
  component.updated_at = page.now().toISOString();
  return { status: 200, body: component };
}
