import type { Person } from '../state/slices.ts';
import { useSlice } from '../state/stream.ts';
import { adviceFor } from './advice.ts';
import type { Send } from './send.ts';
import { Switch } from './switch.tsx';
import styles from './trouble.module.css';

/** Who sleeps does nothing by themselves: neither the guide nor a play acts as them. */
export function SleepTrouble({ people, send }: { people: readonly Person[]; send: Send }) {
  const news = useSlice('recovery');
  const command = useSlice('system')?.command ?? '/dr';
  const mayApprove = people.filter((one) => one.roles.includes('approvers'));
  const others = people.filter((one) => one.roles.length > 0 && !mayApprove.includes(one));
  const offer = (one: Person, what: string) => (
    <Switch
      key={one.id}
      label={`${one.real_name}${what} is asleep`}
      on={one.asleep}
      turn={() => send('people/sleep', { user: one.id, asleep: !one.asleep })}
    />
  );
  return (
    <section className={styles.group}>
      <h3>People</h3>
      {mayApprove.map((one) => offer(one, ', an approver,'))}
      {others.map((one) => offer(one, ''))}
      {adviceFor(news, people, command).map((advice) => (
        <p key={advice} className={styles.advice} role="status">
          {advice}
        </p>
      ))}
    </section>
  );
}
