import { type Method, type MethodContext, paged, SlackError, text } from '../method.ts';
import { userShape } from '../shapes.ts';
import type { User } from '../workspace.ts';

const shape = (context: MethodContext, user: User) =>
  userShape(context.workspace, user, context.has('users:read.email'));

const info: Method = {
  tier: 4,
  scopes: ['users:read'],
  run: (args, context) => {
    const user = context.workspace.users.get(text(args, 'user'));
    if (!user) throw new SlackError('user_not_found');
    return { user: shape(context, user) };
  },
};

const list: Method = {
  tier: 2,
  scopes: ['users:read'],
  run: (args, context) => {
    const { page, next } = paged([...context.workspace.users.values()], args, 1000);
    return { members: page.map((user) => shape(context, user)), response_metadata: { next_cursor: next } };
  },
};

const byEmail: Method = {
  tier: 3,
  scopes: ['users:read.email'],
  run: (args, context) => {
    const user = [...context.workspace.users.values()].find((one) => one.email === text(args, 'email'));
    if (!user) throw new SlackError('users_not_found');
    return { user: shape(context, user) };
  },
};

const groupMembers: Method = {
  tier: 2,
  scopes: ['usergroups:read'],
  run: (args, context) => {
    const group = context.workspace.groups.get(text(args, 'usergroup'));
    if (!group) throw new SlackError('no_such_subteam');
    return { users: group.users };
  },
};

const groups: Method = {
  tier: 2,
  scopes: ['usergroups:read'],
  run: (_args, context) => {
    const all = [...context.workspace.groups.values()];
    return {
      usergroups: all.map(({ users, ...group }) => ({ ...group, user_count: users.length, is_usergroup: true })),
    };
  },
};

export const people: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': byEmail,
  'usergroups.users.list': groupMembers,
  'usergroups.list': groups,
};
