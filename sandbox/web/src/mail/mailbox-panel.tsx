import { Panel } from '../frame/panel.tsx';
import { clockTime } from '../frame/times.ts';
import { useSlice } from '../state/stream.ts';
import type { Mail } from './arrived.ts';
import styles from './letter.module.css';
import { Letter } from './letter.tsx';
import { MailBody } from './mail-body.tsx';

/** Mail that arrived, to nobody real; newest first. */
export function MailboxPanel() {
  const box = useSlice('mail');
  if (box === undefined) return null;
  return (
    <Panel id="mailbox" title="Mailbox" badge={box.count} startOpen={false}>
      {box.count === 0 ? <p className={styles.none}>No mail has arrived.</p> : null}
      <ol className={styles.letters}>
        {box.mails.map((mail) => (
          <Letter key={mail.id} title={mail.subject} below={<Envelope mail={mail} />}>
            <MailBody mail={mail} />
          </Letter>
        ))}
      </ol>
      <Earlier count={box.count - box.mails.length} />
    </Panel>
  );
}

function Envelope({ mail: { to, at } }: { mail: Mail }) {
  return (
    <>
      to {to}, <time dateTime={at}>{clockTime(at)}</time>
    </>
  );
}

function Earlier({ count }: { count: number }) {
  return count > 0 ? <p className={styles.none}>{count} earlier ones are not shown.</p> : null;
}
