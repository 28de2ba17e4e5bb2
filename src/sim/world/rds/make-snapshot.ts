import type {
  CopyDBSnapshotCommandInput,
  CopyDBSnapshotCommandOutput,
  CreateDBSnapshotCommandInput,
  CreateDBSnapshotCommandOutput,
} from '@aws-sdk/client-rds';
import { isDark, schedule } from '../model.ts';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { needNewSnapshot, needSnapshot, snapshotKey, tagsOf, takeContents, toDBSnapshot } from './snapshot.ts';
import { defaultKey, type Snapshot } from './state.ts';
import { beginWork, needAvailable, needDatabase } from './work.ts';

export const snapshotChanges: Operations = {
  CreateDBSnapshot: effect<CreateDBSnapshotCommandInput, CreateDBSnapshotCommandOutput>(
    (input) => `rds:snapshot/${input.DBSnapshotIdentifier}`,
    create,
  ),
  CopyDBSnapshot: effect<CopyDBSnapshotCommandInput, CopyDBSnapshotCommandOutput>(
    (input) => `rds:snapshot/${input.TargetDBSnapshotIdentifier}`,
    copy,
  ),
};

function create(scene: Scene, input: CreateDBSnapshotCommandInput) {
  const { state, region } = scene;
  const id = input.DBSnapshotIdentifier ?? '';
  needNewSnapshot(scene, id);
  const database = needDatabase(state, region, input.DBInstanceIdentifier);
  needAvailable(state, database);
  const forMs = state.estate.timings.snapshotMs;
  beginWork(state, database, 'back-up', [{ status: 'backing-up', forMs }]);
  const snapshot = begin(scene, {
    ...{ region, id, database: database.id, forMs, takenAt: state.at, copyOf: null },
    kmsKey: defaultKey(state.estate, region),
    contents: takeContents(state, database),
    tags: tagsOf(input.Tags),
  });
  return { DBSnapshot: toDBSnapshot(state, snapshot) };
}

/** Called in the Region of the copy; a source in another Region goes by its ARN. */
function copy(scene: Scene, input: CopyDBSnapshotCommandInput) {
  const { state, region } = scene;
  const id = input.TargetDBSnapshotIdentifier ?? '';
  const name = input.SourceDBSnapshotIdentifier ?? '';
  const from = name.startsWith('arn:') ? (name.split(':')[3] ?? region) : region;
  if (isDark(state, from)) refuse('InternalFailure', `The source Region ${from} does not answer.`, 500);
  const source = needSnapshot({ state, region: from }, name);
  if (source.status !== 'available') {
    refuse('InvalidDBSnapshotStateFault', `The source snapshot ${source.id} is ${source.status}, not available.`);
  }
  const key = input.KmsKeyId;
  if (from !== region && !key) {
    refuse('InvalidParameterValue', 'An encrypted snapshot needs a KMS key of the Region that it is copied to.');
  }
  if (key?.startsWith('arn:') && key.split(':')[3] !== region) {
    refuse('KMSKeyNotAccessibleFault', `The KMS key ${key} is not of ${region}.`);
  }
  needNewSnapshot(scene, id);
  const snapshot = begin(scene, {
    ...{ region, id, database: source.database, takenAt: source.takenAt, contents: structuredClone(source.contents) },
    forMs: state.estate.timings.snapshotCopyMs,
    copyOf: { region: from, id: source.id },
    kmsKey: key ?? source.kmsKey,
    tags: { ...(input.CopyTags ? source.tags : {}), ...tagsOf(input.Tags) },
  });
  return { DBSnapshot: toDBSnapshot(state, snapshot) };
}

type Begun = Omit<Snapshot, 'type' | 'status' | 'begunAt' | 'readyAt'> & { forMs: number };

function begin({ state }: Scene, { forMs, ...begun }: Begun): Snapshot {
  const snapshot: Snapshot = {
    ...begun,
    ...{ type: 'manual', status: 'creating', begunAt: state.at, readyAt: state.at + forMs },
  };
  state.rds.snapshots.push(snapshot);
  schedule(state, forMs, 'snapshot.next', snapshotKey(snapshot));
  return snapshot;
}
