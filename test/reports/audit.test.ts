import { expect, it } from '@jest/globals';
import { exportAudit, verifyExport, verifyStored } from '../../src/reports/audit.ts';
import { describeStores } from '../support/stores.ts';
import { ana, useTown } from '../support/town.ts';

describeStores('the exported audit log', (stores) => {
  const town = useTown(stores);
  const lines = async () => {
    const all: string[] = [];
    for await (const line of exportAudit({ store: town.store(), clock: town.clock, name: 'sandbox' })) all.push(line);
    return all;
  };

  it('holds while it is empty', async () => {
    expect(verifyExport((await lines()).join('\n'))).toMatchObject({ ok: true, header: { rows: 0, store: 'sandbox' } });
    expect(await verifyStored(town.store())).toMatchObject({ ok: true, count: 0 });
  });

  it('holds as it was written, across its pages', async () => {
    const { id } = await town.declare({ title: 'Ünïcode “title” \u2028 and \\ quotes "' });
    for (let n = 0; n < 260; n += 1) {
      await town.incidents().assign({ incidentId: id, role: 'responders', person: `U0P${n}` }, ana);
      await town.incidents().assign({ incidentId: id, role: 'approvers', person: `U0P${n}` }, ana);
    }
    const text = `${(await lines()).join('\n')}\n`;
    expect(verifyExport(text)).toMatchObject({
      ok: true,
      header: { rows: 521 },
      sentence: expect.stringContaining('521 rows of sandbox'),
    });
    expect(await verifyStored(town.store())).toMatchObject({ ok: true, count: 521 });
  });

  it.each([
    [
      'a changed word',
      (all: string[]) => all.map((line, at) => (at === 3 ? line.replace('"ana"', '"ben"') : line)),
      'row 3 has been changed',
    ],
    ['a row left out', (all: string[]) => all.filter((_, at) => at !== 3), 'row 4 follows row 2'],
    ['rows cut off the end', (all: string[]) => all.slice(0, -2), 'the header counts 521 rows, and there are 519'],
    [
      'another end',
      (all: string[]) => [all[0]?.replace(/"head":"./, '"head":"x') ?? '', ...all.slice(1)],
      'does not give the hash',
    ],
    ['no header', (all: string[]) => all.slice(1), 'line 1 is not the header'],
    [
      'a broken line',
      (all: string[]) => [...all.slice(0, 2), '{"seq":', ...all.slice(3)],
      'row 2, on line 3, is not an audit row',
    ],
  ])('does not hold with %s', async (_, tamper, sentence) => {
    expect(verifyExport(tamper(await lines()).join('\n'))).toMatchObject({
      ok: false,
      sentence: expect.stringContaining(sentence),
    });
  });

  it('shows what was changed in the store itself', async () => {
    await town.store().tx((tx) => tx.query(`update audit set who = 'ben' where seq = 510`));
    expect(await verifyStored(town.store())).toMatchObject({ ok: false, seq: 510 });
  });
});
