import type { RecoveryNews } from '../../../recovery-news.ts';
import { useSlice } from '../state/stream.ts';
import styles from './guide.module.css';
import { GuideBar } from './guide-bar.tsx';
import { GuideOffer } from './guide-offer.tsx';
import { whyUnguided } from './guided.ts';
import type { Told } from './hints.ts';
import { setProgress, useProgress } from './progress.ts';
import { stepOf } from './steps.ts';

/** The guided first run: offered, followed, left at any time; it never stands in the way of the page. */
export function Guide() {
  const system = useSlice('system');
  const people = useSlice('people');
  const news = useSlice('recovery');
  const world = useSlice('world');
  const progress = useProgress();
  if (system === undefined || people === undefined || system.commands === null) return null;
  if (progress.state === 'left') return null;
  const { primary } = system.regions;
  const left = world?.regions.find(({ region }) => region === primary);
  const told: Told = { system, people, news, darkSince: left?.darkSince ?? null };
  const leave = () => setProgress({ ...progress, state: 'left' });
  const unguided = whyUnguided(system, world, news);
  if (unguided !== null) return <GuideNote words={unguided} leave={leave} />;
  const followed = progress.state === 'on' || system.playing !== null;
  if (!followed) return isOffered(news) ? <GuideOffer told={told} leave={leave} /> : null;
  const step = stepOf(news, progress.after);
  const play = progress.state === 'on' ? null : system.playing;
  if (play === 'under-way' && step === 'declare' && told.darkSince === null) {
    return <GuideNote words={`In a moment ${primary} goes dark, and a failover is played by itself.`} leave={leave} />;
  }
  return <GuideBar told={told} step={step} play={play} leave={leave} />;
}

/** Once anything has been run, the system is no longer where the guide would find it. */
function isOffered(news: RecoveryNews | null | undefined): boolean {
  return !news?.run;
}

/** For whoever does not see the guide and wants it: it goes on where things stand. */
export function GuideButton({ className }: { className?: string | undefined }) {
  const progress = useProgress();
  const news = useSlice('recovery');
  const system = useSlice('system');
  const world = useSlice('world');
  if (system === undefined || whyUnguided(system, world, news) !== null) return null;
  const offered = isOffered(news);
  const seen = progress.state === 'on' || (progress.state === 'offered' && (offered || system.playing !== null));
  if (seen) return null;
  const follow = progress.began || !offered;
  return (
    <button
      type="button"
      className={className}
      onClick={() => setProgress({ ...progress, state: follow ? 'on' : 'offered', began: follow })}
    >
      Guide
    </button>
  );
}

function GuideNote({ words, leave }: { words: string; leave(): void }) {
  return (
    <section className={styles.guide} aria-label="Guide">
      <div className={styles.inside}>
        <p className={styles.words}>{words}</p>
        <div className={styles.acts}>
          <button type="button" onClick={leave}>
            Close
          </button>
        </div>
      </div>
    </section>
  );
}
