import hidden from '../frame/hidden.module.css';
import { Panel } from '../frame/panel.tsx';
import { useSlice } from '../state/stream.ts';
import { bannerOf, isOver, levelOf, sayTold, wordOf } from './banner.ts';
import type { StatusPage } from './page.ts';
import { PublicIncidentCard } from './public-incident.tsx';
import styles from './status-page.module.css';

/** What the public reads, drawn as their browser would. */
export function StatusPagePanel() {
  const page = useSlice('statuspage');
  if (page === undefined) return null;
  const banner = bannerOf(page);
  return (
    <Panel id="public" title="Status page" badge={banner.text} alarm={banner.level === 'critical'}>
      <div className={styles.page}>
        <h3 className={styles.title}>{page.title}</h3>
        <p className={styles.banner} data-level={banner.level} role="status">
          {banner.text}
        </p>
        <Incidents page={page} />
        <Components page={page} />
        <Past page={page} />
        <p className={styles.told}>{sayTold(page.notified)}</p>
      </div>
    </Panel>
  );
}

function Incidents({ page }: { page: StatusPage }) {
  return page.incidents
    .filter((incident) => !isOver(incident))
    .map((incident) => <PublicIncidentCard key={incident.id} incident={incident} />);
}

function Components({ page: { components } }: { page: StatusPage }) {
  return (
    <ul className={styles.components} aria-label="Components">
      {components.map(({ id, name, status }) => (
        <li key={id} data-level={levelOf(status)}>
          <span className={styles.name}>{name}</span>
          <span className={hidden.hidden}>: </span>
          <span className={styles.word}>{wordOf(status)}</span>
        </li>
      ))}
    </ul>
  );
}

function Past({ page }: { page: StatusPage }) {
  const past = page.incidents.filter(isOver);
  return (
    <>
      <h4 className={styles.past}>Past incidents</h4>
      {past.length === 0 ? <p className={styles.told}>No incidents reported.</p> : null}
      {past.map((incident) => (
        <PublicIncidentCard key={incident.id} incident={incident} />
      ))}
    </>
  );
}
