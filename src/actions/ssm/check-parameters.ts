import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, notKnown, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { count, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { mapReading, type Reading } from '../kit/reading.ts';
import { describeParameters, type Filter, parameterName } from './parameter.ts';

const Input = z
  .strictObject({
    region: region.describe('Region that must have them: the recovery Region.'),
    primary: region.describe('Region that they are kept in first.'),
    names: z.array(parameterName).min(1).max(50).optional().describe('Parameters to look for; or a path.'),
    path: z
      .string()
      .regex(/^\/[\w./-]*\w$/, 'expected a path such as /app')
      .optional()
      .describe('Everything that the primary Region has below it, so that none is forgotten.'),
  })
  .refine(({ names, path }) => (names === undefined) !== (path === undefined), {
    path: ['names'],
    message: 'expected either names or a path',
  });
type In = z.output<typeof Input>;

const Output = z.strictObject({ parameters: count.describe('Parameters that were compared.') });

interface Standing {
  missing: string[];
  older: string[];
  all: number;
}

export const checkParameters = defineRead({
  name: 'ssm.check-parameters',
  version: 1,
  summary: 'Check that the recovery Region has the parameters, none older than in the primary Region',
  input: Input,
  output: Output,
  binds: ['region', 'parameters'],
  checks: [
    'every parameter is in the recovery Region',
    'none was set later in the primary Region; whether it was, a person may leave open with a reason',
  ],
  iam: { read: ['ssm:DescribeParameters'], effect: [] },
  plane: { kind: 'control', region: 'own' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const { checks } = await look(input, ctx);
    const parameters = input.path ?? input.names ?? [];
    return {
      target: null,
      before: { region: input.region, parameters },
      after: {},
      noChange: false,
      checks,
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const { there, first, checks, standing } = await look(input, ctx);
    if (!there.ok) return notSeen(there, pace.service);
    const failed = checks.find(({ verdict }) => verdict === 'fail');
    if (failed) return { state: 'failed', why: `${failed.title}: expected ${failed.expected}, found ${failed.found}.` };
    if (!first.ok) return notSeen(first, pace.service);
    return { state: 'done', output: { parameters: standing?.all ?? 0 } };
  },
});

async function look(input: In, ctx: KitContext) {
  const filter: Filter = input.path === undefined ? { names: input.names ?? [] } : { path: input.path };
  const [there, first] = await Promise.all([
    readSetAt(input.region, filter, ctx),
    readSetAt(input.primary, filter, ctx),
  ]);
  const standing = there.ok && first.ok ? compare(input, there.value, first.value) : undefined;
  return { there, first, standing, checks: [checkThere(input, there, standing), checkNewer(first, standing)] };
}

/** When each was set, milliseconds since 1970. */
type SetAt = ReadonlyMap<string, number>;

async function readSetAt(home: string, filter: Filter, ctx: KitContext): Promise<Reading<SetAt>> {
  const described = await describeParameters(home, filter, ctx);
  return mapReading(described, (all) => new Map(all.map(({ name, setAt }) => [name, setAt.getTime()])));
}

function compare({ names }: In, there: SetAt, first: SetAt): Standing {
  const wanted = names ?? [...first.keys()];
  const missing = wanted.filter((name) => !there.has(name));
  const older = wanted.filter((name) => (there.get(name) ?? Number.POSITIVE_INFINITY) < (first.get(name) ?? 0));
  return { missing, older, all: wanted.length };
}

/** By name they can be looked for even while the primary Region gives no answer. */
function checkThere({ names, path, region: home }: In, there: Reading<SetAt>, standing: Standing | undefined): Check {
  const question: Question = { id: 'there', title: 'parameters are there', expected: `all in ${home}`, carry: 'never' };
  if (!there.ok) return judgeReading(question, there, () => ({ pass: false, found: '' }));
  const missing = standing?.missing ?? names?.filter((name) => !there.value.has(name));
  if (missing === undefined) return notKnown(question, 'not known which the primary Region has');
  const none = path !== undefined && standing?.all === 0;
  const found = missing.length > 0 ? `not there: ${missing.join(', ')}` : none ? `none under ${path}` : 'all of them';
  return judge(question, missing.length === 0 && !none, found);
}

function checkNewer(first: Reading<SetAt>, standing: Standing | undefined): Check {
  const question: Question = {
    id: 'age',
    title: 'parameters are as new as in the primary Region',
    expected: 'none set later there',
    carry: 'with-reason',
  };
  if (standing === undefined) return notKnown(question, first.ok ? 'the others could not be read' : first.sentence);
  const found = standing.older.length === 0 ? 'none' : `set later there: ${standing.older.join(', ')}`;
  return judge(question, standing.older.length === 0, found);
}
