import { switchLabel } from './describe.ts';
import { answerOf, type World } from './facts.ts';
import { Label } from './label.tsx';
import { type Picture, size } from './layout.ts';
import styles from './traffic.module.css';

/** People at the top and the way they take: a flow to where they are sent, dashes to where they are moving. */
export function Traffic({ picture, world }: { picture: Picture; world: World }) {
  return (
    <g>
      {picture.arrows.map((arrow) => (
        <Way key={`${arrow.name}/${arrow.to}/${arrow.moving}`} arrow={arrow} answer={answerAt(world, arrow.to)} />
      ))}
      {picture.names.map((name) => (
        <g key={name.name} data-nowhere={name.region === null} className={styles.people}>
          <rect x={name.x} y={name.y} width={name.width} height={name.height} rx={name.height / 2} />
          <g transform={`translate(${name.x + 18} ${name.y + name.height / 2})`} className={styles.person}>
            <circle cy="-4" r="3.4" />
            <path d="M -6 7 A 6 6.5 0 0 1 6 7 Z" />
          </g>
          <Label x={name.x + 31} y={name.y + 19.5} room={name.width - 40} size={13} anchor="start" text={name.name} />
        </g>
      ))}
      {world.healthChecks.map((check, at) => (
        <g key={check.id} className={styles.check}>
          <title>{`${check.object}: ${check.objectReached ? 'there' : 'not there'}`}</title>
          <text x={picture.checks.x} y={picture.checks.y + 10 + at * size.switch} textAnchor="middle">
            {switchLabel(check)}
          </text>
        </g>
      ))}
    </g>
  );
}

function Way({ arrow: { path, tip, moving }, answer }: { arrow: Picture['arrows'][number]; answer: string }) {
  return (
    <g className={styles.way} data-moving={moving} data-answer={answer}>
      <path className={styles.road} d={path} />
      {moving ? null : <path className={styles.flow} d={path} />}
      <path
        className={styles.tip}
        d={`M ${tip.x - 6} ${tip.y - 9} L ${tip.x + 6} ${tip.y - 9} L ${tip.x} ${tip.y} Z`}
      />
    </g>
  );
}

function answerAt(world: World, name: string): string {
  const region = world.regions.find((one) => one.region === name);
  return region ? answerOf(region) : 'errors';
}
