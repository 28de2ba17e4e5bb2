import { describe, expect, it } from '@jest/globals';
import { terminalSlice } from '../../../sandbox/api/terminal.ts';
import type { RecoveryNews } from '../../../sandbox/recovery-news.ts';
import { commandLines } from '../../../sandbox/web/src/terminal/command-lines.ts';
import type { Phase } from '../../../src/domain/incident.ts';
import type { RunView } from '../../../src/domain/views.ts';
import { consentView, incident, incidentView, now, runView } from '../../cli/fixtures.ts';

interface Told {
  run?: RunView | null;
  asking?: boolean;
  phase?: Phase;
  title?: string;
}

/** What the bot tells, as it arrives: every time is text. */
function newsOf({
  run = null,
  asking = false,
  phase = 'investigating',
  title = incident.title,
}: Told = {}): RecoveryNews {
  const news = {
    incident: { ...incidentView, incident: { ...incident, phase, title } },
    run,
    consents: asking ? [consentView()] : [],
    answered: [],
    attempts: [],
  };
  return JSON.parse(JSON.stringify(news)) as RecoveryNews;
}

const later = new Date(now.getTime() + 60_000);

describe('the view of the terminal', () => {
  it('does not say that there is no incident before Muster has said so', () => {
    expect(terminalSlice(undefined, now).text).toBe('Muster has not said yet how it stands.');
  });

  it('says that there is no incident before the first one', () => {
    expect(terminalSlice(null, now)).toEqual({ command: 'muster list', text: 'There is no incident.' });
  });

  it('is what status prints, with the time that has gone by since it was told', () => {
    const { command, text } = terminalSlice(newsOf(), now);
    expect(command).toBe('muster status --incident 7');
    expect(text).toContain('INC-7 Checkout is down  P1  investigating  api');
    expect(text).toContain('impact since 14:00:00 UTC, 5m');
    expect(text).toContain('api was last led to us-east-1');
    expect(terminalSlice(newsOf(), later).text).toContain('impact since 14:00:00 UTC, 6m');
  });

  it('has the run step by step, and what waits for people', () => {
    const { text } = terminalSlice(newsOf({ run: runView(), asking: true }), now);
    expect(text).toContain(`${runView().run.id} is failover in INC-7: running`);
    for (const step of runView().steps) expect(text).toContain(`${step.id} `);
    expect(text).toContain(`muster approve ${consentView().code}`);
  });

  it('keeps from its reader what a terminal would obey', () => {
    expect(terminalSlice(newsOf({ title: 'Down\u001b[2J\u202e' }), now).text).toContain('INC-7 Down[2J  P1');
  });
});

describe('the lines to copy', () => {
  const lines = (news: RecoveryNews | null) =>
    commandLines(news, { as: 'ana', approver: 'ben', command: 'failover', ungraceful: true }).map(({ line }) =>
      line.replace('npm run --silent muster -- --sandbox --as ', ''),
    );

  it('begin as the terminal beside the sandbox wants them', () => {
    expect(commandLines(null, { as: 'ana', approver: null, command: null, ungraceful: false })[0]?.line).toBe(
      'npm run --silent muster -- --sandbox --as ana list',
    );
  });

  it('offer a plan and a run in an open incident, and neither while one is asked for or under way', () => {
    expect(lines(newsOf())).toEqual([
      'ana status --incident 7',
      'ana plan failover --incident 7',
      'ana run failover --incident 7',
    ]);
    expect(lines(newsOf({ run: runView() }))).toEqual(['ana status --incident 7', 'ana pause --incident 7']);
    expect(lines(newsOf({ asking: true }))).toEqual(['ana status --incident 7', `ben approve ${consentView().code}`]);
  });

  it('offer to go on with a run that is paused', () => {
    const { run, ...view } = runView();
    const paused = newsOf({ run: { ...view, run: { ...run, status: 'paused' } } });
    expect(lines(paused)).toContain('ana resume --incident 7');
  });

  it('offer nothing of an incident that is closed', () => {
    expect(lines(newsOf({ phase: 'closed' }))).toEqual(['ana list', 'ana --help']);
  });
});
