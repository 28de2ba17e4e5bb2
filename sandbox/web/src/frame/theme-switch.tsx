import styles from './header.module.css';
import { chooseTheme, type Theme, themes, useTheme } from './theme.ts';

const looks: Record<Theme, { mark: string; words: string }> = {
  auto: { mark: '◐', words: 'as the system' },
  light: { mark: '☀', words: 'light' },
  dark: { mark: '☾', words: 'dark' },
};

/** Goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const theme = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto';
  const words = `Colours: ${looks[theme].words}. Change to ${looks[next].words}`;
  return (
    <button type="button" className={styles.tool} title={words} aria-label={words} onClick={() => chooseTheme(next)}>
      <span aria-hidden="true">{looks[theme].mark}</span>
    </button>
  );
}
