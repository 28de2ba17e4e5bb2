import { scrollToNearest } from '../scroll-to.ts';
import styles from './suggestions.module.css';
import type { Suggestions } from './use-suggestions.ts';

interface SuggestionListProps {
  id: string;
  suggestions: Suggestions;
  focus(): void;
}

export function SuggestionList({ id, suggestions, focus }: SuggestionListProps) {
  const { found, isOpen, active, choose } = suggestions;
  if (!isOpen) return null;
  return (
    <div className={styles.box}>
      <div id={id} role="listbox" aria-label="What may be said" className={styles.list}>
        {found.map((one, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the line keeps the focus, and says which one is active.
          // biome-ignore lint/a11y/useKeyWithClickEvents: the line hears the keys.
          <div
            key={one.usage}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            ref={at === active ? showActive : undefined}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              choose(one);
              focus();
            }}
          >
            <code>{one.usage}</code>
            <span>{one.does}</span>
          </div>
        ))}
      </div>
      <p className={styles.keys}>
        <kbd>Tab</kbd> completes · <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> sends
      </p>
    </div>
  );
}

function showActive(option: HTMLElement | null): void {
  if (option?.parentElement) scrollToNearest(option.parentElement, option);
}
