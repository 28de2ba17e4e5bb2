import { useState } from 'react';
import hidden from '../frame/hidden.module.css';
import type { Mail } from './arrived.ts';
import styles from './mail-body.module.css';

const parts = ['As a mail program shows it', 'Plain text'] as const;

/** The HTML part comes from an address of its own, whose policy runs nothing and loads nothing; so does the frame. */
export function MailBody({ mail }: { mail: Mail }) {
  const [part, setPart] = useState<(typeof parts)[number]>(parts[0]);
  return (
    <>
      <fieldset className={styles.parts}>
        <legend className={hidden.hidden}>Part of the mail</legend>
        {parts.map((one) => (
          <label key={one}>
            <input type="radio" name={`part-${mail.id}`} checked={part === one} onChange={() => setPart(one)} />
            {one}
          </label>
        ))}
      </fieldset>
      {part === parts[0] ? (
        <iframe className={styles.html} title={mail.subject} sandbox="" src={`/sandbox/api/mail/${mail.id}`} />
      ) : (
        <pre className={styles.text}>{mail.text}</pre>
      )}
    </>
  );
}
