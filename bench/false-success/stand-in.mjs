// Stands in for aws, kubectl and curl on a script's PATH: `node stand-in.mjs PROGRAM ARGUMENTS`. What they would ask of
// AWS or of a web page, they ask of the simulated cloud at WORLD_URL, and they fail as the real ones do.
import { deserialize, serialize } from 'node:v8';

const [program = '', ...given] = process.argv.slice(2);

/** The value after a flag, or the empty string. */
function flag(name) {
  const at = given.indexOf(name);
  return at < 0 ? '' : (given[at + 1] ?? '');
}

async function ask(service, command, region, input) {
  const body = new Uint8Array(serialize({ service, command, region, input }));
  const response = await fetch(new URL('/call', process.env.WORLD_URL), { method: 'POST', body });
  return deserialize(Buffer.from(await response.arrayBuffer()));
}

const commands = {
  'route53 change-resource-record-sets': () =>
    ask('route53', 'ChangeResourceRecordSets', 'us-east-1', {
      HostedZoneId: flag('--hosted-zone-id'),
      ChangeBatch: JSON.parse(flag('--change-batch')),
    }),
  'ecs update-service': () =>
    ask('ecs', 'UpdateService', flag('--region'), {
      cluster: flag('--cluster'),
      service: flag('--service'),
      desiredCount: Number(flag('--desired-count')),
    }),
  'rds promote-read-replica': () =>
    ask('rds', 'PromoteReadReplica', flag('--region'), { DBInstanceIdentifier: flag('--db-instance-identifier') }),
};

async function aws() {
  const command = commands[given.slice(0, 2).join(' ')];
  if (!command) return 252;
  const answer = await command();
  if (answer.ok) return 0;
  process.stderr.write(`An error occurred (${answer.error.name}): ${answer.error.message}\n`);
  return 254;
}

async function curl() {
  const url = given.find((word) => word.startsWith('https://')) ?? '';
  if (given.includes('POST')) return 0;
  const answer = await ask('http', 'get', '', { url, timeoutMs: 5_000 });
  const status = answer.ok ? answer.output.status : undefined;
  process.stdout.write(String(status ?? '000'));
  return answer.ok ? 0 : 28;
}

const programs = { aws, curl, kubectl: async () => 0 };
process.exitCode = await programs[program]();
