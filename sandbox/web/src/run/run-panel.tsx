import { Panel } from '../frame/panel.tsx';
import { useSlice } from '../state/stream.ts';
import { Chart } from './chart.tsx';
import { ganttOf } from './gantt.ts';
import { Legend } from './legend.tsx';
import { nothingYet } from './nothing-yet.ts';
import styles from './run-panel.module.css';
import { shownOf } from './shown.ts';
import { summaryOf } from './summary.ts';
import { MeasuredView, SummaryView } from './summary-view.tsx';
import { useNow } from './use-now.ts';

/** The run as it was planned, as it goes and as it went. */
export function RunPanel() {
  const news = useSlice('recovery');
  const shown = news ? shownOf(news) : null;
  const { run } = shown ?? {};
  const badge = shown === null ? undefined : (run?.run.outcome ?? run?.run.status ?? 'asked').replaceAll('-', ' ');
  return (
    <Panel id="run" title="Recovery run" badge={badge}>
      <Body />
    </Panel>
  );
}

/** Drawn while the panel is open: time moves here alone. */
function Body() {
  const now = useNow();
  const news = useSlice('recovery');
  const people = useSlice('people');
  const system = useSlice('system');
  const bot = useSlice('bot');
  if (now === null) return null;
  const shown = news ? shownOf(news) : null;
  if (!shown) {
    return <p className={styles.nothing}>{nothingYet(news, system ?? { command: '/dr' })}</p>;
  }
  const nameOf = (name: string) => people?.find((person) => person.name === name)?.real_name ?? name;
  const away = bot !== undefined && bot.state !== 'up';
  const gantt = ganttOf(shown, now);
  const looks = new Set(gantt.rows.flatMap(({ look, bars }) => [look, ...bars.map((bar) => bar.look)]));
  return (
    <>
      {away ? (
        <output className={styles.away}>Muster is away. This is what it last told; it goes on where it was.</output>
      ) : null}
      <SummaryView summary={summaryOf(shown, now, nameOf)} />
      <MeasuredView news={shown.news} />
      <div className={away ? styles.stale : undefined}>
        <Chart gantt={gantt} name={`Steps of ${shown.plan.title}`} />
      </div>
      <Legend looks={looks} />
    </>
  );
}
