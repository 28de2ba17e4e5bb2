import { type Call, errorReply, type Forward, type Realism, type Reply } from './moto-wire.ts';

const replicaSource = /<ReadReplicaSourceDBInstanceIdentifier>[^<]*<\/ReadReplicaSourceDBInstanceIdentifier>/;
const replicating =
  '<StatusInfos><DBInstanceStatusInfo><StatusType>read replication</StatusType><Normal>true</Normal>' +
  '<Status>replicating</Status></DBInstanceStatusInfo></StatusInfos>';

/**
 * A promotion that takes `ms`: modifying, then rebooting, then available and standing alone. With `never` it goes on
 * modifying; with `fails` it ends in incompatible-restore, still a replica.
 */
export function createRdsRealism(timing: { promoteMs: number; promotion: 'ends' | 'never' | 'fails' }): Realism {
  const promotedAt = new Map<string, number>();
  const key = (call: Call, id: string): string => `${call.region}/${id}`;

  function dress(call: Call, block: string): string {
    const id = /<DBInstanceIdentifier>([^<]*)</.exec(block)?.[1] ?? '';
    if (!replicaSource.test(block)) return withoutPromoted(block);
    const began = promotedAt.get(key(call, id));
    if (began === undefined) return block.replace('</DBInstance>', `${replicating}</DBInstance>`);
    return setStage(block, stage(Date.now() - began, timing));
  }

  /** A source stops naming the replicas that now stand alone. */
  function withoutPromoted(block: string): string {
    return block.replace(
      /<ReadReplicaDBInstanceIdentifier>([^<]*)<\/ReadReplicaDBInstanceIdentifier>/g,
      (entry, arn) => {
        const [, , , region, , , id] = String(arn).split(':');
        const began = promotedAt.get(`${region}/${id}`);
        return began !== undefined && stage(Date.now() - began, timing) === 'available' ? '' : entry;
      },
    );
  }

  return {
    before: async (call, forward) => {
      if (call.service !== 'rds' || call.operation !== 'PromoteReadReplica') return undefined;
      const id = String(call.fields.DBInstanceIdentifier);
      const found = await describe(call, id, forward);
      if (found.status !== 200) return errorReply(call, 404, 'DBInstanceNotFound', `DBInstance ${id} not found.`);
      if (!replicaSource.test(found.body) || promotedAt.has(key(call, id))) {
        return errorReply(call, 400, 'InvalidDBInstanceState', `DB Instance ${id} is not a read replica.`);
      }
      promotedAt.set(key(call, id), Date.now());
      return undefined;
    },
    after: (call, reply) => {
      if (call.service !== 'rds' || reply.status !== 200) return reply;
      return { ...reply, body: reply.body.replace(/<DBInstance>.*?<\/DBInstance>/gs, (block) => dress(call, block)) };
    },
  };
}

function describe(call: Call, id: string, forward: Forward): Promise<Reply> {
  const body = new URLSearchParams({ Action: 'DescribeDBInstances', Version: '2014-10-31', DBInstanceIdentifier: id });
  return forward({ ...call, body: body.toString() });
}

type Stage = 'modifying' | 'rebooting' | 'available' | 'incompatible-restore';

function stage(elapsedMs: number, timing: { promoteMs: number; promotion: 'ends' | 'never' | 'fails' }): Stage {
  if (timing.promotion === 'never' || elapsedMs < timing.promoteMs * 0.6) return 'modifying';
  if (elapsedMs < timing.promoteMs) return 'rebooting';
  return timing.promotion === 'fails' ? 'incompatible-restore' : 'available';
}

function setStage(block: string, status: Stage): string {
  const staged = block.replace(/<DBInstanceStatus>[^<]*</, `<DBInstanceStatus>${status}<`);
  return status === 'available' ? staged.replace(replicaSource, '') : staged;
}
