import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { z } from 'zod';
import { refuse } from '../refuse.ts';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.enum(['Delete', 'Retain', 'Snapshot']).optional(),
  Condition: z.string().optional(),
});
const Parameter = z.looseObject({
  Type: z.string(),
  Default: z.union([z.string(), z.number(), z.boolean()]).transform(String).optional(),
  AllowedValues: z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).optional(),
  NoEcho: z.union([z.boolean(), z.string()]).optional(),
  Description: z.string().optional(),
});

export const Template = z.looseObject({
  Parameters: z.record(z.string(), Parameter).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), Resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});
export type Template = z.infer<typeof Template>;

const largest = 51_200;
/** Short forms: `!Ref X` is `{ Ref: X }`, `!Sub x` is `{ 'Fn::Sub': x }`. */
const shortForms = ['Ref', 'Condition', 'GetAtt', 'Sub', 'If', 'Equals', 'Not', 'And', 'Or', 'Join', 'Select', 'Split'];

/** A template from JSON or YAML, refused as CloudFormation refuses it. */
export function parseTemplate(text: string | undefined): Template {
  if (!text) refuse('ValidationError', 'Either Template URL or Template Body must be specified.');
  if (text.length > largest) {
    const what = `Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${largest}`;
    refuse('ValidationError', `1 validation error detected: ${what}`);
  }
  const document = parseDocument(text, { customTags: shortForms.flatMap(tagsOf), logLevel: 'silent' });
  const parsed = document.errors.length > 0 ? undefined : Template.safeParse(document.toJS());
  if (!parsed?.success) refuse('ValidationError', 'Template format error: unsupported structure.');
  return parsed.data;
}

function tagsOf(form: string) {
  const key = form === 'Ref' || form === 'Condition' ? form : `Fn::${form}`;
  const tag = `!${form}`;
  return [
    { tag, resolve: (text: string) => ({ [key]: text }) },
    { tag, collection: 'seq' as const, resolve: (seq: YAMLSeq | YAMLMap) => ({ [key]: seq.toJSON() as unknown }) },
    { tag, collection: 'map' as const, resolve: (map: YAMLSeq | YAMLMap) => ({ [key]: map.toJSON() as unknown }) },
  ];
}

export function isSecret(template: Template, parameter: string): boolean {
  return String(template.Parameters[parameter]?.NoEcho ?? false) === 'true';
}

/** IAM resources have to be acknowledged, and named ones by name. */
export function capabilitiesOf(template: Template): string[] {
  const roles = Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'));
  if (roles.length === 0) return [];
  const named = roles.some(({ Properties }) => 'RoleName' in Properties || 'UserName' in Properties);
  return [named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'];
}
