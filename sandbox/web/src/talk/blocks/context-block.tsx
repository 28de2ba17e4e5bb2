import { Text } from '../text/text.tsx';
import type { BlockOf } from '../types.ts';
import styles from './blocks.module.css';
import { Picture } from './picture.tsx';

export function ContextBlock({ block }: { block: BlockOf<'context'> }) {
  return (
    <div className={styles.context}>
      {block.elements.map((element, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a context's parts have no names and hold no state.
        <div key={at}>
          {element.type === 'image' ? (
            <Picture src={element.image_url} alt={element.alt_text} />
          ) : (
            <Text of={element} />
          )}
        </div>
      ))}
    </div>
  );
}
