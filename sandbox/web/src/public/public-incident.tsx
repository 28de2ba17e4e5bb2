import { startSentence } from '../../../../src/domain/start-sentence.ts';
import { publicTime } from '../frame/times.ts';
import { isOver, wordOf } from './banner.ts';
import type { PublicIncident } from './page.ts';
import styles from './public-incident.module.css';

/** One incident as customers read it, its newest words first. */
export function PublicIncidentCard({ incident }: { incident: PublicIncident }) {
  const affected = incident.components.map(({ name, status }) =>
    isOver(incident) ? name : `${name} (${wordOf(status).toLowerCase()})`,
  );
  return (
    <article className={styles.incident} data-impact={isOver(incident) ? 'over' : incident.impact}>
      <h4 className={styles.name}>{incident.name}</h4>
      {affected.length > 0 ? <p className={styles.affected}>Affects {affected.join(', ')}</p> : null}
      <ol className={styles.updates}>
        {incident.incident_updates.map((update) => (
          <Update key={update.id} update={update} />
        ))}
      </ol>
    </article>
  );
}

function Update({ update }: { update: PublicIncident['incident_updates'][number] }) {
  return (
    <li>
      <p className={styles.body}>
        <strong>{startSentence(update.status.replaceAll('_', ' '))}</strong>
        {update.body === '' ? '' : ` - ${update.body}`}
      </p>
      <p className={styles.time}>
        <time dateTime={update.display_at}>{publicTime(update.display_at)}</time>
        {update.deliver_notifications ? ', subscribers notified' : ''}
      </p>
    </li>
  );
}
