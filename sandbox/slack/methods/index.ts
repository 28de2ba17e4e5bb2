import type { Method } from '../method.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { histories } from './history.ts';
import { invitations } from './invite.ts';
import { marks } from './marks.ts';
import { people } from './people.ts';
import { views } from './views.ts';

const authTest: Method = {
  tier: 'free',
  scopes: [],
  run: (_args, { workspace }) => ({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: 'muster',
    team_id: workspace.team.id,
    user_id: workspace.bot.user,
    bot_id: workspace.bot.bot,
    is_enterprise_install: false,
  }),
};

const openConnection: Method = {
  tier: 3,
  scopes: [],
  appToken: true,
  run: (_args, context) => ({ url: context.socketUrl() }),
};

export const methods: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'apps.connections.open': openConnection,
  ...chat,
  ...conversations,
  ...files,
  ...histories,
  ...invitations,
  ...marks,
  ...people,
  ...views,
};
