import type { ReactNode } from 'react';
import hidden from '../frame/hidden.module.css';
import type { World } from './facts.ts';
import { type Family, familiesOf, foldRows, type Row } from './families.ts';
import styles from './region-rows.module.css';

/** Under the picture, a column for each Region: what it has beside services and databases. */
export function RegionRows({ regions }: Pick<World, 'regions'>) {
  const columns = regions.map((region) => ({ region, families: familiesOf(region) }));
  if (columns.every(({ families }) => families.length === 0)) return null;
  return (
    <div className={styles.columns} style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}>
      {columns.map(({ region: { region, dark }, families }) => (
        <section key={region} className={styles.column} aria-label={`Also in ${region}`} data-dark={dark}>
          {dark ? <p className={styles.dark}>Out of reach</p> : null}
          {families.length === 0 ? <p className={styles.none}>Nothing else here.</p> : null}
          {families.map((family) => (
            <FamilyRows key={family.title} family={family} />
          ))}
        </section>
      ))}
    </div>
  );
}

function FamilyRows({ family: { title, rows } }: { family: Family }) {
  const { shown, more } = foldRows(rows);
  return (
    <>
      <h3 className={styles.title}>{title}</h3>
      <RowList rows={shown} />
      {more.length === 0 ? null : (
        <details className={styles.more}>
          <summary>
            and {more.length} more<span className={hidden.hidden}> {title.toLowerCase()}</span>
          </summary>
          <RowList rows={more} />
        </details>
      )}
    </>
  );
}

function RowList({ rows }: { rows: readonly Row[] }) {
  return (
    <ul className={styles.rows}>
      {rows.map(({ key, name, state, tone, note }) => (
        <li key={key} data-tone={tone}>
          <span className={styles.name}>{breakable(name)}</span> <span className={styles.state}>{state}</span>
          {note === undefined ? null : <small> {note}</small>}
        </li>
      ))}
    </ul>
  );
}

/** A long path may go on in the next line after any of its parts. */
function breakable(name: string): ReactNode[] {
  const parts = name.split(/(?<=.\/)/);
  return parts.flatMap((part, at) => (at === 0 ? [part] : [<wbr key={parts.slice(0, at).join('')} />, part]));
}
