import { choose } from '../../state/mine.ts';
import type { Person } from '../../state/slices.ts';
import { Avatar } from './avatar.tsx';
import { rolesOf } from './roles-of.ts';
import styles from './side.module.css';

export function PeopleList({ people, me }: { people: readonly Person[]; me: string | undefined }) {
  return (
    <ul className={styles.list} aria-label="You are">
      {people.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className={styles.row}
            aria-pressed={one.id === me}
            onClick={() => choose({ user: one.id, thread: null })}
          >
            <Avatar id={one.id} name={one.real_name} small />
            <span className={styles.name}>
              {one.real_name}
              {one.id === me && <span className={styles.you}> (you)</span>}
              {one.asleep && (
                <span role="img" aria-label="asleep">
                  {' '}
                  💤
                </span>
              )}
              <small>{rolesOf(one)}</small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
