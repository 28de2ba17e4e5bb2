import { useId, useState } from 'react';
import { Text } from '../text/text.tsx';
import type { BlockOf, Text as TextObject } from '../types.ts';
import styles from './blocks.module.css';
import { ControlView } from './control-view.tsx';
import { useSurface } from './surface.ts';

export function SectionBlock({ block }: { block: BlockOf<'section'> }) {
  const words = useId();
  const { folds } = useSurface();
  return (
    <div className={styles.section}>
      <div className={styles.words} id={words}>
        {block.text && <Folding text={block.text} whole={!folds || block.expand === true} />}
        {block.fields && <Fields fields={block.fields} />}
      </div>
      {block.accessory && (
        <div className={styles.accessory}>
          <ControlView control={block.accessory} blockId={block.block_id} labelledBy={words} />
        </div>
      )}
    </div>
  );
}

function Fields({ fields }: { fields: readonly TextObject[] }) {
  return (
    <div className={styles.fields}>
      {fields.map((field, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fields have no names and hold no state.
        <div key={at} className={styles.field}>
          <Text of={field} />
        </div>
      ))}
    </div>
  );
}

/** In a message Slack folds a long text unless its section is to be shown whole. */
const foldsAt = { characters: 700, lines: 8 };

function Folding({ text, whole }: { text: TextObject; whole: boolean }) {
  const [open, setOpen] = useState(false);
  const long = text.text.length > foldsAt.characters || text.text.split('\n').length > foldsAt.lines;
  if (whole || !long) return <Text of={text} />;
  return (
    <>
      <div className={open ? undefined : styles.folded}>
        <Text of={text} />
      </div>
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'See less' : 'See more'}
      </button>
    </>
  );
}
