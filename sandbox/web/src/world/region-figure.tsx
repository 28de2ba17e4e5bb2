import { clockTime } from '../frame/times.ts';
import { Cylinder } from './cylinder.tsx';
import { answerOf, flowsOf, type Mark, type World } from './facts.ts';
import { Label } from './label.tsx';
import { type Point, type RegionBox, size } from './layout.ts';
import styles from './region-figure.module.css';
import { ServiceFigure } from './service-figure.tsx';

/** One Region: who serves, what runs, who takes writes; greyed and marked while it does not answer. */
export function RegionFigure({ box, world, design }: { box: RegionBox; world: World; design: string }) {
  const { region, x, y, width, height } = box;
  const mark = markOf(box, world, design);
  return (
    <g className={styles.region} data-dark={region.dark} data-tone={mark.tone}>
      <rect className={styles.ground} x={x} y={y} width={width} height={height} rx="10" />
      <rect className={styles.shade} x={x} y={y} width={width} height={height} rx="10" fill="url(#world-dark)" />
      <rect className={styles.edge} x={x + 10} y={y - 1} width={width - 20} height="3" rx="1.5" />
      <Label className={styles.name} x={x + width / 2} y={y + 20} room={width - 12} size={14} text={region.region} />
      <Label className={styles.state} x={x + width / 2} y={y + 35} room={width - 12} text={mark.text} />
      <g className={styles.contents}>
        {box.services.map((service) => (
          <ServiceFigure
            key={`${service.service.cluster}/${service.service.name}`}
            box={service}
            world={world}
            region={region}
          />
        ))}
        {box.databases.map((database) => (
          <Cylinder key={database.database.id} box={database} world={world} region={region} />
        ))}
      </g>
      {height < size.head + size.silence ? null : <Silence x={x + width / 2} y={y + size.head + 62} />}
    </g>
  );
}

function Silence({ x, y }: Point) {
  return (
    <g className={styles.silence} transform={`translate(${x} ${y})`}>
      <circle r="24" />
      <path d="M -9 -9 L 9 9 M 9 -9 L -9 9" />
      <rect x="-60" y="32" width="120" height="22" rx="11" />
      <text y="47" textAnchor="middle">
        does not answer
      </text>
    </g>
  );
}

function markOf({ region }: RegionBox, world: World, design: string): Mark {
  if (region.dark) {
    const since = region.darkSince === null ? '' : ` since ${clockTime(region.darkSince)}`;
    return { text: `dark${since}`, tone: 'bad' };
  }
  if (!flowsOf(world).some((flow) => flow.region === region.region)) return { text: design, tone: 'plain' };
  return answerOf(region) === 'served'
    ? { text: 'serves people', tone: 'good' }
    : { text: 'people get errors', tone: 'bad' };
}
