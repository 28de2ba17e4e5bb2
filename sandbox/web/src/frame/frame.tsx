import { useEffect, useRef } from 'react';
import { Guide } from '../guide/guide.tsx';
import { useProgress } from '../guide/progress.ts';
import { MailboxPanel } from '../mail/mailbox-panel.tsx';
import { PagerPanel } from '../mail/pager-panel.tsx';
import { StatusPagePanel } from '../public/status-page-panel.tsx';
import { RunPanel } from '../run/run-panel.tsx';
import { useMine } from '../state/mine.ts';
import { Conversation } from '../talk/conversation.tsx';
import { ModalHost } from '../talk/modal-host.tsx';
import { Sidebar } from '../talk/sidebar.tsx';
import { focusBack } from '../talk/state/focus-back.ts';
import { TerminalPanel } from '../terminal/terminal-panel.tsx';
import { RefusedPanel } from '../trouble/refused-panel.tsx';
import { TroublePanel } from '../trouble/trouble-panel.tsx';
import { WorldPanel } from '../world/world-panel.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import styles from './frame.module.css';
import { Header } from './header.tsx';
import { PaneTabs } from './pane-tabs.tsx';
import { showPane, usePane } from './panes.ts';
import { idOf } from './shortcuts.ts';
import './tokens.css';

/** Everything side by side where there is room; else one part at a time, by its tab. */
export function Frame() {
  const pane = usePane();
  const { channel } = useMine();
  // Whoever chooses a channel wants to read it.
  const read = useRef(channel);
  useEffect(() => {
    if (read.current !== null && read.current !== channel) showPane('talk');
    read.current = channel;
  }, [channel]);
  const { state } = useProgress();
  const guide = useRef(state);
  useEffect(() => {
    if (state === 'left' && guide.current !== 'left') focusBack();
    guide.current = state;
  }, [state]);
  return (
    <div className={styles.frame} data-pane={pane}>
      <a className={styles.skip} href={`#${idOf('talk')}`} onClick={() => showPane('talk')}>
        Skip to the conversation
      </a>
      <div className={styles.top}>
        <Header />
        <ConnectionBanner />
        <Guide />
      </div>
      <PaneTabs />
      <nav id={idOf('channels')} className={styles.side} aria-label="People and channels" tabIndex={-1}>
        <Sidebar />
      </nav>
      <main id={idOf('talk')} className={styles.talk} tabIndex={-1}>
        <Conversation />
      </main>
      <aside className={styles.world} aria-label="The simulated world">
        <div data-shows="trouble">
          <RefusedPanel />
        </div>
        <div id={idOf('world')} className={styles.panels} data-shows="world" tabIndex={-1}>
          <WorldPanel />
          <RunPanel />
          <StatusPagePanel />
          <MailboxPanel />
          <PagerPanel />
          <TerminalPanel />
        </div>
        <div id={idOf('trouble')} className={styles.panels} data-shows="trouble" tabIndex={-1}>
          <TroublePanel />
        </div>
      </aside>
      <ModalHost />
    </div>
  );
}
