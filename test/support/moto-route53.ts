import { errorReply, type Realism, xml } from './moto-wire.ts';

/** Changes with ids of their own that stay PENDING for `pendingMs`; moto gives all one id, at once INSYNC. */
export function createRoute53Realism(timing: { dnsPendingMs: number }): Realism {
  const submittedAt = new Map<string, number>();

  return {
    before: async (call) => {
      if (call.operation !== 'GetChange') return undefined;
      const id = call.path.split('/').at(-1) ?? '';
      const at = submittedAt.get(id);
      if (at === undefined) return errorReply(call, 404, 'NoSuchChange', `A change with id ${id} does not exist.`);
      const status = Date.now() - at < timing.dnsPendingMs ? 'PENDING' : 'INSYNC';
      return xml(200, `<GetChangeResponse>${changeInfo(id, status, at)}</GetChangeResponse>`);
    },
    after: (call, reply) => {
      if (call.operation !== 'ChangeResourceRecordSets' || reply.status !== 200) return reply;
      const id = `C0PROXY${String(submittedAt.size + 1).padStart(6, '0')}`;
      submittedAt.set(id, Date.now());
      const body = reply.body.replace(/<ChangeInfo>.*?<\/ChangeInfo>/s, changeInfo(id, 'PENDING', Date.now()));
      return { ...reply, body };
    },
  };
}

function changeInfo(id: string, status: string, at: number): string {
  const submitted = new Date(at).toISOString();
  return `<ChangeInfo><Id>/change/${id}</Id><Status>${status}</Status><SubmittedAt>${submitted}</SubmittedAt></ChangeInfo>`;
}
