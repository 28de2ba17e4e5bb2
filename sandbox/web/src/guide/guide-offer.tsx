import { setPace } from '../state/pace.ts';
import { useFolded } from './folded.ts';
import styles from './guide.module.css';
import { GuideBox } from './guide-box.tsx';
import type { Told } from './hints.ts';
import { setProgress } from './progress.ts';
import { useScene } from './use-scene.ts';

/** Slow enough to read a form, fast enough not to wait for it. */
const readingScale = 10;

/** Said first; who looks around by themselves is not asked again. */
export function GuideOffer({ told, leave }: { told: Told; leave(): void }) {
  const folded = useFolded();
  const { under, refused, run } = useScene();
  const { primary, recovery } = told.system.regions;
  const start = async () => {
    if (!(await run('darken'))) return;
    await setPace(readingScale);
    setProgress({ state: 'on', began: true, after: told.news?.incident.incident.id ?? 0 });
  };
  return (
    <GuideBox step="offer" look={styles.offer}>
      <div className={styles.words}>
        <h2>{folded ? 'See a whole recovery' : 'Two minutes: see a whole recovery'}</h2>
        <p>
          {primary} goes dark. You declare it, ask for the failover and approve it; Muster brings {told.system.title}{' '}
          back in {recovery} and measures how long that took.
        </p>
        {refused === null ? null : <p role="alert">{refused}</p>}
      </div>
      <div className={styles.acts}>
        <button type="button" className={styles.main} disabled={under} onClick={() => void start()}>
          Start
        </button>
        <button type="button" onClick={leave}>
          Look around by myself
        </button>
      </div>
    </GuideBox>
  );
}
