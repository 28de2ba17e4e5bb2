import { useEffect } from 'react';
import type { PlayState } from '../../../play/plays.ts';
import { fillComposer } from '../state/composer.ts';
import { useFolded } from './folded.ts';
import styles from './guide.module.css';
import { GuideBox } from './guide-box.tsx';
import { type Hint, hintOf, type Told } from './hints.ts';
import { Measurement } from './measurement.tsx';
import type { GuideStep } from './steps.ts';
import { useDirector } from './use-director.ts';
import { useImpactAside } from './use-impact-aside.ts';
import { type SceneRun, useScene } from './use-scene.ts';

export interface GuideBarProps {
  told: Told;
  step: GuideStep;
  /** By the server itself, while people look on; or no more. */
  play: PlayState | null;
  leave(): void;
}

const playWords: Record<PlayState, string> = {
  'under-way': 'This is played by itself; you can take part. ',
  over: 'The play is over; the sandbox goes on. ',
};

/** Whoever has seen the end of the run reads it before it is over. */
const lingerMs = 2_500;

/** One hint at a time; it goes on by itself when what it asks for was seen to happen. */
export function GuideBar({ told, step, play, leave }: GuideBarProps) {
  const played = play === 'under-way';
  useDirector(step, told, played ? 'off' : 'on');
  useImpactAside(step, told);
  const folded = useFolded();
  const scene = useScene();
  const hint = hintOf(step, told);
  const { run } = scene;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is run is another function at each drawing.
  useEffect(() => {
    if (played || step !== 'resolve') return;
    const timer = setTimeout(() => void run('resolve'), lingerMs);
    return () => clearTimeout(timer);
  }, [played, step]);
  return (
    <GuideBox step={step}>
      <div className={styles.words} aria-live="polite">
        <h2>
          {hint.count === undefined ? null : <span className={styles.count}>{hint.count} of 3</span>}
          {folded ? (hint.short ?? hint.title) : hint.title}
        </h2>
        {hint.list === undefined ? null : <ul className={styles.list}>{hint.list.map(asItem)}</ul>}
        <p>
          {play === null || (played && step === 'measured') ? null : playWords[play]}
          {hint.text}
        </p>
        {step === 'measured' && told.news ? <Measurement news={told.news} /> : null}
        {scene.refused === null ? null : <p role="alert">{scene.refused}</p>}
      </div>
      <div className={styles.acts}>
        {played ? null : <HintActs hint={hint} scene={scene} />}
        <button type="button" onClick={leave}>
          {step === 'measured' ? 'Close the guide' : 'Leave the guide'}
        </button>
      </div>
    </GuideBox>
  );
}

function asItem(words: string) {
  return <li key={words}>{words}</li>;
}

function HintActs({ hint: { line, scene: name }, scene }: { hint: Hint; scene: SceneRun }) {
  return (
    <>
      {line === undefined ? null : (
        <button type="button" className={styles.main} disabled={scene.under} onClick={() => fillComposer(line)}>
          Type it for me
        </button>
      )}
      {name === undefined ? null : (
        <button type="button" disabled={scene.under} onClick={() => void scene.run(name)}>
          {scene.under ? 'Doing it…' : 'Do it for me'}
        </button>
      )}
    </>
  );
}
