import hidden from './hidden.module.css';
import { type Pane, panes } from './pane.ts';
import styles from './pane-tabs.module.css';
import { showPane, usePane } from './panes.ts';
import { useNews } from './use-news.ts';

const looks: Record<Pane, { mark: string; words: string }> = {
  channels: { mark: '#', words: 'Channels' },
  talk: { mark: '✎', words: 'Conversation' },
  world: { mark: '◍', words: 'World' },
  trouble: { mark: '⚡', words: 'Trouble' },
};

/** What to look at, where the screen has no room for everything side by side. */
export function PaneTabs() {
  const shown = usePane();
  const fresh = useNews();
  return (
    <nav className={styles.tabs} aria-label="Parts of the page">
      {panes.map((pane) => (
        <button
          key={pane}
          type="button"
          className={styles.tab}
          data-pane={pane}
          aria-current={pane === shown ? 'page' : undefined}
          onClick={() => showPane(pane)}
        >
          <span className={styles.mark} aria-hidden="true">
            {looks[pane].mark}
          </span>
          {looks[pane].words}
          {fresh.includes(pane) ? (
            <span className={styles.badge}>
              <span className={hidden.hidden}> (new)</span>
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
