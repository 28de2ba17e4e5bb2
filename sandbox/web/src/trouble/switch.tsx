import styles from './trouble.module.css';

export interface SwitchProps {
  label: string;
  on: boolean;
  turn(): void;
}

/** On is broken. */
export function Switch({ label, on, turn }: SwitchProps) {
  return (
    <button type="button" role="switch" aria-checked={on} className={styles.switch} onClick={turn}>
      <span>{label}</span>
      <span className={styles.track} aria-hidden="true" />
    </button>
  );
}
