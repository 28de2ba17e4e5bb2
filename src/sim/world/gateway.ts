import { findTable, isOpen } from './dynamodb/find.ts';
import type { Estate } from './estate.ts';
import type { State } from './state.ts';

type Serves = NonNullable<Estate['balancers'][number]['serves']>;

/** An API gateway answers well only where its function may run, and the table that the parameter names is active. */
export function serveByFunction(state: State, region: string, serves: Serves): { status: number; body: string } {
  const answer = (status: number, body: object) => ({ status, body: JSON.stringify({ ...body, region }) });
  const found = state.lambda.functions.find((one) => one.region === region && one.name === serves.function);
  if (found?.state !== 'Active' || found.reserved === 0) return answer(503, { status: 'no function' });
  const parameter = state.ssm.parameters.find((one) => one.region === region && one.name === serves.tableParameter);
  const name = parameter?.versions.at(-1)?.value;
  const table = name === undefined ? undefined : findTable(state, region, name);
  if (!table || !isOpen(table)) return answer(503, { status: 'no table', table: name ?? null });
  return answer(200, { status: 'ok', table: table.name });
}
