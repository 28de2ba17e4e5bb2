import { type ReactNode, useId } from 'react';
import hidden from '../frame/hidden.module.css';
import { foldGuide, useFolded } from './folded.ts';
import styles from './guide.module.css';

interface GuideBoxProps {
  step: string;
  look?: string | undefined;
  children: ReactNode;
}

/** Where the guide stands; a small screen has a button that leaves one line of it. */
export function GuideBox({ step, look, children }: GuideBoxProps) {
  const folded = useFolded();
  const rest = useId();
  return (
    <section
      className={[styles.guide, look].filter(Boolean).join(' ')}
      aria-label="Guide"
      data-step={step}
      data-folded={folded}
    >
      <button
        type="button"
        className={styles.fold}
        aria-expanded={!folded}
        aria-controls={rest}
        onClick={() => foldGuide(!folded)}
      >
        {folded ? 'More' : 'Less'}
        <span className={hidden.hidden}> of the guide</span>
      </button>
      <div id={rest} className={styles.inside}>
        {children}
      </div>
    </section>
  );
}
