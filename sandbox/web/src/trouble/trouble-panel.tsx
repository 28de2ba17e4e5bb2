import { Panel } from '../frame/panel.tsx';
import { useSlice } from '../state/stream.ts';
import { brokenNow } from './broken.ts';
import { BrokenList } from './broken-list.tsx';
import { CloudTrouble } from './cloud-trouble.tsx';
import { FarEndTrouble } from './far-end-trouble.tsx';
import { KillMuster } from './kill-muster.tsx';
import { useSend } from './send.ts';
import { SleepTrouble } from './sleep-trouble.tsx';
import styles from './trouble.module.css';

/** Everything that can be broken, before a run or in the middle of one, and mended again. */
export function TroublePanel() {
  const world = useSlice('world');
  const faults = useSlice('faults');
  const people = useSlice('people');
  const { send, refused } = useSend();
  if (world === undefined || faults === undefined || people === undefined) return null;
  const broken = brokenNow({ world, faults, people });
  return (
    <Panel id="trouble" title="Break things" badge={broken.length === 0 ? undefined : `${broken.length} broken`}>
      <BrokenList broken={broken} send={send} />
      {refused === null ? null : (
        <p className={styles.advice} role="alert">
          {refused}
        </p>
      )}
      <KillMuster send={send} />
      <CloudTrouble world={world} send={send} />
      <SleepTrouble people={people} send={send} />
      <FarEndTrouble faults={faults} send={send} />
    </Panel>
  );
}
