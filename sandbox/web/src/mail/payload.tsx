import styles from './payload.module.css';

/** What was posted, field by field; what is nested stays JSON. */
export function Payload({ body }: { body: Record<string, unknown> }) {
  return (
    <dl className={styles.payload}>
      {Object.entries(body).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : <pre>{JSON.stringify(value, null, 2)}</pre>}</dd>
        </div>
      ))}
    </dl>
  );
}
