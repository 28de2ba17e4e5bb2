import type { Due, State } from '../state.ts';
import { finishSnapshot } from './snapshots.ts';

export function runEc2(state: State, due: Due): void {
  if (due.subject === 'snapshot') finishSnapshot(state, due);
  else finishProfile(state, due);
}

function finishProfile(state: State, { detail }: Due): void {
  const instance = state.ec2.instances.find(({ profile }) => profile?.id === detail);
  if (!instance?.profile) return;
  if (instance.profile.state === 'disassociating') instance.profile = null;
  else instance.profile.state = 'associated';
}
