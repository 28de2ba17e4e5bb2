import { memo, useMemo } from 'react';
import type { Block as LibraryBlock, TableBlock, TableCell } from 'slack-blocks-to-jsx';
import { plainOf } from '../text/mrkdwn.ts';
import { Painted } from '../text/painted.tsx';
import { Plain } from '../text/text.tsx';
import type { Block, BlockOf } from '../types.ts';
import { ActionsBlock } from './actions-block.tsx';
import styles from './blocks.module.css';
import { ContextBlock } from './context-block.tsx';
import { InputBlock } from './input-block.tsx';
import { Picture } from './picture.tsx';
import { SectionBlock } from './section-block.tsx';

/** Fields go by their name; all else by its place, for an unnamed block is named anew whenever its message is edited. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, at) => (
    <BlockView key={block.type === 'input' ? block.block_id : `${block.type}/${at}`} block={block} />
  ));
}

const BlockView = memo(function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'header':
      return (
        <h3 className={styles.header}>
          <Plain text={block.text.text} />
        </h3>
      );
    case 'divider':
      return <hr className={styles.divider} />;
    case 'section':
      return <SectionBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'actions':
      return <ActionsBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'image':
      return <Picture alt={block.title?.text ?? block.alt_text} src={block.image_url} />;
    case 'table':
      return <TableView block={block} />;
    case 'rich_text':
    case 'markdown':
      return <PaintedBlock block={block} />;
  }
});

/** As it stands, but for its name: the library would make that the id of an element. */
function PaintedBlock({ block }: { block: BlockOf<'rich_text' | 'markdown'> }) {
  const blocks = useMemo(() => {
    const { block_id: _id, ...rest } = block;
    return [rest as LibraryBlock];
  }, [block]);
  return <Painted blocks={blocks} />;
}

/** The library reads mrkdwn in cells that have none. */
function TableView({ block }: { block: BlockOf<'table'> }) {
  const blocks = useMemo(() => {
    const cellOf = (cell: BlockOf<'table'>['rows'][number][number]) =>
      (cell.type === 'raw_text' ? { type: 'rich_text', elements: plainOf(cell.text) } : cell) as TableCell;
    const rows = block.rows.map((row) => row.map(cellOf));
    return [{ type: 'table', rows, column_settings: block.column_settings ?? [] } as TableBlock];
  }, [block]);
  return (
    <div className={styles.table}>
      <Painted blocks={blocks} />
    </div>
  );
}
