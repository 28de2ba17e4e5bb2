import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FarEnds } from '../../sandbox/far-ends.ts';
import { type Served, sendText, serve } from '../../sandbox/wire/serve.ts';
import { buildEstate, type Estate, primary, recovery } from '../support/estate.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { type MotoProxy, startMotoProxy } from '../support/moto-proxy.ts';
import { root } from './child.ts';
import { type Hands, handsIn } from './hands.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import { ownFolder, type Real, startReal } from './real.ts';
import { slackEnv, startStandIns } from './stand-ins.ts';

/** AWS's wire as a program of ours finds it: moto behind the proxy, and real DNS, HTTP and SQL beside it. */
export interface Cloud {
  moto: Moto;
  proxy: MotoProxy;
  /** Points a program at all of it. */
  env: Record<string, string>;
  folder: string;
  /** Whether the object that sends traffic to the standby Region is there. */
  switched(): Promise<boolean>;
  stop(): Promise<void>;
}

/** The real program on that wire, and people in Slack. */
export interface Stage extends Cloud {
  farEnds: FarEnds;
  program: Real;
  hands: Hands;
}

const addresses = { [primary]: '192.0.2.10', [recovery]: '198.51.100.20' };
const switchKey = 'serve-from-us-west-2';

/** `database` is the address of what stands for the promoted database. */
export async function startCloud(database: string): Promise<Cloud> {
  const moto = await startMoto();
  const proxy = await startMotoProxy(moto.url);
  const estate = await buildEstate(proxy.url);
  proxy.calls.length = 0;
  const switched = (): Promise<boolean> => isThere(moto, `${estate.bucket}/${switchKey}`);
  const names = await startNameServer(answersOf(estate, switched));
  const site = await serve((_request, response) => sendText(response, 200, 'ok'));
  const folder = await ownFolder();
  const env = {
    ...{ AWS_ENDPOINT_URL: proxy.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    ...{ ACME_DB_US_WEST_2: database, MUSTER_HOME: await writeHome(folder.path, estate, site) },
    ...namesEnv(names),
  };
  const stop = async (): Promise<void> => {
    names.stop();
    await Promise.all([site.stop(), proxy.stop(), moto.stop()]);
    await folder.remove();
  };
  return { moto, proxy, env, folder: folder.path, switched, stop };
}

export async function startStage(database: string): Promise<Stage> {
  const cloud = await startCloud(database);
  const farEnds = await startStandIns();
  const program = await startReal({ ...slackEnv(farEnds), ...cloud.env }, cloud.folder);
  farEnds.slack.deliverTo(`http://127.0.0.1:${program.port}/slack/events`);
  const hands = handsIn(farEnds.slack, () => `\n${program.out.slice(-10).join('\n')}`);
  const stop = async (): Promise<void> => {
    await program.stop('SIGKILL');
    await farEnds.stop();
    await cloud.stop();
  };
  return { ...cloud, farEnds, program, hands, stop };
}

function namesEnv(names: NameServer): Record<string, string> {
  const preload = new URL('./name-server-preload.mjs', import.meta.url);
  return { TEST_NAME_SERVER: names.address, NODE_OPTIONS: `--import ${preload.href}` };
}

async function isThere(moto: Moto, object: string): Promise<boolean> {
  const scope = `Credential=test/20260101/${recovery}/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`;
  const response = await fetch(`${moto.url}/${object}`, { method: 'HEAD', headers: { authorization } });
  return response.ok;
}

/** As Route 53 answers: the pair follows its inverted health check, which watches the switch. */
function answersOf(
  estate: Estate,
  switched: () => Promise<boolean>,
): (type: string, name: string) => Promise<string[]> {
  const balancers = [primary, recovery] as const;
  return async (type, name) => {
    if (type === 'NS') return name.split('.').length === 3 ? [`ns.${name}`] : [];
    if (name === estate.dns.name) return [addresses[(await switched()) ? recovery : primary]];
    const region = balancers.find((one) => estate.sites[one].loadBalancer.dns.toLowerCase() === name);
    if (region !== undefined) return [addresses[region]];
    return name.startsWith('ns.') ? ['127.0.0.1'] : [];
  };
}

/** examples/acme with what AWS named for itself in this moto. */
async function writeHome(folder: string, { sites }: Estate, site: Served): Promise<string> {
  const homeDir = join(folder, 'home');
  await cp(join(root, 'examples/acme'), homeDir, { recursive: true });
  const file = join(homeDir, 'muster.yml');
  const east = sites[primary];
  const west = sites[recovery];
  const ours = [
    ['https://api.dr.example.com/health', `${site.url}/health`],
    [/arn:aws:elasticloadbalancing:us-east-1:\S+/, east.targetGroup],
    [/arn:aws:elasticloadbalancing:us-west-2:\S+/, west.targetGroup],
    ['prod-alb.us-east-1.elb.amazonaws.com', east.loadBalancer.dns],
    ['dr-alb.us-west-2.elb.amazonaws.com', west.loadBalancer.dns],
  ] as const;
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    ours.reduce((so, [theirs, named]) => so.replace(theirs, named), text),
  );
  return homeDir;
}
