import {
  AssociateIamInstanceProfileCommand,
  DisassociateIamInstanceProfileCommand,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { need } from '../kit/reading.ts';
import { type InstanceRef, nameInstance, readProfile } from './instance.ts';
import { type IsolateInput, type Standing, wantedStanding } from './isolate-input.ts';

/** Protection first: what is being cut off must not be thrown away meanwhile. */
export async function isolate(input: IsolateInput, now: Standing, ctx: KitContext): Promise<void> {
  await setProtection(input, true, ctx);
  for (const { id } of now.interfaces) {
    if (input.untrack_group !== undefined) await setGroups(input, id, [input.untrack_group], ctx);
    await setGroups(input, id, [input.containment_group], ctx);
  }
  await detachProfile(input, ctx);
}

export async function release(input: IsolateInput, now: Standing, ctx: KitContext): Promise<void> {
  const wanted = wantedStanding(input, now);
  for (const { id, groups } of wanted.interfaces) await setGroups(input, id, groups, ctx);
  if (wanted.profile !== null) await attachProfile(input, wanted.profile, ctx);
  await setProtection(input, wanted.termination_protection, ctx);
}

async function setProtection(ref: InstanceRef, on: boolean, ctx: KitContext): Promise<void> {
  const command = new ModifyInstanceAttributeCommand({
    InstanceId: ref.instance,
    DisableApiTermination: { Value: on },
  });
  await effect(`Termination protection of ${nameInstance(ref)}`, () => ctx.aws.ec2(ref.region).send(command));
}

async function setGroups(ref: InstanceRef, id: string, groups: string[], ctx: KitContext): Promise<void> {
  const command = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: id, Groups: groups });
  const what = `Security groups of ${id} of ${nameInstance(ref)}`;
  await effect(what, () => ctx.aws.ec2(ref.region).send(command));
}

async function detachProfile(ref: InstanceRef, ctx: KitContext): Promise<void> {
  const profile = need(await readProfile(ref, ctx));
  if (profile === null || profile.state === 'disassociating') return;
  const command = new DisassociateIamInstanceProfileCommand({ AssociationId: profile.association });
  await effect(`Detaching the profile of ${nameInstance(ref)}`, () => ctx.aws.ec2(ref.region).send(command));
}

/** Refused while another profile is attached or leaving: whoever undoes it sees that, and may try again. */
async function attachProfile(ref: InstanceRef, arn: string, ctx: KitContext): Promise<void> {
  const profile = need(await readProfile(ref, ctx));
  if (profile?.arn === arn && profile.state !== 'disassociating') return;
  const command = new AssociateIamInstanceProfileCommand({
    InstanceId: ref.instance,
    IamInstanceProfile: { Arn: arn },
  });
  await effect(`Attaching the profile of ${nameInstance(ref)}`, () => ctx.aws.ec2(ref.region).send(command));
}
