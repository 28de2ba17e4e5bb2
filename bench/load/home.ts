import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { Estate } from '../../src/sim/index.ts';
import { makeHome } from '../words/home.ts';

const region = 'us-west-2';
/** Tasks come and go for some minutes, and Muster looks at them all the while. */
const counts = [6, 1, 6];

/** The example's home with so many services more, a command that scales one of them to and fro, and nothing due. */
export async function makeLoadHome(services: number): ReturnType<typeof makeHome> {
  const home = await makeHome(60);
  const cloudFile = join(home.dir, 'cloud.yml');
  const cloud = parseDocument(await readFile(cloudFile, 'utf8'));
  const like = Estate.parse(cloud.toJS()).services.find(({ cluster }) => cluster === 'dr-cluster');
  if (!like) throw new Error('There is no dr-cluster in examples/acme/cloud.yml: correct bench/load.');
  for (let number = 1; number <= services; number += 1) {
    const service = { ...like, name: nameOf(number), taskDefinition: `${nameOf(number)}:1` };
    cloud.addIn(['services'], cloud.createNode(service));
  }
  // Room for all of them at once: a limit of the account is not what is measured here.
  for (const at of Estate.parse(cloud.toJS()).quotas.keys()) cloud.setIn(['quotas', at, 'value'], services * 100);
  await writeFile(cloudFile, String(cloud));
  await mkdir(join(home.dir, 'commands'), { recursive: true });
  await writeFile(join(home.dir, 'commands/exercise.yml'), command());
  return home;
}

export function nameOf(number: number): string {
  return `service-${number}`;
}

function command(): string {
  const steps = counts.map((count, at) => ({
    id: `scale_${at + 1}`,
    uses: 'ecs.scale-service',
    with: {
      ...{ region, cluster: 'dr-cluster', service: '$' + '{{ inputs.service }}', count, hold_autoscaling: false },
    },
  }));
  const inputs = { service: { type: 'string', required: true } };
  return JSON.stringify({ name: 'exercise', title: 'Scale to and fro', purpose: 'routine', inputs, steps });
}
