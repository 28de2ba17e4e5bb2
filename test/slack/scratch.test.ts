import { expect, it } from '@jest/globals';
import { startBench } from './bench.ts';

const show = (x: unknown): void => {
  const out: string[] = [];
  const walk = (b: any): void => {
    if (b === null || typeof b !== 'object') return;
    if (b.type === 'button') { out.push(`    [${b.text.text}] ${b.style ?? ''}`); return; }
    if (b.type === 'input') { out.push(`    <${b.block_id}> ${b.label.text} {${b.element.type}} init=${JSON.stringify(b.element.initial_option?.value ?? b.element.initial_value ?? b.element.initial_date_time ?? '')} hint: ${b.hint?.text ?? ''}`); return; }
    if (typeof b.text === 'string') { out.push(`${b.type === 'plain_text' ? '# ' : ''}${b.text}`); return; }
    if (b.type === 'divider') out.push('----');
    if (b.type === 'section' && b.accessory) { walk(b.text); out.push(`    {select ${b.accessory.action_id}: ${b.accessory.options.map((o: any) => o.text.text).join(' | ')}}`); return; }
    for (const v of Object.values(b)) Array.isArray(v) ? v.forEach(walk) : walk(v);
  };
  walk(x);
  process.stdout.write(`${out.join('\n')}\n`);
};

it('shows', async () => {
  const b = await startBench({scale: 60});
  try {
    await b.say('U0ANA', 'help');
    await b.say('U0ANA', 'failover tasks=4');
    let v = await b.modal('U0ANA', /What is wrong/);
    show(v.body);
    const r = await b.slack.act.submitView({ user: 'U0ANA', viewId: v.id, values: { title: 'Shop <!channel> *down*', services: ['api'], severity: 'P1' } });
    console.log(JSON.stringify(r).slice(0, 300));
    v = await b.modal('U0ANA', /phrase|⛔/);
    show(v.body);
    await new Promise((r) => setTimeout(r, 1500));
    const inc = (await b.muster.incidents.list())[0]!;
    console.log(inc.channel, inc.channelName);
    const ch = inc.channel ?? '#general';
    const r2 = await b.slack.act.submitView({ user: 'U0ANA', viewId: v.id, values: { phrase: 'FAILOVER' } });
    console.log(JSON.stringify(r2).slice(0, 300));
    const consent = await b.message('U0ANA', ch, /consent.approve/);
    for (const m of b.slack.seen('U0ANA', ch)) { console.log('=====', m.ts, m.thread_ts ?? '', m.only ?? ''); show(m.blocks); console.log('  ~text:', m.text); }
    const ok = await b.slack.act.click({ user: 'U0BEN', channel: ch, ts: consent.ts, actionId: 'consent.approve' });
    console.log(ok);
    await b.message('U0ANA', ch, /Succeeded|Failed|Paused/);
    for (const m of b.slack.seen('U0BEN', ch).slice(1)) { console.log('=====', m.ts, m.thread_ts ?? '', m.only ?? ''); show(m.blocks);  }
    await b.say('U0ANA', 'status', ch);
    await b.say('U0ANA', 'frobnicate', ch);
    await b.say('U0ANA', 'help', ch);
    await b.say('U0ANA', 'resolve', ch);
    await new Promise((r) => setTimeout(r, 1500));
    for (const m of b.slack.seen('U0ANA', ch).filter((m) => m.only)) { console.log('===== eph', m.ts); show(m.blocks); }
    for (const m of b.slack.seen('U0ANA', '#incidents')) { console.log('===== #incidents', m.ts); show(m.blocks); }
    for (const m of b.slack.seen('U0ANA', '#general')) { console.log('===== #general', m.ts); show(m.blocks); }
    console.log(JSON.stringify(b.slack.workspace.refused, null, 1), JSON.stringify(b.slack.workspace.pings), [...new Set(b.slack.workspace.called)]);
  } finally { await b.close(); }
  expect(1).toBe(1);
}, 120000);
