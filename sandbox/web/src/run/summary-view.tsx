import type { RecoveryNews } from '../../../recovery-news.ts';
import hidden from '../frame/hidden.module.css';
import { measuredOf } from './measured.ts';
import type { Summary } from './summary.ts';
import styles from './summary-view.module.css';

/** Exceptions in sight; the rest is in the report. */
const mostExceptions = 5;

/** Where the run stands, what it waits for and who may act. */
export function SummaryView({ summary }: { summary: Summary }) {
  const { waits, danger, exceptions } = summary;
  const rest = exceptions.length - mostExceptions;
  return (
    <div className={styles.summary} data-look={summary.look}>
      <p className={styles.headline}>
        <span className={styles.sign} aria-hidden="true">
          {summary.sign}
        </span>
        {summary.headline}
      </p>
      <ul className={styles.facts}>
        {summary.facts.map((fact) => (
          <li key={fact} data-missed={summary.rtoMissed && fact.startsWith('RTO')}>
            {fact}
          </li>
        ))}
      </ul>
      {waits.length > 0 ? (
        <ul className={styles.waits} aria-label="Waits for people">
          {waits.map(({ what, who }) => (
            <li key={what}>
              <strong>{what}</strong>
              <span>{who}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {danger === null ? null : <p className={styles.danger}>{danger}</p>}
      {exceptions.length > 0 ? (
        <ul className={styles.exceptions} aria-label="Exceptions">
          {exceptions.slice(0, mostExceptions).map((exception) => (
            <li key={exception}>{exception}</li>
          ))}
          {rest > 0 ? <li>and {rest} more in the report</li> : null}
        </ul>
      ) : null}
      <output className={hidden.hidden}>
        {[summary.headline, ...(danger === null ? [] : [danger]), ...waits.map(({ what }) => what)].join('. ')}
      </output>
    </div>
  );
}

/** RTO and RPO beside their objectives, once they are measured. */
export function MeasuredView({ news }: { news: RecoveryNews }) {
  const measured = measuredOf(news);
  if (measured.length === 0) return null;
  return (
    <dl className={styles.measured}>
      {measured.map(({ name, value, objective, verdict, explain }) => (
        <div key={name} data-verdict={verdict} title={explain}>
          <dt>{name}</dt>
          <dd>
            <strong>{value}</strong>
            <span>
              {objective}
              {verdict === 'no objective' ? null : (
                <>
                  : <b>{verdict}</b>
                </>
              )}
            </span>
            <span className={hidden.hidden}>. {explain}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
