import type { RecoveryNews } from '../../../recovery-news.ts';
import { bringIntoView } from '../frame/bring-into-view.ts';
import { measuredOf } from '../run/measured.ts';
import styles from './guide.module.css';

/** What the recovery came to beside its objectives, and what to try next. */
export function Measurement({ news }: { news: RecoveryNews }) {
  const guarded = news.incident.guards.find(({ state }) => state === 'armed');
  return (
    <>
      <ul className={styles.measured}>
        {measuredOf(news).map(({ name, value, objective, verdict, explain }) => (
          <li key={name} data-verdict={verdict} title={explain}>
            <strong>
              {name} {value}
            </strong>{' '}
            ({objective}){verdict === 'met' || verdict === 'missed' ? <b>: {verdict}</b> : null}
          </li>
        ))}
      </ul>
      <p>
        Next: <TroubleLink />
        {guarded
          ? `, and bring ${guarded.region} back: the return guard fences it once it answers. Until it is seen fenced, about a minute, both databases may take writes, and those have to be compared.`
          : '.'}{' '}
        To begin anew, press Ctrl-C where the sandbox runs and type <code>npm start</code>.
      </p>
    </>
  );
}

function TroubleLink() {
  return (
    <button type="button" className={styles.link} onClick={() => bringIntoView('trouble', 'trouble')}>
      break something else, or kill Muster
    </button>
  );
}
