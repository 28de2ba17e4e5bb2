import { it } from '@jest/globals';
import { readEvidence } from './support/evidence.ts';
import { makeDataFolder, startLife } from './support/life.ts';
import { liveThrough } from './support/live.ts';
import { saidIn } from './support/people.ts';

it('life', async () => {
  let t = Date.now();
  const lap = (w: string) => {
    console.log(w, Date.now() - t);
    t = Date.now();
  };
  const made = await makeDataFolder();
  lap('made');
  const life = await startLife({ dataFrom: made.path });
  lap('start');
  const channel = await liveThrough(life);
  lap('lived');
  await life.bot.stop();
  lap('stopped');
  console.log(JSON.stringify(await readEvidence(life), null, 1));
  lap('evidence');
  console.log(JSON.stringify(life.farEnds.world.world.audit(), null, 1));
  console.log(
    JSON.stringify(
      [...saidIn(life, channel), ...saidIn(life, 'incidents')].map((s) => [s.key, s.text.slice(0, 60)]),
      null,
      1,
    ),
  );
  console.log(
    JSON.stringify(life.farEnds.statuspage.page.incidents.map((i) => i.incident_updates.map((u) => u.status))),
    JSON.stringify(life.farEnds.slack.workspace.refused),
  );
  await life.close();
  await made.remove();
}, 120000);
