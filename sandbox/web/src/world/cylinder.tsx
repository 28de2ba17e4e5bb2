import { Bolt } from './bolt.tsx';
import styles from './cylinder.module.css';
import { databaseMark, faultsOn, type Region, type World } from './facts.ts';
import { Label } from './label.tsx';
import { type DatabaseBox, size } from './layout.ts';
import { widthOf } from './letters.ts';

/** A database: its role inside, its name and what is to know of it below. */
export function Cylinder({
  box: { database, x, y },
  world,
  region,
}: {
  box: DatabaseBox;
  world: World;
  region: Region;
}) {
  const { width, height } = size.cylinder;
  const [left, right, rim] = [x - width / 2, x + width / 2, 7];
  const mark = databaseMark(world, region, database);
  const chip = widthOf(mark.text, 12) + 16;
  const room = size.region - 2 * size.pad;
  return (
    <g className={styles.database} data-tone={mark.tone} data-role={database.role}>
      <path
        className={styles.body}
        d={`M ${left} ${y + rim} V ${y + height - rim} A ${width / 2} ${rim} 0 0 0 ${right} ${y + height - rim} V ${y + rim}`}
      />
      <ellipse className={styles.lid} cx={x} cy={y + rim} rx={width / 2} ry={rim} />
      <text className={styles.role} x={x} y={y + height / 2 + 9} textAnchor="middle" fontSize="12">
        {database.role}
      </text>
      <Bolt x={right} y={y + 3} faults={faultsOn(world, region.region, database.id)} />
      <Label className={styles.name} x={x} y={y + height + 16} room={room} text={database.id} />
      <rect className={styles.chip} x={x - chip / 2} y={y + height + 23} width={chip} height="19" rx="9.5" />
      <Label className={styles.mark} x={x} y={y + height + 36.5} room={room + 10} text={mark.text} />
    </g>
  );
}
