import { Balancer } from './balancer.tsx';
import { Bolt } from './bolt.tsx';
import { faultsOn, isHeld, type Region, type Service, tasksOf, type World } from './facts.ts';
import { Label } from './label.tsx';
import { type ServiceBox, size } from './layout.ts';
import styles from './service-figure.module.css';

/** A load balancer's targets above the service that they belong to, a square for each of its tasks. */
export function ServiceFigure({ box, world, region }: { box: ServiceBox; world: World; region: Region }) {
  const { service, squares, x, y, width, height } = box;
  const left = x + size.card;
  const room = width - 2 * size.card;
  const rows = Math.max(2, Math.ceil(tasksOf(service).length / squares.perRow));
  const below = y + 76 + Math.max(24, rows * squares.step);
  const small = { size: 11, x: left, room, anchor: 'start' } as const;
  return (
    <g className={styles.service}>
      <rect className={styles.card} x={x} y={y} width={width} height={height} rx="7" />
      <Balancer targets={service.targets} dark={region.dark} x={left} y={y} room={room} />
      <Label className={styles.name} x={left} y={y + 53} room={room - 16} anchor="start" text={service.name} />
      <Label className={styles.cluster} {...small} y={y + 67} text={service.cluster} />
      <Bolt x={x + width - 14} y={y + 49} faults={faultsOn(world, region.region, service.name)} />
      {tasksOf(service).map((task, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a square has no name, only a place
          key={at}
          className={styles.task}
          data-task={task}
          x={left + (at % squares.perRow) * squares.step}
          y={y + 76 + Math.floor(at / squares.perRow) * squares.step}
          width={squares.side}
          height={squares.side}
          rx="1.5"
        />
      ))}
      <Label className={styles.count} {...small} y={below + 8} text={countOf(service)} />
      <Label className={styles.note} {...small} y={below + 22} text={noteOf(service)} />
    </g>
  );
}

function countOf({ running, desired }: Service): string {
  return `${running} of ${desired} tasks run`;
}

function noteOf(service: Service): string {
  const { pending, draining, autoscaling } = service;
  const moving = [pending > 0 ? `${pending} starting` : '', draining > 0 ? `${draining} stopping` : ''].filter(Boolean);
  if (moving.length > 0) return moving.join(', ');
  if (isHeld(service)) return 'autoscaling held';
  return autoscaling === null ? '' : `autoscaling ${autoscaling.min} to ${autoscaling.max}`;
}
