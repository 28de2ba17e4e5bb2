import hidden from '../frame/hidden.module.css';
import { Panel } from '../frame/panel.tsx';
import { useSlice } from '../state/stream.ts';
import { ChangingCalls } from './changing-calls.tsx';
import { describeWorld, headlineOf, overlapOf } from './describe.ts';
import { isSplit, type World } from './facts.ts';
import { RegionRows } from './region-rows.tsx';
import styles from './world-panel.module.css';
import { WorldPicture } from './world-picture.tsx';

export function WorldPanel() {
  const world = useSlice('world');
  if (world === undefined) return null;
  return (
    <Panel
      id="world"
      title="Simulated cloud"
      badge={badgeOf(world)}
      alarm={isSplit(world) || world.regions.some(({ dark }) => dark)}
    >
      <WorldPicture world={world} />
      <p className={hidden.hidden} aria-live="polite">
        {headlineOf(world)}
      </p>
      <ul className={hidden.hidden} aria-label="The picture in words">
        {describeWorld(world).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <RegionRows regions={world.regions} />
      {overlapOf(world).map((sentence) => (
        <p key="overlap" className={styles.overlap} aria-hidden="true">
          {sentence}
        </p>
      ))}
      <ChangingCalls effects={world.effects} />
    </Panel>
  );
}

function badgeOf(world: World): string | undefined {
  if (isSplit(world)) return 'two writers';
  const dark = world.regions.find((region) => region.dark);
  if (dark) return `${dark.region} dark`;
  const serving = new Set(world.traffic.map(({ region }) => region ?? 'nowhere'));
  return serving.size === 1 ? `serves from ${[...serving][0]}` : undefined;
}
