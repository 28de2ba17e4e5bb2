import { memo } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
import { useDark } from '../../frame/theme.ts';
import { hooks } from './hooks.tsx';
import styles from './painted.module.css';

interface PaintedProps {
  blocks: Block[];
  /** Among other words, in a line. */
  inline?: boolean;
}

/** Blocks that nobody uses, only reads, as the library paints them. */
export const Painted = memo(function Painted({ blocks, inline = false }: PaintedProps) {
  const theme = useDark() ? 'dark' : 'light';
  return (
    <div className={inline ? `${styles.painted} ${styles.inline}` : styles.painted}>
      <Message blocks={blocks} hooks={hooks} theme={theme} name="" logo="" withoutWrapper />
    </div>
  );
});
