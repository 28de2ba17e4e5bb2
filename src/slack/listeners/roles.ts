import { type Role, roleNames } from '../../domain/home.ts';
import type { Edge } from '../edge.ts';
import type { Turn } from './turn.ts';

/** Roles by muster.yml; a group that cannot be read grants none here. */
export async function rolesAtHome(edge: Edge, turn: Turn): Promise<ReadonlySet<Role>> {
  const held = await Promise.all(
    roleNames.map(async (role) => {
      const inGroup = await Promise.all(edge.home.roles[role].map((member) => isMember(edge, turn, member)));
      return inGroup.includes(true) ? [role] : [];
    }),
  );
  return new Set(held.flat());
}

async function isMember(edge: Edge, turn: Turn, member: string): Promise<boolean> {
  if (!member.startsWith('group:')) return member === turn.by.name;
  const members = await edge.groups(member.slice('group:'.length)).catch((): string[] => []);
  return members.includes(turn.user);
}
