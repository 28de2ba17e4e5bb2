import { Panel } from '../frame/panel.tsx';
import { clockTime } from '../frame/times.ts';
import { useSlice } from '../state/stream.ts';
import { summaryOf } from './arrived.ts';
import styles from './letter.module.css';
import { Letter } from './letter.tsx';
import { Payload } from './payload.tsx';

/** Pages that would have woken somebody; newest first. */
export function PagerPanel() {
  const pager = useSlice('pager');
  if (pager === undefined) return null;
  return (
    <Panel id="pager" title="Pager" badge={pager.count} startOpen={false}>
      {pager.count === 0 ? <p className={styles.none}>Nobody was paged.</p> : null}
      <ol className={styles.letters}>
        {pager.pages.map(({ idempotencyKey, at, repeats, body }) => (
          <Letter
            key={idempotencyKey}
            title={summaryOf(body)}
            below={
              <>
                <time dateTime={at}>{clockTime(at)}</time>
                {repeats > 0 ? `, sent again ${repeats === 1 ? 'once' : `${repeats} times`} and counted once` : ''}
              </>
            }
          >
            <Payload body={body} />
          </Letter>
        ))}
      </ol>
    </Panel>
  );
}
