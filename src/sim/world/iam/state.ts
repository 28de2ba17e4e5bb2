import type { IamEstate } from './estate.ts';

export interface IamState {
  users: { name: string; accessKeys: { id: string; status: 'Active' | 'Inactive'; createdAt: number }[] }[];
  roles: { name: string; policies: Record<string, string> }[];
}

const ageMs = 90 * 24 * 3_600_000;

export function buildIam(estate: IamEstate, at: number): IamState {
  return {
    users: estate.users.map(({ name, accessKeys }) => ({
      name,
      accessKeys: accessKeys.map((id) => ({ id, status: 'Active', createdAt: at - ageMs })),
    })),
    roles: estate.roles.map(({ name }) => ({ name, policies: {} })),
  };
}
