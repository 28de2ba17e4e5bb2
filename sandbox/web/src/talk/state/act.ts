import { post } from '../../state/post.ts';
import { forget, notice, type Place } from './notices.ts';

/** Does something as a person; what Slack or the sandbox said no with stands at its place. False: it was not done. */
export async function act(user: string, place: Place, kind: string, body: object): Promise<boolean> {
  forget(user, place);
  try {
    const answer = await post<{ shown?: string }>(`act/${kind}`, { user, ...body });
    if (answer.shown !== undefined) notice(user, place, answer.shown);
    return answer.shown === undefined;
  } catch (error) {
    notice(user, place, error instanceof Error ? error.message : String(error));
    return false;
  }
}
