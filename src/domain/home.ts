import { z } from 'zod';
import { Duration, Pause } from './duration.ts';
import { Json } from './json.ts';

/** The contents of `muster.yml`: what is protected, by whom, and who is told. Source: docs/configuration.md. */

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a lower-case name such as api or order-db');
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected an AWS Region such as us-east-1');

export const Objectives = z.strictObject({
  rto: Duration.optional().describe('Recovery time objective: the longest the service may be away.'),
  rpo: Duration.optional().describe('Recovery point objective: the most data, as time, that may be lost.'),
});
export type Objectives = z.infer<typeof Objectives>;

export const priorities = ['critical', 'high', 'normal', 'low'] as const;

const Tier = Objectives.extend({
  title: z.string().min(1).max(80).optional().describe('What people call it: `P0 Critical`.'),
});

/** What services of a priority are owed, where they do not say it themselves. */
const Tiers = z.strictObject({
  critical: Tier.optional(),
  high: Tier.optional(),
  normal: Tier.optional(),
  low: Tier.optional(),
});

export const Service = z.strictObject({
  priority: z.enum(priorities).default('normal'),
  rto: Duration.optional(),
  rpo: Duration.optional(),
  health: z.url().optional().describe('The address that shows people are being served.'),
  component: z.string().optional().describe("The status page's component id."),
});
export type Service = z.infer<typeof Service>;

export const Account = z.strictObject({
  id: z.string().regex(/^\d{12}$/, 'expected a 12-digit AWS account id'),
  plan_role: z.string().optional().describe('Role assumed to read.'),
  run_role: z.string().optional().describe('Role assumed inside an approved run.'),
});
export type Account = z.infer<typeof Account>;

export const Severity = z.strictObject({
  public_within: Pause.optional(),
  update_every: Pause.default('30m'),
  update_every_recovering: Pause.default('2h'),
  escalate: z.array(Duration).default([]),
});
export type Severity = z.infer<typeof Severity>;

export const Person = z.strictObject({
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/, 'expected a Slack member id such as U0ANA')
    .optional(),
  email: z.email().optional(),
  phone: z.string().optional(),
  iam: z
    .string()
    .regex(/^arn:/, 'expected an ARN such as arn:aws:iam::123456789012:user/ana')
    .optional()
    .describe('The AWS identity that speaks for this person: an IAM user, or a session of IAM Identity Center.'),
});
export type Person = z.infer<typeof Person>;

export const roleNames = ['responders', 'commanders', 'approvers', 'publishers'] as const;
export type Role = (typeof roleNames)[number];

/** A vendor, or somebody outside: looked up in an incident, never called by Muster. */
export const Contact = z.strictObject({
  title: z.string().min(1).max(80).describe('Who it is: `AWS Support`.'),
  phone: z
    .string()
    .max(40)
    .regex(/^\+?[\d (),./x;=-]*\d[\d (),./x;=-]*$/, 'expected a telephone number such as +1 206 555 0100')
    .exactOptional(),
  email: z.email().exactOptional(),
  url: z.url({ protocol: /^https?$/ }).exactOptional(),
  account: z.string().min(1).max(120).exactOptional().describe('What they ask for: a customer number, a support plan.'),
  for: z
    .array(z.string())
    .default([])
    .describe('Services and scenarios in whose incidents it is shown; in none, it is only in the list.'),
});
export type Contact = z.infer<typeof Contact>;

const members = z.array(z.string()).default([]);

/** A path inside the home: `scripts/verify.sh`. */
export const HomePath = z
  .string()
  .max(255)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w./-]+$/, 'expected a path inside the home such as scripts/verify.sh');

const environment = z
  .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a variable such as AWS_PROFILE'))
  .default([])
  .describe("Variables of Muster's environment that it is given; no others but PATH, HOME and LANG.");

export const ScriptArgument = z
  .strictObject({
    type: z.enum(['string', 'integer', 'boolean']).default('string'),
    flag: z
      .string()
      .regex(/^--?[A-Za-z][\w-]*$/, 'expected a flag such as --region')
      .optional()
      .describe(
        'Stands before the value; of a boolean, stands alone where it is true. Without it the value stands alone.',
      ),
    required: z.boolean().default(true),
    options: z.array(z.string()).min(1).optional().describe('The only values that it takes.'),
    pattern: z.string().refine(isPattern, 'expected a regular expression').optional(),
    min: z.int().optional(),
    max: z.int().optional(),
  })
  .refine(({ type, flag }) => type !== 'boolean' || flag !== undefined, 'a boolean argument needs a flag');
export type ScriptArgument = z.infer<typeof ScriptArgument>;

export const Script = z.strictObject({
  file: HomePath.describe('The file in the home, executable, with its interpreter in its first line.'),
  description: z.string().max(200).optional(),
  arguments: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/), ScriptArgument)
    .default({})
    .describe('By name, in the order in which they are given.'),
  timeout: Duration.default('5m').describe('It is ended, with its children, when it takes longer.'),
  environment,
  repeatable: z.boolean().default(false).describe('It may be run again when nobody knows how it ended.'),
  harmless: z
    .boolean()
    .default(false)
    .describe('It changes nothing that is protected: a check, or a copy to elsewhere. script.check runs only such.'),
});
export type Script = z.infer<typeof Script>;

export const TerraformConfiguration = z.strictObject({
  folder: HomePath.describe(
    'The folder in the home, initialised, with its state where it survives the primary Region.',
  ),
  timeout: Duration.default('30m').describe('Of one plan, apply or destroy.'),
  environment,
});
export type TerraformConfiguration = z.infer<typeof TerraformConfiguration>;

export const Schedule = z.strictObject({
  command: z.string().describe('What is run: a command whose purpose is routine or drill.'),
  at: z.string().describe('When: a cron expression of five fields, in the timezone of this file.'),
  inputs: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe("The command's inputs; those that are absent have their defaults."),
  start: z
    .enum(['automatic', 'asked'])
    .default('asked')
    .describe('Whether it starts by itself, or people are asked to start it.'),
  owner: z.string().describe('Who is told when it is due and when it is missed: one of people, or group: and its id.'),
  within: Duration.optional().describe(
    'How long after its time it may begin; 24h, or the time to the next one where that is shorter.',
  ),
});
export type Schedule = z.infer<typeof Schedule>;

export const BroadcastRule = z.enum(['automatic', 'holding', 'approved', 'never']);
export type BroadcastRule = z.infer<typeof BroadcastRule>;

export const Home = z.strictObject({
  version: z.literal(1),
  timezone: z.string().default('UTC').describe('Shown beside UTC wherever a time is shown.'),
  system: z.strictObject({
    name,
    title: z.string().max(80),
    regions: z.strictObject({ primary: region, recovery: region }),
    objectives: Objectives.default({}),
    tiers: Tiers.default({}).describe('Objectives of all services of a priority: nearer than the system’s.'),
    services: z.record(name, Service),
  }),
  accounts: z.record(name, Account).default({}),
  resources: z.record(z.string(), Json).default({}),
  severities: z.record(z.string().regex(/^[A-Za-z0-9]{1,10}$/), Severity),
  people: z.record(name, Person),
  roles: z.strictObject({
    responders: members,
    commanders: members,
    approvers: members,
    publishers: members,
  }),
  channels: z.strictObject({
    incidents: z.string(),
    stakeholders: z.string().optional(),
    customers: z.string().optional(),
    routines: z
      .string()
      .optional()
      .describe('Where people are told of what is scheduled; the channel of incidents without it.'),
  }),
  statuspage: z.strictObject({ page: z.string() }).optional(),
  email: z
    .strictObject({
      from: z.email(),
      customers: z.array(z.email()).default([]),
      stakeholders: z.array(z.email()).default([]),
    })
    .optional(),
  pager: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }).describe('Where a page is posted as JSON, signed with MUSTER_PAGER_SECRET.'),
      body: z
        .record(z.string(), Json)
        .optional()
        .describe(
          'What is posted; text in it may hold {{action}}, {{label}}, {{title}}, {{severity}}, {{summary}}, {{key}}.',
        ),
    })
    .optional(),
  scripts: z.record(name, Script).default({}).describe('The only scripts that a command may run.'),
  terraform: z
    .record(name, TerraformConfiguration)
    .default({})
    .describe('The only Terraform configurations it may use.'),
  contacts: z.record(name, Contact).default({}).describe('Vendors and people outside, to be found in an incident.'),
  schedules: z.record(name, Schedule).default({}).describe('What is run at its time, routines and drills.'),
  broadcasts: z
    .strictObject({
      responders: BroadcastRule.default('automatic'),
      stakeholders: BroadcastRule.default('automatic'),
      customers: BroadcastRule.default('approved'),
      public: BroadcastRule.default('holding'),
    })
    .default({ responders: 'automatic', stakeholders: 'automatic', customers: 'approved', public: 'holding' }),
});
export type Home = z.infer<typeof Home>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}

/** The Region that a service is served from; one that was never moved is where it was designed to be. */
export function regionOf(home: Home, active: ReadonlyMap<string, string>, service: string): string {
  return active.get(service) ?? home.system.regions.primary;
}
