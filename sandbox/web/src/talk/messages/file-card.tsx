import { useId, useState } from 'react';
import { useNamed } from '../../state/stream.ts';
import buttons from '../blocks/button.module.css';
import type { Message } from '../types.ts';
import styles from './file-card.module.css';

type SharedFile = NonNullable<Message['files']>[number];

/** A file of a message: to be read here as it is, or to be downloaded. */
export function FileCard({ file }: { file: SharedFile }) {
  const content = useNamed<{ name: string; content: string | null }>(`file:${file.id}`)?.content ?? '';
  const [open, setOpen] = useState(false);
  const text = useId();
  return (
    <div className={styles.file}>
      <div className={styles.head}>
        <button
          type="button"
          className={styles.name}
          aria-expanded={open}
          aria-controls={text}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'} 📄</span>
          <strong>{file.title || file.name}</strong>
          <small>{sizeOf(file.size)}</small>
        </button>
        <button type="button" className={buttons.button} onClick={() => download(file.name, content)}>
          Download
        </button>
      </div>
      <pre
        id={text}
        className={open ? styles.text : `${styles.text} ${styles.preview}`}
        tabIndex={open ? 0 : undefined}
      >
        {open ? content : content.split('\n').slice(0, 4).join('\n')}
      </pre>
    </div>
  );
}

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}
