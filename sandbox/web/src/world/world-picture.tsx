import { useSlice } from '../state/stream.ts';
import { isSplit, type World } from './facts.ts';
import { layOut, size } from './layout.ts';
import { RegionFigure } from './region-figure.tsx';
import { Replication, ReplicationEnds } from './replication.tsx';
import { Traffic } from './traffic.tsx';
import styles from './world-picture.module.css';

/** The cloud in one picture; what it shows is said in words beside it, so it is silent itself. */
export function WorldPicture({ world }: { world: World }) {
  const paused = useSlice('clock')?.scale === 0;
  const regions = useSlice('system')?.regions;
  const picture = layOut(world);
  return (
    <svg
      className={styles.picture}
      viewBox={`-1 -1 ${picture.width + 2} ${picture.height + 2}`}
      aria-hidden="true"
      focusable="false"
      data-paused={paused}
    >
      <defs>
        <pattern id="world-dark" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className={styles.hatch} width="4" height="9" />
        </pattern>
        <ReplicationEnds />
      </defs>
      {isSplit(world) ? <Split width={picture.width} /> : null}
      {picture.regions.map((box) => (
        <RegionFigure key={box.region.region} box={box} world={world} design={designOf(box.region.region, regions)} />
      ))}
      {picture.links.map((link) => (
        <Replication key={`${link.to.region}/${link.to.id}`} link={link} />
      ))}
      <Traffic picture={picture} world={world} />
    </svg>
  );
}

function Split({ width }: { width: number }) {
  return (
    <g className={styles.split}>
      <rect width={width} height={size.banner - 8} rx="6" />
      <text x={width / 2} y="18" textAnchor="middle">
        Two databases take writes at once
      </text>
    </g>
  );
}

function designOf(region: string, regions: { primary: string; recovery: string } | undefined): string {
  if (region === regions?.primary) return 'primary by design';
  return region === regions?.recovery ? 'recovery by design' : '';
}
