import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SentenceButton } from '../../src/domain/notice.ts';
import { StoredNotice } from '../../src/slack/notices.ts';
import { type Stage, startStage } from './hands.ts';

describe('a press on "I have posted it"', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(() => stage.stop());

  const press = async (about: Partial<SentenceButton>) => {
    const button = { action: 'public.posted', incidentId: 7, ...about };
    const notice = StoredNotice.parse({ kind: 'sentence', text: 'To be copied.', mention: [], button });
    const place = { in: 'channel', name: '#incidents' } as const;
    await stage.edge.courier.deliver({ to: 'slack', do: 'post', place, notice }, 'copy:1', false);
    const { ts } = await stage.message('U0CAT', stage.channel, /To be copied/);
    await stage.slack.act.click({ user: 'U0CAT', channel: stage.channel, ts, actionId: 'public.posted' });
    return stage.did('posted');
  };

  it('says which words are above it', async () => {
    expect(await press({ broadcastId: 'words_4' })).toEqual([{ incidentId: 7, broadcastId: 'words_4' }]);
  });

  it('speaks of the incident alone where an older version has written it', async () => {
    expect(await press({})).toEqual([{ incidentId: 7 }]);
  });
});
