import type { BlockOf } from '../types.ts';
import styles from './blocks.module.css';
import { ControlView } from './control-view.tsx';

export function ActionsBlock({ block }: { block: BlockOf<'actions'> }) {
  return (
    <div className={styles.actions}>
      {block.elements.map((element) => (
        <ControlView key={element.action_id} control={element} blockId={block.block_id} />
      ))}
    </div>
  );
}
